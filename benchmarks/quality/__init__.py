"""Report on the quality of translations: ``python -m benchmarks.quality SETS``."""
