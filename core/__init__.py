"""Translation, training and inspection of neural translation models; no user interface."""

__version__ = "0.1.0"
