"""How fast training is beside JoeyNMT's: ``python -m benchmarks.joeynmt``."""
