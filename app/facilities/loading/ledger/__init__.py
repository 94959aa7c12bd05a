"""Ledgers of counties: a spreadsheet in any layout, and the profile that says what its columns mean."""
