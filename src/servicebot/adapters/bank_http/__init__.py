"""The bank over HTTP, as docs/bank_api.md has it."""
