"""The editions of the records: one revision per file, applied in order when they are opened."""
