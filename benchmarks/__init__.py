"""Measurements: run each module with ``python -m``; every figure is measured, none is stored."""
