"""Reads of guidance: texts as pages show them, lists of them, the ledger, and what is translated."""
