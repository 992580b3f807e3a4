"""Text: normalisation, sentences, words, subwords and vocabularies."""
