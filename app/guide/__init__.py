"""LEARN: guidance for families. Opens with the articles; the public door says what comes."""
