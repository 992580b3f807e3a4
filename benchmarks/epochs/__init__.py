"""What a round costs as pairs become more: ``python -m benchmarks.epochs STORE``."""
