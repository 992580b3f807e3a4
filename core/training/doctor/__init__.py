"""Files of pairs of every usual form: opened, recognised, and each pair examined."""
