"""The four steps of the Teach page, a widget each over one view model."""
