"""Work off the UI thread: one thread for the model, one for pictures, a child for training."""
