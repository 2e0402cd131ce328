"""Calls to the bank: allowed, in time, once."""
