"""Widgets that know text and pictures, not models or jobs."""
