"""What the studio works out for content staff: what an edit changes, what is missed, what is tested."""
