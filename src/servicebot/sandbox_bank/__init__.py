"""The sandbox bank: the HTTP services of docs/bank_api.md over its own SQLite book.

A separate program for the default run, tests and demos. It imports nothing from the rest of
servicebot. Its customers, rates, fees and banks are samples and belong to nobody.

Reading order: `routes` (what can be called), `dispatch` (one call, one transaction), then
`repayments` (how money moves), `allocation` and `interest` (the arithmetic).
"""
