"""The rules across files; each takes the content and yields findings."""
