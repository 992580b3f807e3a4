"""Minimum risk: the formula by NumPy, the model's own scores one by one, and that it improves."""

from __future__ import annotations

import dataclasses
import signal
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sacrebleu.metrics import BLEU, CHRF
from torch.nn import functional

from core.cancel import Cancelled, CancelToken
from core.decoding.beam_search import beam_search
from core.decoding.options import SearchOptions
from core.errors import InputError, OptionError
from core.events import Message
from core.store.bundle import read_bundle
from core.store.loading import Loaded, load_model
from core.text.target import join_pieces
from core.text.vocab import EOS, SOS
from core.training.batching import Batch, Share, collate
from core.training.risk import Judged, expected_risk, mean_risk
from core.training.second_round import Improved, Judge, RiskOptions, learn_from_search
from core.training.token_store.store import TokenStore
from core.training.trainer import DivergenceError
from core.training.validation import inference_model
from core.translation.search import pad
from tests.core.training.test_aligning import untaught
from tests.core.training.test_min_agreement import call, sentences
from tests.core.training.token_stores import build, tsv

OPTIONS = RiskOptions(minutes=60, sources=8, updates=4, learning_rate=3e-3, seed=3)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TokenStore:
    folder = tmp_path_factory.mktemp("risk")
    return build(folder / "store", tsv(folder, sentences(120)), held_out=0)


def drawn(store: TokenStore, count: int) -> Batch:
    pairs = [store.corpus.pair(index) for index in range(count)]
    none = np.zeros((0, 2), np.int64)
    return collate([(s.astype(np.int64), t.astype(np.int64), none) for s, t in pairs])


def test_the_risk_and_its_gradient_by_the_formula() -> None:
    rng = np.random.default_rng(1)
    owners = np.array([0, 2, 1, 0, 2, 2, 0])
    scores, rewards = rng.normal(size=7) * 3, rng.random(7)
    given = torch.tensor(scores, requires_grad=True)
    found = expected_risk(given, torch.tensor(rewards), torch.tensor(owners), 3)
    (gradient,) = torch.autograd.grad(found.sum(), given)
    for source in range(3):
        mine = owners == source
        share = np.exp(scores[mine]) / np.exp(scores[mine]).sum()
        mean = (share * rewards[mine]).sum()
        assert found[source].item() == pytest.approx(1 - mean)
        np.testing.assert_allclose(gradient[mine], share * (mean - rewards[mine]), atol=1e-12)


def test_one_output_teaches_nothing_and_great_scores_do_not_overflow() -> None:
    scores = torch.tensor([-5.0, 800.0, -800.0], requires_grad=True)
    rewards, owners = torch.tensor([0.25, 1.0, 0.5]), torch.tensor([0, 1, 1])
    found = expected_risk(scores, rewards, owners, 2)
    assert found.tolist() == [0.75, 0.0]
    (gradient,) = torch.autograd.grad(found.sum(), scores)
    assert gradient.tolist() == [0.0, 0.0, 0.0]


def test_outputs_are_scored_as_the_search_does(store: TokenStore) -> None:
    loaded = untaught(store)
    model, alpha = loaded.model.eval(), 0.8
    sources = [tuple(store.corpus.pair(index)[0].tolist()) for index in range(5)]
    search = SearchOptions(beam=3, n_best=3, length_penalty=alpha, loop_copies=0)
    with torch.inference_mode():
        found = beam_search(model, *pad(sources), search)
    rewards = [tuple(np.random.default_rng(i).random(len(one))) for i, one in enumerate(found)]
    wanted = []
    for outputs, worth in zip(found, rewards, strict=True):
        share = np.exp([output.score for output in outputs])
        wanted.append(1 - float((share * worth).sum() / share.sum()))
    judged = [
        Judged(source, tuple(output.ids for output in outputs), worth)
        for source, outputs, worth in zip(sources, found, rewards, strict=True)
    ]
    assert mean_risk(model, judged, alpha).item() == pytest.approx(np.mean(wanted), rel=1e-5)


def test_the_gradient_is_that_of_outputs_one_by_one(store: TokenStore) -> None:
    model = untaught(store).model.eval()
    judged = [
        Judged((5, 6, 7, 8), ((9, 10), (11,), (10, 12, 13)), (0.2, 0.7, 0.1)),
        Judged((8, 5), ((9,), (14, 15, 9, 9)), (0.9, 0.3)),
    ]
    mean_risk(model, judged, 1.5).backward()
    found = {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}
    model.zero_grad()
    risks = []
    for one in judged:
        scores = []
        for output in one.outputs:
            source, target = torch.tensor([one.source]), torch.tensor([[SOS, *output]])
            features = model(source, torch.tensor([len(one.source)]), target).features[0]
            wanted = torch.tensor([*output, EOS])
            loss = functional.cross_entropy(model.logits(features), wanted, reduction="sum")
            scores.append(-loss / ((5 + len(wanted)) / 6) ** 1.5)
        worth = torch.tensor(one.rewards)
        risks.append((torch.stack(scores).softmax(0) * (1 - worth)).sum())
    torch.stack(risks).mean().backward()
    for name, parameter in model.named_parameters():
        if parameter.grad is not None:
            torch.testing.assert_close(found[name], parameter.grad, atol=1e-6, rtol=1e-4)
    assert len(found) > 20


@pytest.mark.parametrize("turned", [False, True])
def test_rewards_are_sacrebleu_s(store: TokenStore, turned: bool) -> None:
    one = store.flipped() if turned else store
    loaded = untaught(store, turned=turned)
    options = dataclasses.replace(OPTIONS, beam=5, kept=5, chrf=0.3)
    batch = drawn(one, 40)  # more than are searched together
    (judged,) = Judge(loaded, options)([batch], CancelToken())
    bleu, chrf = BLEU(tokenize="zh" if turned else "13a", effective_order=True), CHRF()

    def text(ids: tuple[int, ...] | list[int]) -> str:
        return join_pieces(one.target_vocabulary.pieces(ids), one.target_language).text

    assert len(judged) == 40
    model = inference_model(loaded.model, "int8")
    alpha = {"zh": 1.5, "en": 1.0}[one.target_language]
    search = SearchOptions(beam=5, n_best=5, length_penalty=alpha)
    for index, found in enumerate(judged):
        source, target = (ids.tolist() for ids in one.corpus.pair(index))
        assert found.source == tuple(source)
        for output, reward in zip(found.outputs, found.rewards, strict=True):
            said, reference = text(output), [text(target)]
            points = bleu.sentence_score(said, reference).score * 0.7
            points += chrf.sentence_score(said, reference).score * 0.3
            assert reward == pytest.approx(points / 100)
        if index < 4:
            (alone,) = beam_search(model, *pad([source]), search)
            assert {output.ids for output in alone} == {*found.outputs}
            assert found.outputs[0] == alone[0].ids


def test_the_first_the_best_and_the_worst_are_kept(store: TokenStore) -> None:
    loaded, batch = untaught(store), drawn(store, 20)
    everything = dataclasses.replace(OPTIONS, beam=6, kept=6)
    (whole,) = Judge(loaded, everything)([batch], CancelToken())
    (some,) = Judge(loaded, dataclasses.replace(everything, kept=3))([batch], CancelToken())
    for one, few in zip(whole, some, strict=True):
        assert len(few.outputs) == len({*few.outputs}) == 3
        assert few.outputs[0] == one.outputs[0]
        assert (max(few.rewards), min(few.rewards)) == (max(one.rewards), min(one.rewards))
        assert few.gain == pytest.approx(max(one.rewards) - one.rewards[0])


def worth(loaded: Loaded, store: TokenStore) -> float:
    """Mean reward of the first outputs of all pairs."""
    (judged,) = Judge(loaded, OPTIONS)([drawn(store, 100)], CancelToken())
    return float(np.mean([one.rewards[0] for one in judged]))


def test_outputs_become_better(store: TokenStore) -> None:
    loaded = untaught(store)
    before = worth(loaded, store)
    events = learn_from_search(loaded, [Share(store.corpus)], OPTIONS, CancelToken())
    told = list(islice(events, 7))
    assert all(isinstance(event, Message) for event in told)
    assert worth(loaded, store) > 1.5 * before + 0.02


def test_it_ends_in_time_and_tells_what_it_did(store: TokenStore) -> None:
    loaded = untaught(store)
    old = {name: weight.clone() for name, weight in loaded.model.state_dict().items()}
    short = dataclasses.replace(OPTIONS, minutes=0.01, share=0.25)
    *told, last = learn_from_search(loaded, [Share(store.corpus)], short, CancelToken())
    assert told and isinstance(last, Improved)
    assert last.pairs == 8 * last.updates and last.updates % 4 == 0 and last.seconds >= 0.6
    learnt = loaded.model.state_dict()  # a quarter of the way is kept
    for name, weight in last.weights.items():
        torch.testing.assert_close(weight, 0.75 * old[name] + 0.25 * learnt[name])
    assert any(not torch.equal(old[name], weight) for name, weight in last.weights.items())
    assert last.facts()["updates"] == last.updates


def test_a_stop_keeps_what_was_learnt(store: TokenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, cancel = untaught(store), CancelToken()
    old = {name: weight.clone() for name, weight in loaded.model.state_dict().items()}
    updates = iter(range(10))

    def stopped_in_the_third(*given: Any) -> torch.Tensor:
        if next(updates) == 2:
            cancel.cancel()
        return mean_risk(*given)

    monkeypatch.setattr("core.training.second_round.mean_risk", stopped_in_the_third)
    *told, last = learn_from_search(loaded, [Share(store.corpus)], OPTIONS, cancel)
    assert len(told) == 1 and isinstance(last, Improved)
    assert (last.updates, last.pairs) == (3, 24)
    learnt = loaded.model.state_dict()
    for name, weight in last.weights.items():
        torch.testing.assert_close(weight, (old[name] + learnt[name]) / 2)
    assert any(not torch.equal(old[name], weight) for name, weight in last.weights.items())


def test_what_cannot_be_done_is_told(store: TokenStore, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = untaught(store)
    with pytest.raises(OptionError, match="kept is 9"):
        RiskOptions(minutes=1, kept=9)
    with pytest.raises(OptionError, match="share is 0"):
        RiskOptions(minutes=1, share=0)
    with pytest.raises(OptionError, match="seconds is 0"):
        RiskOptions(minutes=0)
    few = [Share(store.corpus, keep=np.arange(20))]
    with pytest.raises(InputError, match="too few pairs of 5 to 60 pieces: 20"):
        list(learn_from_search(loaded, few, OPTIONS, CancelToken()))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(learn_from_search(loaded, [Share(store.corpus)], OPTIONS, cancel))
    monkeypatch.setattr(
        "core.training.second_round.mean_risk",
        lambda model, *_: model.output_bias.sum() * torch.nan,
    )
    before = {name: weight.clone() for name, weight in loaded.model.state_dict().items()}
    with pytest.raises(DivergenceError, match="no number"):
        list(learn_from_search(loaded, [Share(store.corpus)], OPTIONS, CancelToken()))
    assert all(torch.equal(before[n], w) for n, w in loaded.model.state_dict().items())


def saved(store: TokenStore, place: Path) -> Path:
    """The untaught model of the other direction in a folder, and beside it a mix."""
    loaded, folder = untaught(store, turned=True), place / "mine"
    weights = loaded.model.state_dict()
    loaded.save(folder, name="mine", weights=weights, receipt={"a": 1}, precision="fp32")
    (place / "mix.json").write_text('{"pairs.tsv": 4.5}')
    return folder


def test_the_command_writes_a_new_model(
    store: TokenStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, mix = saved(store, tmp_path), tmp_path / "mix.json"
    weights = load_model(folder).model.state_dict()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    given = ["risk", str(store.folder), str(folder), str(tmp_path / "better")]
    assert call(monkeypatch, *given, "--minutes", "0.01", "--mix", str(mix)) == 0
    assert "update 0: reward" in capsys.readouterr().out
    better = read_bundle(tmp_path / "better")
    assert better.manifest.parent == "mine"
    receipt = better.receipt()
    told = receipt["second_round"]
    assert (receipt["a"], told["options"]["sources"], told["min_agreement"]) == (1, 48, None)
    assert told["pairs"] == 48 * told["updates"] >= 480
    new = load_model(tmp_path / "better").model.state_dict()
    assert any(not torch.equal(new[name], weight) for name, weight in weights.items())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    again = ["risk", str(store.folder), str(tmp_path / "better"), str(tmp_path / "best")]
    assert call(monkeypatch, *again, "--minutes", "0.01", "--mix", str(mix)) == 0
    rounds = read_bundle(tmp_path / "best").receipt()["second_round"]
    assert rounds["before"] == told and "before" not in told
    assert call(monkeypatch, *given, "--minutes", "0.01") == 1
    assert "there is something already" in capsys.readouterr().err
    given[3] = str(mix / "better")  # told before anything is learnt: no folder can be there
    assert call(monkeypatch, *given, "--minutes", "60") == 1
    told = capsys.readouterr()
    assert "mix.json" in told.err and "update" not in told.out


@pytest.mark.parametrize("updates", [0, 1])
def test_ctrl_c_keeps_what_was_learnt(
    updates: int,
    store: TokenStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder, found = saved(store, tmp_path), []

    def pressed(*given: Any) -> torch.Tensor:
        found.append(mean_risk(*given))
        if len(found) == updates:
            signal.raise_signal(signal.SIGINT)
        return found[-1]

    def pressed_before(*_: object) -> str:
        if not updates:
            signal.raise_signal(signal.SIGINT)
        return "searched"

    monkeypatch.setattr("core.training.second_round.mean_risk", pressed)
    monkeypatch.setattr("core.training.second_round._told", pressed_before)
    mix, out = tmp_path / "mix.json", tmp_path / "better"
    given = ["risk", str(store.folder), str(folder), str(out), "--minutes", "60"]
    assert call(monkeypatch, *given, "--mix", str(mix)) == (0 if updates else 1)
    told = capfd.readouterr().err
    assert "stopping; what was learnt is kept" in told
    assert told.endswith("stopped\n") is (updates == 0)
    assert out.exists() is (updates > 0) and len(found) == updates
    if updates:
        assert read_bundle(out).receipt()["second_round"]["updates"] == 1


def test_it_learns_in_bfloat16(store: TokenStore) -> None:
    judged = Judge(untaught(store), OPTIONS)([drawn(store, 8)], CancelToken())[0]
    found = []
    for lower in (False, True):
        model = untaught(store).model
        with torch.autocast("cpu", torch.bfloat16, enabled=lower):
            mean_risk(model, judged, 1.0).backward()
        assert model.output_weight.grad is not None
        found.append(model.output_weight.grad)
    assert float((found[1] - found[0]).norm() / found[0].norm()) < 0.1
