"""Monthly costs worked out by hand: what the rules of the finder must say, line by line."""
