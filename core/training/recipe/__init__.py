"""What the default models need beside ``attune-cli train``: word alignments of the training data,
the mix of its sources, and the finished model made small; see docs/recipe.md."""
