"""A GPU that is none: tensors that say they lie on ``cuda:0`` and compute on the processor.

As on a real one, an operation on tensors of both devices fails, and so does ``numpy()``. Values
are true, so whatever depends on them runs, and results can be held against the processor's. What
the processor would have to wait for is counted: values that come back, and blocking uploads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from unittest import mock

import torch
from torch import Tensor
from torch._C import DispatchKey
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

GPU = torch.device("cuda", 0)
_CROSSING = ("aten::_to_copy", "aten::copy_")
# Their outputs have as many elements as the values say.
_COUNTING = ("aten::nonzero", "aten::masked_select", "aten::_unique2", "aten::_local_scalar_dense")


class GpuTensor(Tensor):
    """Wraps ``inner``, which lies on the processor.

    Autograd asks C++ for the device and knows no CUDA in a build without it, so to C++ these are
    "meta" tensors with CUDA's dispatch keys. Autocast asks C++ too: it is on, and does nothing.
    """

    inner: Tensor
    is_meta = False  # type: ignore[assignment]

    @staticmethod
    def __new__(cls, inner: Tensor) -> GpuTensor:
        # Autograd takes views of wrappers; those of inference mode it would refuse.
        with torch.inference_mode(False):
            shape = torch.empty_strided(
                inner.size(), inner.stride(), dtype=inner.dtype, device="meta"
            )
            made: GpuTensor = Tensor._make_subclass(  # type: ignore[attr-defined]
                cls, shape, False, dispatch_device=False, device_for_backend_keys=GPU
            )
        made.inner = inner
        return made

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return GPU

    @property
    def data(self) -> Tensor:  # type: ignore[override]
        return self.detach()

    @data.setter
    def data(self, value: GpuTensor) -> None:
        self.inner = value.inner

    def tolist(self) -> Any:
        return self.cpu().tolist()

    def __repr__(self, **_: Any) -> str:  # type: ignore[override]
        return f"GpuTensor({self.inner})"

    @classmethod
    def __torch_dispatch__(cls, function: Any, *_: Any) -> Any:
        raise RuntimeError(f"{function} outside of the pretence")


@contextlib.contextmanager
def pretended_gpu() -> Iterator[PretendedGpu]:
    """Within this block ``cuda:0`` can be used."""
    future = torch.__future__
    overwriting = future.get_overwrite_module_params_on_conversion()
    stands: dict[str, Callable[..., Any]] = {
        "cuda._lazy_init": lambda: None,
        "cuda.is_available": lambda: True,
        "cuda.device_count": lambda: 1,
        "cuda.set_device": lambda device: None,
        "cuda.is_bf16_supported": lambda **_: True,
        "cuda.get_rng_state": lambda device: torch.tensor([device.index], dtype=torch.uint8),
        "cuda.set_rng_state": lambda state, device: None,
        "cuda.amp.common.amp_definitely_not_available": lambda: False,
    }
    with contextlib.ExitStack() as patches:
        for name, stand in stands.items():
            patches.enter_context(mock.patch(f"torch.{name}", stand))
        patches.callback(future.set_overwrite_module_params_on_conversion, overwriting)
        future.set_overwrite_module_params_on_conversion(True)
        patches.callback(torch._C._set_only_lift_cpu_tensors, False)
        torch._C._set_only_lift_cpu_tensors(True)  # torch.tensor() uploads within the pretence
        yield patches.enter_context(PretendedGpu())


class PretendedGpu(TorchDispatchMode):
    """Computes; ``waits`` are the names of the operations that the processor waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[str] = []

    def __torch_dispatch__(
        self, function: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        kwargs = dict(kwargs or {})
        if function.has_kernel_for_dispatch_key(DispatchKey.CompositeImplicitAutograd):
            with self:  # in inference mode nobody took it apart before
                return function.decompose(*args, **kwargs)
        name = function.name().split(".")[0]
        given = [x for x in tree_leaves((args, kwargs)) if isinstance(x, Tensor)]
        on_gpu = [x for x in given if isinstance(x, GpuTensor)]
        result_on_gpu = bool(on_gpu)
        if kwargs.get("device") is not None:
            result_on_gpu = torch.device(kwargs["device"]).type != "cpu"
            kwargs["device"] = torch.device("cpu")
        if name not in _CROSSING and on_gpu:
            self._refuse_mixture(function, given)
        self._count_waits(name, given, result_on_gpu, kwargs)
        found = function(*tree_map(_inner, args), **tree_map(_inner, kwargs))
        if torch.Tag.inplace_view in function.tags:  # the wrapper's shape changes, too
            with torch._C._DisableTorchDispatch():  # type: ignore[no-untyped-call]
                function(*args, **kwargs)
        known = {id(x.inner): x for x in on_gpu}

        def wrapped(x: Any) -> Any:
            if not isinstance(x, Tensor) or not result_on_gpu:
                return x
            return known[id(x)] if id(x) in known else GpuTensor(x)

        return tree_map(wrapped, found)

    def _refuse_mixture(self, function: Any, given: Sequence[Tensor]) -> None:
        """As CUDA does, which takes single numbers from the processor in pointwise operations."""
        pointwise = torch.Tag.pointwise in function.tags
        for one in given:
            if not isinstance(one, GpuTensor) and not (pointwise and one.ndim == 0):
                raise RuntimeError(f"{function} got tensors on cpu and on cuda:0")

    def _count_waits(
        self, name: str, given: Sequence[Tensor], result_on_gpu: bool, kwargs: dict[str, Any]
    ) -> None:
        from_gpu = any(isinstance(x, GpuTensor) for x in given)
        comes_back = from_gpu and (name in _COUNTING or not result_on_gpu)
        goes_up = name == "aten::_to_copy" and result_on_gpu and not from_gpu
        if comes_back or (goes_up and not kwargs.get("non_blocking")):
            self.waits.append(name)


def _inner(x: Any) -> Any:
    return x.inner if isinstance(x, GpuTensor) else x
