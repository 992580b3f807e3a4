"""Neural sequence-to-sequence models over ids."""
