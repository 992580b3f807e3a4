"""Search for the best output of a model, one step at a time."""
