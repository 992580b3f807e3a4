"""The command line of the child process that shows how gradients vanish."""

from __future__ import annotations

from collections.abc import Sequence

from gui.jobs.terminal_program import terminal_program


def vanishing_command(cells: Sequence[str], gap: int, steps: int, threads: int) -> tuple[str, ...]:
    """The command line that tries ``cells`` for ``steps`` updates each over a ``gap``."""
    return terminal_program(
        "vanishing",
        f"--cells={','.join(cells)}",
        f"--gap={gap}",
        f"--steps={steps}",
        f"--threads={threads}",
    )
