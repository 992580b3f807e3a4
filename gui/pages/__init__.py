"""One module a page; a page owns its view model and keeps its state when it is left."""
