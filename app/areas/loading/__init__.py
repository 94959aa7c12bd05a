"""Content files of places, read into plain values with every fault kept."""
