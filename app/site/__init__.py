"""Home, settings of the view, legal pages, errors, health: pages that belong to no one promise."""
