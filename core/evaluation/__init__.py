"""Scores of translations against references, and of alignments against ones made by hand."""
