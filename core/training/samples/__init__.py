"""Small tasks that a system learns in minutes: made by rules, so that every answer is known."""
