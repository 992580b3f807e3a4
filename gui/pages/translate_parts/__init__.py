"""What the Translate page is made of beside its panes."""
