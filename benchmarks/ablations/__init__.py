"""What each part of the recipe does for a small model: ``python -m benchmarks.ablations``."""
