"""FIND: the filing register mirrored, the listing beside it, fees, the finder."""
