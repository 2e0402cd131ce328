"""The bank's approved words: articles, intents, replies and figures, loaded and checked."""
