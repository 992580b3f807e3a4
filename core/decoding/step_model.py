"""What the search knows of a model: how to encode, and how to take one step."""

from __future__ import annotations

from typing import Protocol, TypeVar, runtime_checkable

from torch import Tensor

from core.errors import BundleError

Memory = TypeVar("Memory")
State = TypeVar("State")
ReadMemory = TypeVar("ReadMemory", contravariant=True)


class StepModel(Protocol[Memory, State]):
    """An encoder and one decoder step over ids.

    ``Memory`` (the encoded source) and ``State`` (the decoder's recurrence) are opaque to the
    search: it only hands them back and selects rows of them. Tensors that a call returns are
    not written to by a later call.

    Symbols: B sentences, S source positions (padded), N rows, K = N / B rows of each sentence in
    succession, V pieces of the target vocabulary.
    """

    def encode(self, source_ids: Tensor, source_lengths: Tensor, /) -> Memory:
        """Encode ``source_ids`` [B, S] int64 whose real lengths are ``source_lengths`` [B]."""
        ...

    def initial_state(self, memory: Memory, /) -> State:
        """The decoder's state before its first step, one row per row of ``memory``."""
        ...

    def decode_step(
        self, tokens: Tensor, state: State, memory: Memory, /
    ) -> tuple[Tensor, State, Tensor]:
        """Read ``tokens`` [N] int64 and predict the next piece.

        Args:
            tokens: what is read, one for each row.
            state: of the N rows.
            memory: of the B sentences.

        Returns:
            Log-probabilities [N, V] float32, which the caller may write to, the new state, and
            attention weights [N, S] float32: rows sum to 1 over the real source and are 0 on
            padding.
        """
        ...

    def select(self, state: State, rows: Tensor, /) -> State:
        """The rows ``rows`` [M] int64 of ``state``, in that order; rows may repeat."""
        ...

    def select_memory(self, memory: Memory, rows: Tensor, /) -> Memory:
        """The rows ``rows`` [M] int64 of ``memory``, in that order; rows may repeat."""
        ...


@runtime_checkable
class Reader(Protocol[ReadMemory, State]):
    """A model that can read a piece without predicting the next, which is sooner."""

    def read(self, tokens: Tensor, state: State, memory: ReadMemory, /) -> State:
        """The new state behind ``tokens`` [N], as :meth:`StepModel.decode_step` gives it."""
        ...


def check_batch(source_ids: Tensor, source_lengths: Tensor) -> list[int]:
    """The lengths of a padded batch, as plain integers.

    Raises:
        ValueError: the tensors are no padded batch [B, S] with lengths [B] of 1 to S.
    """
    lengths: list[int] = source_lengths.tolist()
    if source_ids.dim() != 2 or source_lengths.shape != source_ids.shape[:1]:
        shapes = f"{tuple(source_ids.shape)} and {tuple(source_lengths.shape)}"
        raise ValueError(f"expected ids [B, S] and lengths [B], not {shapes}")
    if lengths and not 1 <= min(lengths) <= max(lengths) <= source_ids.size(1):
        raise ValueError(f"lengths must be from 1 to {source_ids.size(1)}, not {lengths}")
    return lengths


def unusable_output(what: str) -> BundleError:
    """The error for a model whose predictions cannot be searched."""
    return BundleError(
        what, remedy="Its weights are damaged or its training diverged: choose another model."
    )


def nothing_allowed() -> BundleError:
    """The error for a model by which nothing that is allowed could follow."""
    return unusable_output("the model gives no allowed output any probability")
