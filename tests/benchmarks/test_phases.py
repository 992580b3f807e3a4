"""The measurements with engines that compute nothing, and our own with the tiny model."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from benchmarks.speed import phases
from benchmarks.speed.contenders import Contender, ours, peers
from benchmarks.speed.material import SENTENCE, Job
from benchmarks.speed.phases import Jobs, Plan, Running
from benchmarks.speed.protocol import EngineError

pytestmark = pytest.mark.slow

JOB = Job(("a", "b"), (3, 4), (5, 6), 1.5)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def fake(name: str, journal: Path, *seconds: float, lacks: int = 0, **rest) -> Contender:
    fields = {"name": name, "journal": str(journal), "seconds": list(seconds), "lacks": lacks}
    return Contender(name, name.title(), "tests.benchmarks.fake_engine", fields, **rest)


def test_processes_take_turns_and_the_first_call_of_a_turn_is_not_timed(journal: Path) -> None:
    contenders = [fake("one", journal, 9.0, 1.0), fake("two", journal, 8.0, 2.0, fixed=False)]
    with Running(contenders, {"one": {}, "two": {}}) as running:
        times = running.in_turn(JOB, 2, 1, warm=True)
        assert running.loaded["one"]["computes"] == "nothing"
        assert set(running.memory()) == {"one", "two"}
    assert times == {"one": [[1.0], [1.0]], "two": [[2.0], [2.0]]}
    turns = ["one 4 1.5"] * 2 + ["two 4 0.0"] * 2  # the second is free of the length
    assert journal.read_text().splitlines() == turns * 2


def test_an_engine_with_fewer_pieces_is_found_out(journal: Path) -> None:
    cheat = fake("cheat", journal, 1.0, lacks=2)
    with Running([cheat], {"cheat": {}}) as running, pytest.raises(EngineError, match="11 pieces"):
        running.in_turn(JOB, 1, 1, warm=False)


def test_settings_reach_the_engine(journal: Path) -> None:
    contender = fake("one", journal, 1.0, start={"workers": (1, 2), "batch": 8})
    with contender.launch({"waiting": "short"}) as engine:
        loaded = contender.load(engine, {"workers": (1, 2), "batch": 8, "waiting": "short"})
    assert loaded["settings"] == {"inter": 1, "intra": 2, "batch": 8}


def test_the_phases_measure_every_engine(journal: Path) -> None:
    contenders = [fake("one", journal, 1.0), fake("two", journal, 2.0)]
    settings = {"one": {}, "two": {}}
    jobs = Jobs(JOB, JOB, {10: JOB, 20: JOB})
    plan = Plan(sentence=2, lengths=1, document=2, calls=3)
    said: list[str] = []
    with Running(contenders, settings) as running:
        found = phases.sentence_phase(running, jobs, plan, said.append)
        document = phases.document_phase(running, jobs, plan)
    assert found["beam 1"]["two"] == [[2.0] * 3] * 2
    assert found["lengths"][20] == {"one": [[1.0]], "two": [[2.0]]}
    assert document["times"] == {"one": [[1.0], [1.0]], "two": [[2.0], [2.0]]}
    assert len(said) == 4
    best, trials = phases.choose_settings(contenders[0], JOB, {"batch": [1]}, 2)
    assert best == {}
    assert len(trials) == 2


def test_start_counts_the_process(journal: Path) -> None:
    contender = fake("one", journal, 1.0)
    seconds = phases.start_of_peer(contender, {}, JOB)
    assert 0.01 < seconds < 60


def test_our_engine_is_held_to_the_common_length(tiny_bundle: Path) -> None:
    [contender, _] = ours(tiny_bundle, ["fp32"], "fp32", 1)
    with contender.launch({}) as engine:
        assert set(engine.ask("describe")["precisions"]) >= {"bf16", "fp32"}
        loaded = contender.load(engine, {})
        assert loaded["computes"] == "fp32"
        assert loaded["config"]["width"] == 64
        texts = ["我喜欢猫。", "你好。"]
        pieces = engine.ask("pieces", texts=texts)
        assert pieces["words"] == [4, 2]
        assert engine.ask("search", texts=texts, ratio=0.0, beam=4)["targets"][0] == 4
        targets = [math.floor(2.6 * source) for source in pieces["sources"]]
        for beam in (1, 4):
            held = engine.ask("search", texts=texts, ratio=2.6, beam=beam)
            assert held["targets"] == targets
        job = Job(tuple(texts), tuple(pieces["sources"]), tuple(targets), 2.6)
        first, second = phases.timed(contender, engine, job, 2)
        assert min(first, second) > 0.001  # the second does not come from memory


def test_jobs_keep_the_lengths_that_our_model_gives(tiny_bundle: Path) -> None:
    [contender, _] = ours(tiny_bundle, ["fp32"], "fp32", 1)
    with contender.launch({}) as engine:
        contender.load(engine, {})
        jobs = phases.make_jobs(engine, 3)
        [free] = engine.ask("search", texts=[SENTENCE], ratio=0.0, beam=4)["targets"]
    assert jobs.sentence.targets == (free,)
    assert jobs.material["words"] == 25
    assert len(jobs.document.texts) == len(jobs.document.targets) == 3
    total = jobs.material["target pieces when free"]
    assert 0 <= total - sum(jobs.document.targets) < 3  # each is rounded down
    assert list(jobs.lengths) == [10, 25, 50, 100, 200]
    assert jobs.lengths[50].ratio == jobs.document.ratio


def test_the_terminal_program_is_measured(tiny_bundle: Path) -> None:
    [contender, _] = ours(tiny_bundle, ["fp32"], "fp32", 1)
    run = phases.run_terminal(contender, ["我喜欢猫。", "你好。"])
    assert 0 < run["first"] <= run["seconds"]
    assert 50 < run["memory"] < 2000
    broken = Contender("x", "", contender.module, contender.fields | {"precision": "fp3"})
    with pytest.raises(EngineError, match="ended with"):
        phases.run_terminal(broken, ["你好。"])


def test_everyone_has_a_name_of_its_own() -> None:
    found = [*ours(Path("model"), ["bf16", "fp32"], "fp32", 2), *peers(2)]
    names = [contender.name for contender in found]
    assert len(set(names)) == len(names)
    assert names[:3] == ["attune-fp32", "attune-bf16", "attune-free"]
    assert {"ct2-opus-int8", "ct2-opus-float32", "ct2-equal-int8", "marian"} <= set(names)
