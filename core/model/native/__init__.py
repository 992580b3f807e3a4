"""What is computed in C where a compiler was at hand: a decoder's step for a few rows."""
