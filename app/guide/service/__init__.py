"""Verbs of guidance: bring the files in, give them back, make revisions."""
