"""The program from end to end with the tiny model, and the page it writes."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import sacrebleu
import torch

from benchmarks.quality import bundles, judging, report, scoring
from benchmarks.quality.charts import bar_chart, fitting, ticks_to
from benchmarks.quality.notices import notices
from benchmarks.quality.program import main
from benchmarks.quality.scoring import Chance, Estimate, Group, Quality
from core.store.loading import load_model
from core.translation.translator import Translator

CHINESE = (
    "我喜欢猫。",
    "你看见苹果。",
    "我们买面条。",
    "他们喜欢书。",
    "我今天看见猫。",
    "谢谢你!",
)
ENGLISH = ("I like cats.", "You see apples.", "We buy noodles.", "They like books.",
           "I see <b>cats</b> & dogs today.", "Thank you!")  # fmt: skip
SECRET = "<b>cats</b>"


def lighten(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Few resamples, two everyday sentences: what the tests look at is the same."""
    patch.setattr(scoring, "RESAMPLES", 40)
    patch.setattr(scoring, "LEAST_TESTED", 3)
    everyday = folder / "everyday.tsv"
    everyday.write_text("你好。\tHello.\n谢谢你!\tThank you!\n", "utf-8")
    patch.setattr(judging, "EVERYDAY", everyday)


@pytest.fixture(autouse=True)
def light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing heavy, no fonts either: cutting them takes a second a page."""
    lighten(monkeypatch, tmp_path)
    monkeypatch.setattr(report, "font_faces", lambda text: "")


def write_sets(folder: Path) -> Path:
    folder.mkdir()
    rows = [f"{zh}\t{en}\n" for zh, en in zip(CHINESE, ENGLISH, strict=True)]
    (folder / "newstest2030-en-zh.tsv").write_text("".join(rows), "utf-8")
    (folder / "mine.tsv").write_text("".join(rows[:4]), "utf-8")
    return folder


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    return write_sets(tmp_path / "sets")


@pytest.fixture(scope="module")
def previous(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny model, its weights shaken; do not write to it."""
    loaded = load_model(tiny_bundle)
    torch.manual_seed(5)
    weights = {
        name: value + value.std() * torch.randn_like(value) if value.ndim == 2 else value
        for name, value in loaded.model.state_dict().items()
    }
    folder = tmp_path_factory.mktemp("previous")
    receipt = {"updates": 7, "seconds": 5400}
    loaded.save(folder / "tiny", name="tiny", weights=weights, receipt=receipt, precision="fp32")
    return folder


@pytest.fixture(scope="module")
def compared(
    tiny_bundle: Path, previous: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict]:
    """The page, with its fonts, and the figures of the tiny model against the previous one."""
    folder = tmp_path_factory.mktemp("compared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTUNE_HOME", str(folder / "home"))
        lighten(patch, folder)
        sets = write_sets(folder / "sets")
        return run(sets, folder / "out", "--models", tiny_bundle, "--against", previous)


def run(sets: Path, out: Path, *more: object) -> tuple[str, dict]:
    """The page and the figures that the program writes."""
    assert main([str(sets), "--out", str(out), *map(str, more)]) == 0
    return (out / "report.html").read_text("utf-8"), json.loads((out / "results.json").read_text())


class Page(HTMLParser):
    """Text of a page, the tags that are open, what it refers to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attributes)
        self.ids.update(filter(None, [values.get("id")]))
        self.links += filter(None, [values.get("href"), values.get("src")])
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def test_the_figures_are_those_of_the_model(compared: tuple[str, dict], tiny_bundle: Path) -> None:
    [model] = compared[1]["models"]
    assert [result["name"] for result in model["sets"]] == ["mine", "newstest2030-en-zh"]
    translator = Translator.load(tiny_bundle, threads=1)
    said = [translator.translate_segments([text])[0].translation for text in CHINESE]
    whole = model["sets"][1]
    bleu = sacrebleu.corpus_bleu(said, [ENGLISH]).score
    assert 0 < bleu < 100
    assert whole["group"]["now"]["bleu"]["score"] == pytest.approx(bleu)
    assert whole["group"]["now"]["chrf"]["score"] == pytest.approx(
        sacrebleu.corpus_chrf(said, [ENGLISH]).score
    )
    assert whole["group"]["before"]["bleu"]["score"] < bleu
    assert 0 < whole["group"]["chance"]["bleu"] <= 1
    assert (whole["translated"], whole["domain"]) == ("all", "news")
    assert [g["sentences"] for g in whole["by_length"]] == [6]
    assert [(g["name"], g["sentences"]) for g in model["by_domain"]] == [("news", 6), ("other", 4)]
    assert [(g["name"], g["sentences"]) for g in model["by_length"]] == [("1–10", 10)]
    assert (model["figures"]["updates"], model["previous"]["updates"]) == (160, 7)
    assert model["previous"]["hours"] == 1.5


def test_no_sentence_is_in_the_figures(compared: tuple[str, dict]) -> None:
    text = json.dumps(compared[1], ensure_ascii=False)
    assert "newstest2030-en-zh" in text
    assert not re.search("[\u4e00-\u9fff]", text)
    assert "cats" not in text


def test_the_page_is_whole_and_needs_nothing_else(compared: tuple[str, dict]) -> None:
    text = compared[0]
    page = Page(text)
    assert page.open == []
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.ids
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "b-cats"})
    assert set(re.findall(r"url\((.{5})", text)) == {"data:"}
    words = "".join(page.words)
    assert SECRET in words
    assert SECRET not in text  # escaped
    for expected in (*CHINESE, "⇄", "Worth a look", "tok:13a", "bs:40", "1–10", "▲"):
        assert expected in words, expected


def test_a_second_run_loads_no_model(
    sets: Path, tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, first = run(sets, tmp_path / "one", "--models", tiny_bundle)
    loads = []
    load = Translator.load
    monkeypatch.setattr(Translator, "load", lambda path: loads.append(path) or load(path))
    _, second = run(sets, tmp_path / "two", "--models", tiny_bundle)
    assert loads == []
    assert first["models"] == second["models"]
    run(sets, tmp_path / "three", "--models", tiny_bundle, "--beam", 1)
    assert len(loads) == 1


def test_the_first_lines_alone(sets: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    text, figures = run(sets, tmp_path / "out", "--models", tiny_bundle, "--lines", 2)
    assert [r["group"]["sentences"] for r in figures["models"][0]["sets"]] == [2, 2]
    assert "the first 2 lines of each" in text


def test_the_same_model_is_no_previous_one(sets: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    text, figures = run(sets, tmp_path / "out", "--models", tiny_bundle, "--against", tiny_bundle)
    assert "the previous model is this very one" in text
    assert figures["models"][0]["sets"][0]["group"]["before"] is None


def test_an_earlier_report_stands_beside(
    sets: Path, tiny_bundle: Path, previous: Path, tmp_path: Path
) -> None:
    run(sets, tmp_path / "one", "--models", previous)
    (sets / "mine.tsv").write_text("你好。\tHello.\n" * 3, "utf-8")
    earlier = tmp_path / "one" / "results.json"
    text, _ = run(sets, tmp_path / "two", "--models", tiny_bundle, "--against", earlier)
    section = text[text.index('id="earlier"') :]
    words = "".join(Page(section[: section.index("</section>")].partition(">")[2]).words)
    assert words.count("other sentences or another signature") == 1
    assert words.count("the intervals overlap") + words.count("the intervals do not touch") == 1


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_models_come_out_of_history(
    sets: Path, tiny_bundle: Path, previous: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "checkout"
    shipped = root / "resources" / "models"
    shipped.parent.mkdir(parents=True)
    shutil.copytree(previous, shipped)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "Ship"],
    ):
        subprocess.run(["git", "-C", root, *command], check=True)
    monkeypatch.setattr(bundles, "_ROOT", root)
    text, figures = run(sets, tmp_path / "out", "--models", tiny_bundle, "--against", "HEAD")
    assert figures["models"][0]["previous"]["updates"] == 7
    assert figures["models"][0]["sets"][0]["group"]["before"] is not None
    short = subprocess.run(
        ["git", "-C", root, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    )
    assert f"revision HEAD ({short.stdout.strip()})" in text


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--against", "no-such-thing"], "no folder, no results.json and no revision"),
        (["--against", "-p"], "expected at least one argument"),
        (["--models", "no-such-model"], "there is no model called 'no-such-model'"),
        (["--against", "broken.json"], "this is no results.json of a report"),
        (["--beam", "0"], "beam is 0"),
    ],
)
def test_errors_are_told_before_the_work(
    sets: Path, tmp_path: Path, more: list[str], told: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("broken.json").write_text('{"format": 1}', "utf-8")
    try:
        code = main([str(sets), "--out", str(tmp_path / "out"), *more])
    except SystemExit as stop:  # argparse
        code = stop.code
    assert code in (1, 2)
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


# --- charts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (0.0, [0, 1]), (0.4, [0, 1]), (4.2, [0, 1, 2, 3, 4, 5]), (5.5, [0, 2, 4, 6]),
        (23.0, [0, 5, 10, 15, 20, 25]), (38, [0, 10, 20, 30, 40]), (100, [0, 20, 40, 60, 80, 100]),
    ],
)  # fmt: skip
def test_ticks_are_round(top: float, ticks: list[int]) -> None:
    assert ticks_to(top) == ticks


def test_long_names_are_cut_to_their_room() -> None:
    assert fitting("a" * 10, 70) == "a" * 10
    assert fitting("a" * 11, 70) == "a" * 8 + "…"  # 8 letters of 7 pixels and an ellipsis of 13
    assert fitting("测试集" * 3, 70) == "测试集测…"


def test_bars_lie_where_the_scores_are() -> None:
    quality = Quality(Estimate(10, 8, 12.5), Estimate(40, 38, 42), 1, 0, 0, 0, 0, "", "")
    older = dataclasses.replace(quality, bleu=Estimate(5, 4, 6))
    chart = bar_chart(
        [Group("a", 9, quality, older), Group("b", 9, quality)], width=352, labels=100
    )
    assert chart.ticks == ((100, "0"), (166.7, "5"), (233.3, "10"), (300, "15"))
    first, second = chart.rows
    assert [(bar.kind, bar.end, bar.low, bar.high) for bar in first.bars] == [
        ("now", 233.3, 206.7, 266.7),
        ("before", 166.7, 153.3, 180.0),
    ]
    assert first.bars[1].y >= first.bars[0].y + chart.bar
    assert second.bars[0].y > first.bars[1].y + chart.bar
    assert chart.height > chart.bottom > second.bars[0].y + chart.bar


# --- words ---------------------------------------------------------------------------------------


def test_figures_as_people_read_them() -> None:
    assert [report.change(value) for value in (1.26, -1.26, 0.04, -0.04, 10.0)] == [
        "+1.3", "−1.3", "±0.0", "±0.0", "+10.0",
    ]  # fmt: skip
    assert report.p_value(1 / 1001) == "p ≤ 0.001"
    assert report.p_value(0.0494) == "p = 0.049"
    assert report.share(0.0123) == "1.2 %"
    assert (report.count(None), report.count(28142048)) == ("–", "28,142,048")
    assert report.minute("2030-01-02T03:04:05+00:00") == "2030-01-02 03:04"


def test_notices_name_what_is_amiss() -> None:
    fine = Quality(Estimate(10, 9, 11), Estimate(40, 38, 42), 1.0, 0.5, 0.01, 0.0, 0.01, "", "")
    cases = {
        "fine": {},
        "short": {"length_ratio": 0.89},
        "long": {"length_ratio": 1.11},
        "stuck": {"looping": 0.02},
        "mute": {"empty": 0.001, "copied": 0.03},
    }
    groups = [Group(n, 500, dataclasses.replace(fine, **c)) for n, c in cases.items()]
    better = dataclasses.replace(fine, bleu=Estimate(12, 11, 13))
    groups.append(Group("worse", 199, fine, better, Chance(0.01, 0.5)))
    groups.append(Group("chance", 500, fine, better, Chance(0.2, 0.5)))
    assert notices(groups) == [
        "Worse than before: worse −2.0 BLEU.",
        "Empty outputs: mute 0.1 %.",
        "More than 1 % of the outputs say a phrase three times unasked: stuck 2.0 %.",
        "More than 1 % of the outputs are the source itself: mute 3.0 %.",
        "Shorter than the references: short ×0.89.",
        "Longer than the references: long ×1.11.",
        "Fewer than 200 sentences, so the intervals are wide: worse 199.",
    ]
    assert notices(groups[:1]) == []
    assert notices([Group("a", 9, fine)])[0].endswith("wide: every set.")
