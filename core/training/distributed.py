"""Several processes that train one model (``torchrun``), each on batches of its own."""

from __future__ import annotations

import os
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor

from core.errors import OptionError


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
    """``"cpu"``, ``"cuda"`` (a GPU for every process) or ``"auto"``: a GPU where there is one.

    Raises:
        OptionError: there is no GPU for this process.
    """
    available = torch.cuda.is_available()
    if wanted == "cpu" or (wanted == "auto" and not available):
        return torch.device("cpu")
    if not available:
        raise OptionError("torch finds no GPU here", remedy="Give --device cpu or auto.")
    rank, count = int(os.environ.get("LOCAL_RANK", "0")), torch.cuda.device_count()
    if rank >= count:
        raise OptionError(
            f"process {rank + 1} finds no GPU of its own; this machine has {count}",
            remedy=f"Start at most {count} processes, or give --device cpu.",
        )
    device = torch.device("cuda", rank)
    torch.cuda.set_device(device)
    return device
