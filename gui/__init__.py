"""The window: pages and widgets over view models; all heavy work runs in ``gui.jobs``."""
