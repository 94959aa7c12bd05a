"""Verbs of accounts: sign in and out, invite, look after one's own account, look after those of others."""
