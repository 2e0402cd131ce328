"""The composition root: settings -> adapters -> services -> one running program.

Only here concrete classes meet. Everything is opened in order and closed in the reverse order.
"""
