"""Every preset trained on the same pairs for the same minutes: what each idea buys."""
