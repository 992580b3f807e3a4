"""What is measured: sentences, documents, starts and memory, engines taken in turn."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.measuring import interleaved, megabytes
from benchmarks.speed.contenders import Contender, Settings
from benchmarks.speed.material import LENGTHS, SENTENCE, Job, document, sentence_of
from benchmarks.speed.protocol import ROOT, Engine, EngineError
from benchmarks.speed.tuning import tune

PAUSE = 0.1  # seconds between turns; threads that wait give up spinning after some milliseconds
_SLACK = 0.5  # pieces a sentence, where peers hold a batch to its mean length

Rounds = dict[str, list[list[float]]]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How often, and how much.

    Attributes:
        sentence, lengths, document, start: rounds of each part.
        calls: timed translations of one sentence in a turn, after one that is not.
        sentences: of the document.
        trial_calls, trial_sentences: for each setting of a peer that is tried.
    """

    sentence: int = 15
    lengths: int = 5
    document: int = 3
    start: int = 5
    calls: int = 2
    sentences: int = 1000
    trial_calls: int = 5
    trial_sentences: int = 128


QUICK = Plan(3, 1, 1, 2, 1, 64, 2, 32)


@dataclass(frozen=True, slots=True)
class Jobs:
    """The work of a run; ``material`` tells its sizes."""

    sentence: Job
    document: Job
    lengths: dict[int, Job]
    material: dict[str, Any] = field(default_factory=dict)


def make_jobs(default: Engine, sentences: int) -> Jobs:
    """Texts, and the lengths that our default engine gives them when it is free.

    One ratio of target to source pieces holds for the document and the sentences by length.
    """

    def free(texts: Sequence[str]) -> list[int]:
        found: list[int] = default.ask("search", texts=list(texts), ratio=0.0, beam=4)["targets"]
        return found

    def job(texts: Sequence[str], sources: Sequence[int], ratio: float) -> Job:
        # As the search rounds; of a sentence searched in parts each is rounded, a piece at most.
        targets = tuple(math.floor(ratio * source) for source in sources)
        return Job(tuple(texts), tuple(sources), targets, ratio)

    single = default.ask("pieces", texts=[SENTENCE])
    # Half a piece more, since the search rounds down.
    one = job([SENTENCE], single["sources"], (free([SENTENCE])[0] + 0.5) / single["sources"][0])
    texts = document(sentences)
    whole = default.ask("pieces", texts=texts)
    targets = free(texts)
    ratio = sum(targets) / sum(whole["sources"])
    many = job(texts, whole["sources"], ratio)
    by_length = [sentence_of(words) for words in LENGTHS]
    sources = default.ask("pieces", texts=by_length)["sources"]
    lengths = {
        words: job([text], [source], ratio)
        for words, text, source in zip(LENGTHS, by_length, sources, strict=True)
    }
    material = {
        "sentence": SENTENCE,
        "words": single["words"][0],
        "source pieces": one.sources[0],
        "target pieces": one.targets[0],
        "sentences": sentences,
        "words of the document": sum(whole["words"]),
        "source pieces of the document": sum(many.sources),
        "target pieces of the document": sum(many.targets),
        "target pieces when free": sum(targets),
    }
    return Jobs(one, many, lengths, material)


def timed(contender: Contender, engine: Engine, job: Job, calls: int = 1) -> list[float]:
    """Seconds of ``calls`` translations.

    Raises:
        EngineError: it gave another number of pieces than the job asks for.
    """
    if not contender.fixed:
        job = replace(job, ratio=0.0)
    wanted = sum(job.targets) + len(job.targets)
    times = []
    for _ in range(calls):
        answer = engine.ask("translate", **job.fields())
        if abs(answer["steps"] - wanted) > _SLACK * len(job.targets):
            raise EngineError(f"{contender.name} gave {answer['steps']} pieces, not {wanted}")
        times.append(float(answer["seconds"]))
    return times


def choose_settings(
    contender: Contender, job: Job, choices: Mapping[str, Sequence[Any]], calls: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The settings with which ``contender`` is fastest at ``job``, and the trials."""

    def seconds(settings: Settings) -> float:
        with contender.launch(settings) as engine:
            contender.load(engine, settings)
            if calls > 1:
                timed(contender, engine, job)
            return statistics.median(timed(contender, engine, job, calls))

    return tune(seconds, contender.start, choices)


@dataclass
class Running:
    """Engines with their models loaded, ready to take turns; a context manager."""

    contenders: Sequence[Contender]
    settings: Mapping[str, Settings]
    loaded: dict[str, dict[str, Any]] = field(default_factory=dict)
    engines: dict[str, Engine] = field(default_factory=dict)
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Running:
        for contender in self.contenders:
            settings = self.settings[contender.name]
            engine = self._stack.enter_context(contender.launch(settings))
            self.loaded[contender.name] = contender.load(engine, settings)
            self.engines[contender.name] = engine
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def in_turn(self, job: Job, rounds: int, calls: int, *, warm: bool) -> Rounds:
        """Seconds by engine and round.

        Args:
            job: the work of one call.
            rounds: turns of each engine.
            calls: timed calls in a turn.
            warm: whether each turn begins with a call that is not timed.
        """

        def case(contender: Contender) -> list[float]:
            engine = self.engines[contender.name]
            times = timed(contender, engine, job, calls + warm)
            return times[warm:]

        cases = {c.name: lambda c=c: case(c) for c in self.contenders}
        return interleaved(cases, rounds, pause=PAUSE)

    def memory(self) -> dict[str, float]:
        """Peak of each engine so far, in MB."""
        return {name: engine.ask("memory")["peak"] for name, engine in self.engines.items()}


def sentence_phase(running: Running, jobs: Jobs, plan: Plan, say: Say) -> dict[str, Any]:
    """One sentence with beam 1 and 4, the memory for it, and sentences by length."""
    found: dict[str, Any] = {}
    for beam in (1, 4):
        say(f"one sentence, beam {beam}")
        job = replace(jobs.sentence, beam=beam)
        found[f"beam {beam}"] = running.in_turn(job, plan.sentence, plan.calls, warm=True)
    found["memory"] = running.memory()
    found["lengths"] = {}
    for words, job in jobs.lengths.items():
        say(f"{words} words")
        found["lengths"][words] = running.in_turn(job, plan.lengths, 1, warm=True)
    return found


def document_phase(running: Running, jobs: Jobs, plan: Plan) -> dict[str, Any]:
    """The document, and the memory for it."""
    times = running.in_turn(jobs.document, plan.document, 1, warm=False)
    return {"times": times, "memory": running.memory()}


def start_of_peer(contender: Contender, settings: Settings, job: Job) -> float:
    """Seconds from a fresh process to its first translation; it need not cut any words."""
    begin = time.perf_counter()
    with contender.launch(settings) as engine:
        contender.load(engine, settings)
        timed(contender, engine, job)
        return time.perf_counter() - begin


def run_terminal(contender: Contender, texts: Sequence[str]) -> dict[str, float]:
    """One run of our terminal program over ``texts``, a line each.

    Returns:
        Seconds to the first line out, seconds to the end, and the peak of memory in MB.

    Raises:
        EngineError: it failed.
    """
    fields = contender.fields
    model, precision = str(fields["model"]), str(fields["precision"])
    command = [sys.executable, "-m", "core.cli", "translate", "-", "--model", model]
    command += ["--precision", precision, "--threads", str(fields["threads"])]
    with ExitStack() as stack:
        source = stack.enter_context(tempfile.TemporaryFile())  # a pipe could fill at both ends
        source.write("".join(text + "\n" for text in texts).encode())
        source.seek(0)
        begin = time.perf_counter()
        process = stack.enter_context(
            subprocess.Popen(
                command, cwd=ROOT, stdin=source, stdout=subprocess.PIPE, encoding="utf-8"
            )
        )
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        first = time.perf_counter() - begin
        lines += process.stdout.readlines()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or len(lines) != len(texts):
        raise EngineError(f"the terminal program ended with {process.returncode}")
    seconds = time.perf_counter() - begin
    return {"first": first, "seconds": seconds, "memory": megabytes(usage.ru_maxrss)}


def start_phase(
    contenders: Sequence[Contender], settings: Mapping[str, Settings], jobs: Jobs, plan: Plan
) -> tuple[Rounds, dict[str, list[float]]]:
    """Seconds from the start of a process to its first translation; our terminal's memory."""
    memory: dict[str, list[float]] = {}

    def case(contender: Contender) -> list[float]:
        if not contender.ours:
            return [start_of_peer(contender, settings[contender.name], jobs.sentence)]
        run = run_terminal(contender, jobs.sentence.texts)
        memory.setdefault(contender.name, []).append(run["memory"])
        return [run["first"]]

    started = [contender for contender in contenders if contender.fixed]
    times = interleaved({c.name: lambda c=c: case(c) for c in started}, plan.start, pause=PAUSE)
    return times, memory
