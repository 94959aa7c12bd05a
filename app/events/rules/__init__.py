"""What an event is, who may still book, what may be counted. Pure."""
