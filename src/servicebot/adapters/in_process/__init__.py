"""What one process alone needs no server for."""
