"""Trains the encoder and fits the head and the confidence; never used by a turn.

Reading order: fit.py (the story), known_rows.py, fit_head.py, exam.py, fit_confidence.py,
fitted_files.py; train_encoder.py with topic_batches.py for the shipped encoder, adapt_encoder.py for
a bank's own pairs.
"""
