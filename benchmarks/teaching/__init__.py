"""What teaching costs, wins and forgets: runs of the terminal program, and the window meanwhile."""
