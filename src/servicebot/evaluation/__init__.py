"""Measures the parts of the bot on labelled files and conversation files; never used by a turn."""
