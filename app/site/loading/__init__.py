"""Files that pages of the counter are made of."""
