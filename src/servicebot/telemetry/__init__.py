"""Logs, masking and metrics."""
