"""Reads about care, as small frozen values."""
