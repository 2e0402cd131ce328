"""From understood words to what the customer does with them: one finished value for the dialogue."""
