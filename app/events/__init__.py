"""MEET: home visits, parent classes and family days; places in them; people who advise."""
