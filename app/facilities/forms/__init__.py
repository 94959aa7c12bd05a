"""Reading a question from an address, and the words for codes."""
