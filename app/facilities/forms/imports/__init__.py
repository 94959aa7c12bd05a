"""Words and forms of the import screens."""
