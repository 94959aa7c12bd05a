"""Decisions about care that a citizen could dispute: pure, no database, no clock."""
