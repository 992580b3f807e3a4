"""Two processes on one batch each learn what one process learns from both."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from core.training.distributed import ALONE, Workers, choose_device, join_workers

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("two_workers.py")


def run(launcher: list[str], accumulate: int, path: Path) -> dict[str, torch.Tensor]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, *launcher, str(SCRIPT), str(accumulate), str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return load_file(path)


@pytest.mark.loopback
def test_two_processes_equal_one_with_the_doubled_batch(tmp_path: Path) -> None:
    torchrun = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    together = run(torchrun, 1, tmp_path / "two.safetensors")
    alone = run([], 2, tmp_path / "one.safetensors")
    assert together["figures"][3] == 6
    for name, value in alone.items():
        torch.testing.assert_close(together[name], value, rtol=1e-3, atol=2e-5)


def test_without_torchrun_a_process_is_alone() -> None:
    assert join_workers(torch.device("cpu")) is ALONE
    assert ALONE.leads
    assert not Workers(1, 2).leads
    assert ALONE.agree(True, torch.device("cpu"))


def test_the_device_is_a_gpu_only_where_there_is_one() -> None:
    expected = "cuda" if torch.cuda.is_available() else "cpu"
    assert choose_device("auto").type == expected
    assert choose_device("cpu") == torch.device("cpu")
