"""One Protocol per file: what the inside needs from the outside."""
