"""Verbs of care: record what sources say, mirror the register, keep the index fresh."""
