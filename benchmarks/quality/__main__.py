"""``python -m benchmarks.quality``."""

from __future__ import annotations

import sys

from core.environment import prepare_environment

prepare_environment(patient=True)

from benchmarks.quality.program import main  # noqa: E402

sys.exit(main())
