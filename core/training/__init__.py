"""Corpora, losses, schedules and the training loop."""
