"""From text to translated text with alignments."""
