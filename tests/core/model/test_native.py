"""The decoder's step in C computes what torch does, whoever helps it, and refuses what it must."""

from __future__ import annotations

import ctypes
import errno
import logging
import mmap
import os
import platform
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from core.model import packed
from core.model.attention import Memory
from core.model.inference import InferenceModel
from core.model.native import compile as compiling
from core.model.native import library
from core.model.native.arena import Arena
from core.model.native.decoder import NativeDecoder
from core.model.native.library import Library
from core.model.native.linear import NativeLinear
from core.store.quantize import quantize_matrix
from tests.core.model.compiled import (
    RUNNABLE,
    ExactLinear,
    exact_product,
    laid_out,
    model_of,
    needs_code,
)


def start(model: InferenceModel, sentences: int, each: int) -> tuple[Tensor, Tensor, Memory]:
    """Tokens, state and memory of ``each`` rows of sentences of several lengths."""
    torch.manual_seed(sentences)
    lengths = torch.arange(sentences) % 5 + 3
    memory = model.encode(torch.randint(4, 11, (sentences, int(lengths.max()))), lengths)
    state = model.initial_state(memory).repeat_interleave(each, 0)
    return torch.randint(0, 299, (sentences * each,)), torch.randn_like(state), memory


SHAPES: list[dict[str, object]] = [
    {},
    {"decoder_layers": 1},
    {"decoder_layers": 4, "residual": False},
    {"attention_strength": 0.5, "attention_heads": 1},
    {"embeddings": "separate"},
    {"target_vocabulary": 300, "decoder_width": 64, "width": 64, "attention_heads": 4},
]


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("changes", SHAPES)
@pytest.mark.parametrize(("sentences", "each"), [(1, 1), (1, 4), (3, 2), (1, 11), (4, 4)])
@torch.inference_mode()
def test_floats_make_the_step_of_the_plain_model(
    kind: str, changes: dict[str, object], sentences: int, each: int
) -> None:
    plain = model_of(**changes)
    model = laid_out(plain, "fp32", Library(library.file_of(kind)))
    assert model.native is not None and sentences * each <= model.native.most_rows
    tokens, state, memory = start(model, sentences, each)
    scores, after, weights = model.decode_step_by_head(tokens, state, memory)
    rows = state.view(len(tokens), -1, 2, plain.config.decoder_width)
    wanted, state_wanted, weights_wanted = plain.decode_step_by_head(tokens, rows, memory)
    torch.testing.assert_close(scores, wanted, rtol=1e-5, atol=2e-4)
    torch.testing.assert_close(after, state_wanted.flatten(1, 2), rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(weights, weights_wanted, rtol=1e-4, atol=1e-6)
    assert torch.equal(weights == 0, weights_wanted == 0)  # padding gets nothing
    assert torch.equal(model.read(tokens, state, memory), after)


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("changes", SHAPES)
@torch.inference_mode()
def test_halves_are_the_floats_that_they_stand_for(
    kind: str, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = model_of(**changes)
    plain.load_state_dict({name: w.bfloat16().float() for name, w in plain.state_dict().items()})
    code = Library(library.file_of(kind))
    monkeypatch.setattr(library, "find", lambda: code)
    state_dict = plain.state_dict()
    model = InferenceModel(plain.config, lambda name: state_dict[name], torch.bfloat16)
    tokens, state, memory = start(laid_out(plain, "fp32", None), 3, 2)
    scores, after, weights = model.decode_step_by_head(tokens, state, memory)
    rows = state.view(len(tokens), -1, 2, plain.config.decoder_width)
    wanted, state_wanted, weights_wanted = plain.decode_step_by_head(tokens, rows, memory)
    # Two biases are added and then rounded where the plain model adds them apart.
    torch.testing.assert_close(scores, wanted, rtol=1e-2, atol=5e-2)
    torch.testing.assert_close(after, state_wanted.flatten(1, 2), rtol=1e-2, atol=1e-2)
    torch.testing.assert_close(weights, weights_wanted, rtol=5e-2, atol=1e-3)


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("changes", SHAPES)
@torch.inference_mode()
def test_integers_make_the_step_that_torch_makes_of_them(
    kind: str, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = model_of(**changes)
    model = laid_out(plain, "int8", Library(library.file_of(kind)))
    # torch's own have 7 bits where the processor has no products of bytes.
    monkeypatch.setattr(packed, "IntegerLinear", ExactLinear)
    other = laid_out(plain, "int8", None)
    assert model.native is not None and other.native is None
    for sentences, each in ((1, 1), (1, 4), (2, 6), (9, 4), (16, 8)):
        if sentences * each > model.native.most_rows:
            break
        tokens, state, memory = start(other, sentences, each)
        found = model.decode_step_by_head(tokens, state, memory)
        wanted = other.decode_step_by_head(tokens, state, memory)
        # A number on the edge of two bytes may fall to either side.
        for one, two in zip(found, wanted, strict=True):
            assert (one - two).abs().mean() < 2e-3
            assert (one - two).abs().max() < 0.1


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("helpers", [0, 1])
@pytest.mark.parametrize(("size", "width"), [(40, 24), (1, 1), (33, 130), (256, 64), (1000, 7)])
def test_products_of_bytes_are_those_of_torch(
    kind: str, helpers: int, size: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch, "get_num_threads", lambda: helpers + 1)
    torch.manual_seed(size)
    matrix, bias = quantize_matrix(torch.randn(size, width)), torch.randn(size)
    layer = NativeLinear(Library(library.file_of(kind)), *matrix, bias)
    for shape in ((1,), (3, 5), (2, 16), (33,), (4, 100)):
        x = torch.randn(*shape, width) * 10
        x.view(-1, width)[0] = 0  # a row without any peak
        wanted = exact_product(x, matrix, bias)
        found = layer(x)
        assert found.shape == (*shape, size)
        assert found.is_contiguous()
        torch.testing.assert_close(found.double(), wanted.double(), rtol=1e-5, atol=1e-4)
    assert layer(torch.empty(0, width)).shape == (0, size)


def test_where_there_is_a_compiler_the_step_was_compiled() -> None:
    if platform.machine().lower() not in ("x86_64", "amd64") or not library.runnable():
        assert library.find() is None
    elif compiling.compiler() is not None:
        assert library.find() is not None


def step_of_many_pieces() -> tuple[NativeDecoder, tuple[Any, ...]]:
    """A step whose output layer several threads may share, and what it is given."""
    model = laid_out(model_of(target_vocabulary=4000), "int8", library.find())
    assert model.native is not None
    tokens, state, memory = start(model, 1, 4)
    return model.native, (tokens, state, memory.keys, memory.values, memory.mask)


@needs_code
@torch.inference_mode()
def test_help_changes_no_bit_and_many_may_ask_at_once() -> None:
    native, tensors = step_of_many_pieces()
    alone, *_ = native(*tensors, helpers=0)
    wrong: list[int] = []

    def ask(number: int) -> None:
        for _ in range(200):
            helped, *_ = native(*tensors, helpers=2)
            if not torch.equal(helped, alone):
                wrong.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@needs_code
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@torch.inference_mode()
def test_a_process_that_lost_its_helper_goes_on_alone() -> None:
    native, tensors = step_of_many_pieces()
    wanted = native(*tensors, helpers=2)[0]
    child = os.fork()
    if child == 0:  # it has no thread but this
        os._exit(0 if torch.equal(native(*tensors, helpers=2)[0], wanted) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@needs_code
@pytest.mark.parametrize("token", [-1, 299])
@torch.inference_mode()
def test_a_token_of_another_vocabulary_is_refused(token: int) -> None:
    model = laid_out(model_of(), "fp32", library.find())
    tokens, state, memory = start(model, 1, 2)
    tokens[1] = token
    with pytest.raises(IndexError, match="299"):
        model.decode_step(tokens, state, memory)


@needs_code
@torch.inference_mode()
def test_rows_that_belong_to_no_sentence_are_refused() -> None:
    model = laid_out(model_of(), "fp32", library.find())
    tokens, state, memory = start(model, 2, 2)
    with pytest.raises(ValueError, match="3 tokens"):
        model.decode_step(tokens[:3], state[:3], memory)
    with pytest.raises(ValueError, match="3 states"):
        model.decode_step(tokens, state[:3], memory)


@needs_code
@pytest.mark.parametrize("kind", RUNNABLE)
@pytest.mark.parametrize("precision", ["fp32", "int8"])
@pytest.mark.parametrize("weight", ["norm.bias", "expand.bias", "contract.bias"])
@torch.inference_mode()
def test_numbers_that_are_none_do_not_become_some(kind: str, precision: str, weight: str) -> None:
    plain = model_of()
    plain.decoder.get_parameter(weight).data[3] = torch.nan
    model = laid_out(plain, precision, Library(library.file_of(kind)))
    scores, *_ = model.decode_step(*start(model, 1, 2))
    assert scores.isnan().all()


@needs_code
@torch.inference_mode()
def test_rows_of_next_to_nothing_are_nothing() -> None:
    matrix = quantize_matrix(torch.randn(40, 24))
    code = library.find()
    assert code is not None
    found = NativeLinear(code, *matrix, torch.zeros(40))(torch.full((2, 24), 5e-39))
    assert (found.abs() < 1e-30).all()


@torch.inference_mode()
def test_what_the_code_does_not_know_is_left_to_torch() -> None:
    code = library.find()
    for changes in ({"cell": "gru"}, {"attention": "additive"}):
        assert laid_out(model_of(**changes), "fp32", code).native is None


def test_an_arena_holds_copies_in_whole_lines() -> None:
    tensors = [torch.randn(3, 5).T, torch.arange(7, dtype=torch.uint8), torch.randn(1000, 600)]
    arena = Arena(tensors)
    for tensor in tensors:
        address = arena.address(tensor)
        assert address is not None and address % 64 == 0
        held = ctypes.string_at(address, tensor.nbytes)
        assert held == tensor.contiguous().numpy().tobytes()
    assert arena.address(None) is None


@pytest.mark.skipif(compiling.compiler() is None, reason="there is no compiler")
def test_what_cannot_be_compiled_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in compiling.SOURCES:
        (tmp_path / name).write_text("int wrong(void) { return nothing_of_that_name; }\n")
    monkeypatch.setattr(compiling, "FOLDER", tmp_path)
    command = compiling.compiler()
    assert command is not None
    target = tmp_path / "step.so"
    assert "nothing_of_that_name" in compiling.compile_kind(command, "avx2", target)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(compiling.SOURCES)
    # What compiles, but is something else, is not used.
    (tmp_path / compiling.SOURCES[0]).write_text("int right(void) { return 0; }\n")
    assert compiling.compile_kind(command, "avx2", target) == ""
    with pytest.raises(ValueError, match="something else"):
        Library(target)
    facts = "int attune_best, attune_step; void attune_describe(int *facts) { facts[0] = 999; }"
    source = tmp_path / compiling.SOURCES[0]
    source.write_text(f"#pragma GCC visibility push(default)\n{facts}\n")
    other = tmp_path / "other.so"
    assert compiling.compile_kind(command, "avx2", other) == ""
    with pytest.raises(ValueError, match="another version"):
        Library(other)


def test_a_damaged_file_is_told_and_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for kind in library.KINDS:
        (tmp_path / f"step-{kind}{library.SUFFIX}").write_bytes(b"no library")
    monkeypatch.setattr(library, "BUILT", tmp_path)
    library.find.cache_clear()
    try:
        with caplog.at_level(logging.INFO):
            assert library.find() is None
    finally:
        library.find.cache_clear()
    assert "step-" in caplog.text or not library.runnable()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has large pages to ask for")
def test_a_kernel_without_large_pages_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(mmap.mmap):
        def madvise(self, *_: int) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(mmap, "mmap", Refusing)
    large = torch.arange(5 * 2**20, dtype=torch.uint8)
    address = Arena([large]).address(large)
    assert address is not None and address % 2**21 == 0


@pytest.mark.parametrize("wrong", ["a folder that is a file", "a compiler that makes nothing"])
def test_setting_up_goes_on_without_the_code(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built = tmp_path / "built"
    monkeypatch.setattr(compiling, "BUILT", built)
    monkeypatch.setattr(library, "BUILT", built)
    monkeypatch.setattr(compiling, "compiler", lambda: ["true"])
    monkeypatch.setattr(compiling, "find", lambda: None)
    if wrong == "a folder that is a file":
        built.write_text("")
    assert compiling.main() == 0
    assert capsys.readouterr().out.startswith("attune: ")


def test_without_a_compiler_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(library, "BUILT", tmp_path)
    monkeypatch.setattr(compiling, "compiler", lambda: None)
    assert compiling.main() == 0
    assert "no" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_the_compiler_that_is_told_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mycc"
    mine.write_text("#!/bin/sh\n")
    mine.chmod(0o755)
    monkeypatch.setenv("CC", f"{mine} -pipe")
    assert compiling.compiler() == [str(mine), "-pipe"]
    monkeypatch.setenv("CC", "'half a quote")
    assert compiling.compiler() != ["'half", "a", "quote"]
    monkeypatch.setenv("CC", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = compiling.compiler()
    assert found is None or "ziglang" in found
