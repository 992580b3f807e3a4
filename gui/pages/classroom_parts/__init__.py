"""What the page Classroom is made of."""
