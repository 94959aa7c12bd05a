"""Files of events and experts that a fictional place ships, read into plain values."""
