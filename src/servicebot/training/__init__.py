"""Trains the encoder and fits the head and the confidence; never used by a turn.

Reading order: fit.py (the story), known_rows.py, ridge_head.py, cross_fit.py, fit_confidence.py,
fitted_files.py; train_encoder.py with training_pairs.py for the shipped encoder.
"""
