"""SPEAK: reports that reach the office that must answer. Opens with the case desk."""
