"""Files of facilities read into plain values: the filing register, and the facilities a pack ships."""
