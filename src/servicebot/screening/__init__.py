"""Reads foreign text once: which spans are private, which lead a customer out of the bank."""
