"""The terminal program as an executable of its own, which Windows needs: it has a console."""

import sys

from core.cli.__main__ import main

sys.exit(main())
