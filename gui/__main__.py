"""``attune`` and ``python -m gui``: the window; ``--cli`` first makes it the terminal program.

``-m core.…`` first runs that module, as the interpreter does whose place the frozen program takes
when a job starts a child of its own.
"""

from __future__ import annotations

import os
import sys

from core import __version__
from core.environment import prepare_environment, restore_environment

CLI_MARKER = "--cli"
MEASURE_MARKER = "--measure-start"
LOG_TEXT_MARKER = "--log-text"
MODULE_MARKER = "-m"
VERSION_MARKER = "--version"


def main() -> int:
    """Run the window, or the terminal program, before anything of Qt is imported."""
    restore_environment()
    arguments = sys.argv[1:]
    if arguments == [VERSION_MARKER]:
        sys.stdout.write(f"Attune {__version__}\n")
        return 0
    if arguments[:1] == [CLI_MARKER]:
        from core.cli.__main__ import main as terminal

        return terminal(arguments[1:])
    if arguments[:1] == [MODULE_MARKER] and arguments[1:2] and arguments[1].startswith("core."):
        import runpy

        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
        return 0
    if LOG_TEXT_MARKER in arguments:
        from core.crash_reports import TEXT_VARIABLE

        os.environ[TEXT_VARIABLE] = "1"  # children hear of it, too
    prepare_environment()  # the translation thread imports torch
    from gui.app import run

    if arguments[:1] == [MEASURE_MARKER]:
        from gui.start_time import report_and_quit

        return run(sys.argv[:1], report_and_quit)
    return run([argument for argument in sys.argv if argument != LOG_TEXT_MARKER])


if __name__ == "__main__":
    sys.exit(main())
