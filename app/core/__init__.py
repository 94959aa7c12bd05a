"""What the program is built on; knows nothing of child care."""
