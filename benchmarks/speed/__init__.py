"""Speed and memory beside other engines: ``make bench``, or ``python -m benchmarks.speed``."""
