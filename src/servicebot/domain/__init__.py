"""Plain frozen data: what the other layers speak about."""
