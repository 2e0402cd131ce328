"""Load on running servers: which questions, when, how long each took, drawn."""
