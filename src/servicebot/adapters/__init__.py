"""One folder per technology that fits a port."""
