"""What to do with an understood message. Pure: no awaiting, no clock, no disk."""
