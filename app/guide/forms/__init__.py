"""What readers and staff type into pages of guidance, and the words for codes."""
