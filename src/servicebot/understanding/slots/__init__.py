"""One pure parser per kind of value; each reads a normalized text and invents nothing."""
