"""WHO: staff, roles, sign-in. Opens with the counter; until then only its sign hangs here."""
