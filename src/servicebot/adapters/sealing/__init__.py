"""Seals what is stored with AES-256-GCM."""
