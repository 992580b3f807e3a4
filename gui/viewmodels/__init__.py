"""State of the pages without widgets."""
