"""Random and damaged inputs for all that reads what others wrote; see ``make fuzz``."""
