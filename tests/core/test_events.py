"""Events of jobs as JSON lines: whatever is said arrives as it was said."""

from __future__ import annotations

import dataclasses
import json
import types
import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import events
from core.events import Event, Failed, Message, Sample, Step, parse_event

KINDS = [
    kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, Event)
]
KINDS.remove(Event)

TEXT = st.text(st.characters())  # lone surrogates included: names of files hold them
VALUES = {
    str: TEXT,
    int: st.integers(),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    types.NoneType: st.none(),
}


def values(hint: object) -> st.SearchStrategy[object]:
    if typing.get_origin(hint) is tuple:
        return st.lists(values(typing.get_args(hint)[0]), max_size=3).map(tuple)
    return st.one_of([VALUES[t] for t in typing.get_args(hint) or (hint,)])


def strategy(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{f.name: values(hints[f.name]) for f in dataclasses.fields(kind)})


@given(st.one_of([strategy(kind) for kind in KINDS]))
def test_every_event_comes_back_from_one_line_of_ascii(event: Event) -> None:
    line = event.to_json()
    assert line.isascii()
    assert "\n" not in line
    assert parse_event(line) == event
    assert type(parse_event(line)) is type(event)
    assert parse_event(line + "\n") == event


def test_kinds_have_names_of_their_own() -> None:
    assert len({kind.kind for kind in KINDS}) == len(KINDS) == 20


def test_the_wire_by_hand() -> None:
    assert json.loads(Message("读").to_json()) == {"event": "message", "text": "读"}
    line = '{"event": "failed", "what": "the disk is full"}'
    assert parse_event(line) == Failed("the disk is full", "", "")


def test_a_sample_without_words_is_read() -> None:
    line = '{"event": "sample", "step": 3, "source": "茶", "reference": "", "translation": "tea"'
    assert parse_event(line + "}") == Sample(3, "茶", "", "tea")
    words = line + ', "source_words": ["茶"], "target_words": ["tea"], "attention": [[0.25]]}'
    assert parse_event(words) == Sample(3, "茶", "", "tea", ("茶",), ("tea",), ((0.25,),))


def test_fields_of_a_newer_program_are_ignored() -> None:
    assert parse_event('{"event": "message", "text": "x", "colour": 3}') == Message("x")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "torch: warning",
        "[1]",
        "3",
        '{"event": "explosion"}',
        '{"event": ["message"], "text": ""}',
        '{"event": null}',
        '{"text": "x"}',
        '{"event": "message"}',
        '{"event": "step", "step": 1, "loss": 2.0}',
        '{"event": "message", "text": "x"',
        '{"event": "message", "text": 5}',
        '{"event": "message", "text": null}',
        '{"event": "paused", "step": 1.5}',
        '{"event": "paused", "step": true}',
        '{"event": "gradient_flow", "step": 1, "norms": [1, "x"]}',
        '{"event": "gradient_flow", "step": 1, "norms": 2}',
        '{"event": "gradient_flow", "step": 1, "norms": [1' + "0" * 400 + "]}",
        '{"event": "message", "text": ' + "[" * 100_000,
        '{"event": "message", "text": ' + "[" * 900 + "]" * 900 + "}",
    ],
)
def test_what_is_no_event_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_event(line)


def test_whole_numbers_are_real_ones_too() -> None:
    line = Step(1, 2.0, 1e-3, 0.5, 100.0, 1.0, 0.1).to_json().replace("2.0", "2")
    assert parse_event(line) == Step(1, 2, 1e-3, 0.5, 100.0, 1.0, 0.1)


def test_events_are_frozen() -> None:
    event = Step(1, 2.0, 1e-3, 0.5, 100.0, 1.0, 0.1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        event.loss = 0.0  # type: ignore[misc]
