"""Measures what leans on the conversation: follow-ups, wishes, negations and corrections."""
