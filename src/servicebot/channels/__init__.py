"""The messengers: one folder or file each, and the registry that names them."""
