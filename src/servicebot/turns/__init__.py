"""One turn, from the door to the answer: accept, work, turn, deliver."""
