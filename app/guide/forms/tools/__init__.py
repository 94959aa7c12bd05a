"""What readers type into the tools, read and explained; and the words of what the tools answer."""
