"""Translation, training and inspection of neural translation models; no user interface."""
