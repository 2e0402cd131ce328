"""The ledger on Redis, for many processes: every step is one script in one slot."""
