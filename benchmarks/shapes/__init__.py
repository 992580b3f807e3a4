"""Shapes and vocabularies with as many seconds to learn in: ``python -m benchmarks.shapes``."""
