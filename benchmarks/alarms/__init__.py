"""Alarms on good and bad translations: how many are caught, how many false."""
