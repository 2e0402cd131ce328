"""The weights shipped with the package; see encoder/README.md for the model card."""
