"""The sample customers, as data. Everybody and every figure here is made up."""
