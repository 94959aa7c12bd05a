"""WHERE: divisions, departments and their duties, hotlines, targets, locality packs."""
