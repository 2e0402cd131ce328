"""What stands in plain files of their own."""
