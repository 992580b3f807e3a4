"""The tokenised store: pairs checked, cut into words and turned into ids once, then mapped."""
