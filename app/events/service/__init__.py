"""Verbs of events: bring what ships into the database, book and cancel, hold and count."""
