"""The Chinese catalogue: complete, alike in its placeholders, and compiled as it stands."""

from __future__ import annotations

import ast
import re
import string
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from resources.i18n import catalogue
from resources.i18n.core_messages import core_patterns

HAN = re.compile(r"[\u4e00-\u9fff]")
# What shows its argument to the user; a literal there has not gone through the catalogue.
SHOWS = (
    "label", "QPushButton", "QAction", "QCheckBox", "setText", "setToolTip", "setPlaceholderText",
    "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "addAction", "addTab", "say",
    "set_name", "set_caption",
)  # fmt: skip
OWN_NAMES = ("English", "Attune · 对译")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


@pytest.fixture(scope="module")
def wanted() -> dict[str, catalogue.Texts]:
    return catalogue.texts()


def test_every_text_is_translated_and_no_translation_is_dead(
    wanted: dict[str, catalogue.Texts],
) -> None:
    known = set(catalogue.read())
    assert known == {(context, text) for context, found in wanted.items() for text in found}, (
        "run `make texts`, then translate what it names in resources/i18n/attune_zh.ts"
    )


def test_a_translation_has_the_placeholders_of_its_text_once() -> None:
    differ = [(t, z) for (_, t), z in catalogue.read().items() if fields(t) != fields(z)]
    assert differ == []


def test_translations_are_chinese_unless_there_is_nothing_to_say() -> None:
    bare = re.compile(r"\{\w+\}|[^A-Za-z]")
    same = {"Del", "LSTM", "Muon", "Adam", "AdamW", "Transformer"}  # a key; names of the field
    odd = [
        (text, translation)
        for (_, text), translation in catalogue.read().items()
        if not HAN.search(translation) and len(bare.sub("", text)) > 2 and text not in same
    ]
    assert odd == []


def test_chinese_sentences_end_as_chinese_ones_do() -> None:
    ends = {".": "。", "?": "？", "!": "！", ":": "："}
    odd = [
        (text, translation)
        for (_, text), translation in catalogue.read().items()
        if text[-1] in ends and len(text) > 1 and translation[-1] != ends[text[-1]]
    ]
    assert odd == []


def test_filters_of_file_dialogs_keep_the_brackets_that_qt_reads() -> None:
    filters = re.compile(r"\((\{endings?\}|\*[^)]*)\)")
    kept = {t: z for (c, t), z in catalogue.read().items() if c == "Attune" and filters.search(t)}
    assert "All files (*)" in kept
    assert len(kept) >= 4
    assert [z for t, z in kept.items() if filters.findall(z) != filters.findall(t)] == []


def test_what_qt_reads_is_what_a_translator_wrote(tmp_path: Path) -> None:
    compiled = tmp_path / "attune_zh.qm"
    catalogue.compile_catalogue(catalogue.CATALOGUE, compiled)
    assert compiled.read_bytes() == catalogue.COMPILED.read_bytes(), "run `make texts`"


def test_what_is_new_is_marked_and_what_is_gone_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "some.ts"
    catalogue.write(path, {"Attune": {"old": ["gui/a.py"]}}, {("Attune", "old"): "旧"})
    catalogue.write(path, {"Attune": {"new {n}": ["gui/a.py"]}}, catalogue.read(path))
    assert catalogue.read(path) == {}
    (message,) = ET.parse(path).getroot().iter("message")
    assert message.findtext("source") == "new {n}"
    translation = message.find("translation")
    assert translation is not None
    assert translation.get("type") == "unfinished"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("def f(x):\n    return tr(x)", "takes a literal"),
        ("NAME = tr('a name')", "outside of functions"),
    ],
)
def test_a_text_that_cannot_be_extracted_is_refused(tmp_path: Path, code: str, fault: str) -> None:
    (tmp_path / "gui").mkdir()
    (tmp_path / "gui" / "page.py").write_text(code)
    with pytest.raises(ValueError, match=fault):
        catalogue.window_texts(tmp_path)


def test_the_core_is_read_through_variables_functions_and_choices(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "thing.py").write_text(
        "AGAIN = 'Install it again.'\n"
        "def advice(names):\n"
        "    return f'There are: {\", \".join(names)}.'\n"
        "def fail(path, number, bad):\n"
        "    what = 'the file is bad' if bad else f'line {number} of {path.name} is odd'\n"
        "    raise InputError(what, where=f'{path.name}, line {number}', remedy=AGAIN)\n"
        "def other(names):\n"
        "    raise BundleError('there is none', remedy=advice(names))\n"
        "def bug():\n"
        "    raise ValueError('no user sees this')\n"
    )
    assert set(core_patterns(tmp_path)) == {
        "the file is bad",
        "line {number} of {name} is odd",
        "{name}, line {number}",
        "Install it again.",
        "there is none",
        "There are: {join}.",
    }


def test_no_widget_is_given_words_past_the_catalogue() -> None:
    words = re.compile(r"[A-Za-z]{3,} [A-Za-z]{2,}|^[A-Z][a-z]{3,}$")
    found = []
    for path in sorted((catalogue.ROOT / "gui").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if ast.unparse(call.func).rpartition(".")[2] not in SHOWS:
                continue
            for given in call.args:
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                found += [
                    f"{path.name}, line {call.lineno}: {part.value}"
                    for part in parts
                    if isinstance(part, ast.Constant)
                    and words.search(str(part.value))
                    and part.value not in OWN_NAMES
                ]
    assert found == []
