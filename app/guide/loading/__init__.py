"""Content files of guidance, read into plain values with every fault kept."""
