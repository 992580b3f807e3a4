"""Models on disk: bundles, their hashes, and the store that lists them."""
