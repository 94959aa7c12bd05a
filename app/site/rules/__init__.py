"""Decisions of the pages that join rooms."""
