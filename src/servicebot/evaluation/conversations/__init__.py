"""Conversation files, played against the real turn and a real bank over HTTP."""
