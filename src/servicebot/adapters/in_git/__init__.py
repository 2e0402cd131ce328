"""The content's files in a git working copy."""
