"""Several processes that train one model (``torchrun``), each on batches of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Workers:
    """This process among those that train together; ``rank`` 0 tells, validates and saves."""

    rank: int = 0
    count: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process is the one that reports."""
        return self.rank == 0

    def total(self, values: Tensor) -> Tensor:
        """The sum of ``values`` over all processes."""
        if self.count > 1:
            dist.all_reduce(values)
        return values

    def agree(self, wish: bool, device: torch.device) -> bool:
        """Whether the leading process wishes so; all must ask together."""
        if self.count == 1:
            return wish
        flag = torch.tensor(int(wish and self.leads), device=device)
        return bool(self.total(flag))


ALONE = Workers()


def join_workers(device: torch.device) -> Workers:
    """Meet the other processes that ``torchrun`` started; alone without it."""
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return ALONE
    if not dist.is_initialized():
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return Workers(dist.get_rank(), count)


def leave_workers() -> None:
    """Part from the others; nothing to do alone."""
    if dist.is_initialized():
        dist.destroy_process_group()


def choose_device(wanted: str) -> torch.device:
    """``"auto"`` is this process's GPU where there is one, else the processor."""
    if wanted == "auto":
        wanted = "cuda" if torch.cuda.is_available() else "cpu"
    if wanted == "cuda":
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
        return device
    return torch.device(wanted)
