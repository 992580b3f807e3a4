"""What a model looked at: alignments from attention weights."""
