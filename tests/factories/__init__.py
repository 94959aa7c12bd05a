"""Things for tests, made the way the program makes them."""
