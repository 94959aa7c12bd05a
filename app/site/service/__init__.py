"""What is done on pages that join rooms: the making of exports."""
