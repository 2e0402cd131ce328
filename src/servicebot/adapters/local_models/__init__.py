"""Encoders and indexes that run on this machine: sentence-transformers, the bundled one, FAISS, 8-bit rows."""
