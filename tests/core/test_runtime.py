"""Threads, seeds and precision; what stands in the environment before torch."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from core import runtime
from core.environment import prepare_environment
from core.errors import OptionError


@pytest.fixture
def fresh_answer() -> Iterator[None]:
    runtime.has_bf16.cache_clear()
    yield
    runtime.has_bf16.cache_clear()


@pytest.mark.usefixtures("fresh_answer")
@pytest.mark.parametrize(
    ("flags", "has"),
    [
        ("flags\t\t: fpu avx2 avx512f avx512bw avx512_vnni", False),
        ("flags\t\t: fpu avx512f avx512_bf16 avx512_vnni", True),
        ("flags\t\t: amx_tile amx_bf16 amx_int8", True),
        ("Features\t: fp asimd i8mm bf16 dgh", True),
        ("Features\t: fp asimd ebf16x", False),
    ],
)
def test_bf16_is_read_from_the_processor_s_flags(
    flags: str, has: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor\t: 0\n{flags}\n")
    monkeypatch.setattr(runtime, "_CPUINFO", cpuinfo)
    assert runtime.has_bf16() == has
    assert runtime.choose_precision("auto") is (torch.bfloat16 if has else torch.float32)


@pytest.mark.usefixtures("fresh_answer")
@pytest.mark.parametrize("has", [True, False])
def test_elsewhere_torch_is_asked(
    has: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_CPUINFO", tmp_path / "none")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True, "avx512_bf16": has})
    assert runtime.has_bf16() is has


@pytest.mark.usefixtures("fresh_answer")
@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="there is only one source")
def test_both_sources_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = runtime.has_bf16()
    runtime.has_bf16.cache_clear()
    monkeypatch.setattr(runtime, "_CPUINFO", tmp_path / "none")
    assert runtime.has_bf16() == here


def test_a_precision_can_be_forced_and_no_other_exists() -> None:
    assert runtime.choose_precision("bf16") is torch.bfloat16
    assert runtime.choose_precision("fp32") is torch.float32
    with pytest.raises(OptionError, match="'int8'") as caught:
        runtime.choose_precision("int8")
    assert "auto, bf16, fp32" in caught.value.remedy


def test_threads_are_counted_and_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runtime.set_threads(2) == torch.get_num_threads() == 2
    monkeypatch.setattr(runtime, "cores", lambda: 3)
    assert runtime.set_threads() == torch.get_num_threads() == 3


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity on this system")
def test_only_the_processors_allowed_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 5})
    assert runtime.cores() == 2


def test_a_seed_repeats() -> None:
    runtime.set_seed(3)
    first = torch.rand(4)
    runtime.set_seed(3)
    assert torch.equal(first, torch.rand(4))


def test_a_person_s_own_wish_for_waiting_threads_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    capacity = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
    for name in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", capacity):
        monkeypatch.delenv(name, raising=False)
    prepare_environment()
    assert capacity not in os.environ
    monkeypatch.delenv("GOMP_SPINCOUNT")
    prepare_environment(patient=True)
    assert os.environ[capacity] == "32"
    assert os.environ["GOMP_SPINCOUNT"] == "0"
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    prepare_environment()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"
    assert os.environ["GOMP_SPINCOUNT"] == "0"


@pytest.mark.skipif(sys.platform != "linux", reason="GNU OpenMP tells its settings")
def test_the_threads_of_torch_sleep_while_they_wait() -> None:
    program = (
        "import sys; from core.environment import prepare_environment; prepare_environment();"
        "assert 'torch' not in sys.modules; import torch"
    )
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "OMP_DISPLAY_ENV": "TRUE"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    settings = [line for line in done.stderr.splitlines() if "OMP_WAIT_POLICY" in line]
    assert settings
    assert all("PASSIVE" in line for line in settings)


@pytest.mark.skipif(runtime._trim() is None, reason="another allocator than glibc's")
def test_freed_memory_between_what_is_kept_goes_back() -> None:
    def resident() -> float:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    blocks = [b"x" * 60_000 for _ in range(3000)]  # 180 MB, each too small for pages of its own
    kept = blocks[::100]
    full = resident()
    del blocks
    runtime.release_memory()
    assert full - resident() > 150
    assert len(kept) == 30


def test_memory_is_given_back_each_time_that_enough_was_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released: list[int] = []
    release = runtime.Release(every=10)
    for done in range(1, 31):
        monkeypatch.setattr(runtime, "release_memory", lambda done=done: released.append(done))
        release.after(0)
        release.after(4)
    assert released == [3, 6, 9, 12, 15, 18, 21, 24, 27, 30]


@pytest.mark.skipif(runtime._trim() is None, reason="another allocator than glibc's")
@pytest.mark.parametrize(("limit", "most"), [(None, 2), ("6", 6)])
def test_threads_share_the_arenas_of_memory(limit: str | None, most: int) -> None:
    program = """
import ctypes, threading
from core.environment import prepare_environment

prepare_environment()
meet = threading.Barrier(12)

def hold() -> None:
    ctypes.CDLL(None).malloc(100_000)
    meet.wait()

threads = [threading.Thread(target=hold) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""
    environment = {k: v for k, v in os.environ.items() if k != "MALLOC_ARENA_MAX"}
    if limit is not None:
        environment["MALLOC_ARENA_MAX"] = limit
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert 1 < done.stdout.count("<heap nr=") <= most


def test_other_systems_need_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "_trim", lambda: None)
    runtime.release_memory()


def test_resident_memory_grows_by_what_is_held() -> None:
    before = runtime.resident_memory()
    held = bytearray(64 << 20)
    after = runtime.resident_memory()
    assert before is not None
    assert after is not None
    assert 60 << 20 <= after - before <= 80 << 20
    assert len(held) == 64 << 20
