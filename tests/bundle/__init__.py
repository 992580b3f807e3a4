"""The bundle as a user meets it; `make bundle-test` runs this, `make test` does not."""
