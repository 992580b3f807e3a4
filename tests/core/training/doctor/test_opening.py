"""Every form is recognised by itself and gives the same pairs."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError, OptionError
from core.training.doctor.reading import read
from core.training.doctor.recognition import recognise
from core.training.doctor.sources import Choices, PairSource

from .files import (
    PAIRS,
    TRADITIONAL,
    Pairs,
    csv_text,
    json_lines,
    share_strings,
    tmx,
    tsv,
    write,
    write_xlsx,
)

REVERSED = [(en, zh) for zh, en in PAIRS]


def opened(paths: Path | Sequence[Path], choices: Choices = Choices()) -> tuple[PairSource, Pairs]:
    source = recognise(paths, choices)
    rows = list(read(source))
    assert not any(row.fault for row in rows)
    return source, [(row.source, row.target) for row in rows]


def certainty(source: PairSource, field: str) -> float | None:
    return next((guess.certainty for guess in source.guesses if guess.field == field), None)


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encodings_of_simplified_text(tmp_path: Path, codec: str, encoding: str) -> None:
    source, pairs = opened(write(tmp_path, "pairs.tsv", tsv(PAIRS).encode(codec)))
    assert pairs == PAIRS
    assert (source.encodings, source.format, source.delimiter) == ((encoding,), "text", "\t")


@pytest.mark.parametrize(("codec", "encoding"), [("big5", "big5"), ("gbk", "gb18030")])
def test_encodings_of_traditional_text(tmp_path: Path, codec: str, encoding: str) -> None:
    source, pairs = opened(write(tmp_path, "pairs.tsv", tsv(TRADITIONAL).encode(codec)))
    assert pairs == TRADITIONAL
    assert source.encodings == (encoding,)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_characters_that_hold_the_byte_of_a_line_end(tmp_path: Path, codec: str) -> None:
    pairs = [("上个月上班。", "Work last month."), ("ഊ上。", "On it, of course."), *PAIRS]
    assert opened(write(tmp_path, "pairs.tsv", tsv(pairs).encode(codec)))[1] == pairs


def test_text_longer_than_the_sample_is_decoded_across_chunks(tmp_path: Path) -> None:
    pairs = [(f"这是第{n}句话，说的是茶和水。", f"Sentence {n} on tea.") for n in range(9000)]
    for codec in ("utf-16-be", "gb18030"):
        assert opened(write(tmp_path, "pairs.tsv", tsv(pairs).encode(codec)))[1] == pairs


@pytest.mark.parametrize(("name", "codec"), [("GBK", "gbk"), ("utf16", "utf-16"), ("Big5", "big5")])
def test_a_chosen_encoding_is_no_guess(tmp_path: Path, name: str, codec: str) -> None:
    pairs = TRADITIONAL if codec == "big5" else PAIRS
    path = write(tmp_path, "pairs.tsv", tsv(pairs).encode(codec))
    source, found = opened(path, Choices(encoding=name))
    assert found == pairs
    assert certainty(source, "encodings") is None


def test_a_mark_tells_which_half_comes_first(tmp_path: Path) -> None:
    path = write(tmp_path, "pairs.tsv", b"\xfe\xff" + tsv(PAIRS).encode("utf-16-be"))
    source, pairs = opened(path, Choices(encoding="utf-16"))
    assert (source.encodings, pairs) == (("utf-16-be",), PAIRS)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_long_lines_of_chinese_alone(tmp_path: Path, codec: str) -> None:
    """No ASCII gives away the wide ones."""
    side = TRADITIONAL if codec == "big5" else PAIRS
    text = "".join(zh for zh, _ in side) * 9
    zh = write(tmp_path, "t.zh", f"{text}\n{text}".encode(codec))
    en = write(tmp_path, "t.en", "Words.\nMore words.\n")
    assert recognise((zh, en)).encodings == (codec, "utf-8")


def test_english_with_the_marks_of_a_chinese_encoding(tmp_path: Path) -> None:
    zh = write(tmp_path, "t.zh", "\n".join(zh for zh, _ in PAIRS))
    en = write(tmp_path, "t.en", "\n".join(f"“{en}” — …" for _, en in PAIRS).encode("gbk"))
    assert [en for _, en in opened((zh, en))[1]] == [f"“{en}” — …" for _, en in PAIRS]


def test_western_text_is_not_taken_for_chinese(tmp_path: Path) -> None:
    text = tsv([("naïve", "Zürich über"), ("Größe", "déjà vu")]).encode("latin-1")
    with pytest.raises(InputError, match="not UTF-8") as caught:
        recognise(write(tmp_path, "p.tsv", text))
    assert caught.value.where == "p.tsv, line 1, byte 3"


def test_unknown_encoding(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="unknown encoding 'klingon'") as caught:
        recognise(write(tmp_path, "pairs.tsv", tsv(PAIRS)), Choices(encoding="klingon"))
    assert "gb18030" in caught.value.remedy


# --- text ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_tables_with_quotation_marks(tmp_path: Path, delimiter: str) -> None:
    rows = [("No", "English", "中文")]
    rows += [(str(n), en.replace(" ", "\n", 1), zh) for n, (zh, en) in enumerate(PAIRS)]
    path = write(tmp_path, "table.csv", csv_text(rows, delimiter))
    source, pairs = opened(path, Choices(source_language="zh", target_language="en"))
    assert pairs == PAIRS
    assert (source.format, source.delimiter, source.columns) == ("csv", delimiter, (3, 2))
    assert source.header
    assert source.names == {1: "No", 2: "English", 3: "中文"}


def test_rows_are_numbered_by_the_line_they_begin_in(tmp_path: Path) -> None:
    path = write(tmp_path, "t.csv", '你好,Hello\n"茶\n水","tea\nand\nwater"\n再见,Good bye\n')
    rows = list(read(recognise(path)))
    assert [(row.number, row.source, row.target) for row in rows] == [
        (1, "你好", "Hello"),
        (2, "茶 水", "tea and water"),
        (6, "再见", "Good bye"),
    ]


def test_marks_in_plain_text_stay(tmp_path: Path) -> None:
    pairs = [("“你好。”", '"Hello."'), ("他说“好”。", '"Fine," he said.'), ("a\rb 茶", "tea\x0c x")]
    source, found = opened(write(tmp_path, "pairs.txt", tsv(pairs)))
    assert found == pairs
    assert source.format == "text"


def test_the_spreadsheets_tabs_with_doubled_marks(tmp_path: Path) -> None:
    text = '你好\tHello\n他说“好”。\t"He said ""fine""."\n再见\tGood bye\n'
    source, found = opened(write(tmp_path, "pairs.txt", text))
    assert found[1] == ("他说“好”。", 'He said "fine".')
    assert source.format == "csv"


def test_the_first_two_columns_are_taken_if_they_fit(tmp_path: Path) -> None:
    rows = [(zh, en, "A note in English words.") for zh, en in PAIRS]
    text = "".join("\t".join(row) + "\n" for row in rows)
    assert opened(write(tmp_path, "pairs.tsv", text))[0].columns == (1, 2)


@pytest.mark.parametrize(
    ("head", "is_header"),
    [
        (("source", "target"), True),
        (("中文", "英文"), True),
        (("zh_CN", "en-US"), True),
        (("你们好", "Hello there"), False),
        (("Chapter", "One"), False),
    ],
)
def test_a_header_of_plain_text_has_known_names(
    tmp_path: Path, head: tuple[str, str], is_header: bool
) -> None:
    path = write(tmp_path, "pairs.tsv", tsv([head, *PAIRS]))
    assert recognise(path).header is is_header
    assert len(list(read(recognise(path)))) == len(PAIRS) + (not is_header)


def test_a_header_of_a_table_stands_out_by_its_script(tmp_path: Path) -> None:
    rows = [("Phrase", "Rendering"), *PAIRS]
    path = write(tmp_path, "t.csv", csv_text(rows))
    assert recognise(path).header
    assert not recognise(path, Choices(header=False)).header
    assert not recognise(write(tmp_path, "u.csv", csv_text(PAIRS))).header


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_packed_tables(tmp_path: Path, pack: object) -> None:
    suffix, packed = (".gz", gzip.compress) if pack is gzip.compress else (".xz", lzma.compress)
    for name, text in (
        ("a.csv", csv_text(PAIRS)),
        ("b.jsonl", json_lines(PAIRS)),
        ("c", tmx(PAIRS)),
    ):
        path = write(tmp_path, name + suffix, packed(text.encode()))
        assert opened(path)[1] == PAIRS


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from('好茶水火"，,;|\t\n'), min_size=1, max_size=8),
            st.text(st.sampled_from('ab "\n,;|\t.'), min_size=1, max_size=12),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text(csv_text([("zh", "en"), *pairs]), encoding="utf-8", newline="")
    source = recognise(path, Choices(format="csv", delimiter=",", columns=(1, 2), header=True))
    found = [(row.source, row.target) for row in read(source)]
    assert ["".join("".join(pair).split()) for pair in found] == [
        "".join("".join(pair).split()) for pair in pairs
    ]
    assert not any(mark in "".join(pair) for pair in found for mark in "\t\n")


def test_a_table_of_very_many_columns(tmp_path: Path) -> None:
    rows = [(*pair, *map(str, range(3000))) for pair in PAIRS]
    assert opened(write(tmp_path, "t.csv", csv_text(rows)))[1] == PAIRS


# --- two files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("swapped", [False, True])
def test_two_files_in_two_encodings(tmp_path: Path, swapped: bool) -> None:
    zh = write(tmp_path, "text.zh", "\n".join(zh for zh, _ in PAIRS).encode("gbk"))
    en = write(tmp_path, "text.en", "\n".join(en for _, en in PAIRS).encode("utf-16"))
    choices = Choices(source_language="zh", target_language="en")
    source, pairs = opened((en, zh) if swapped else (zh, en), choices)
    assert pairs == PAIRS
    assert source.format == "aligned"
    assert source.columns == ((2, 1) if swapped else (1, 2))


def test_a_tab_inside_a_cell_becomes_a_blank(tmp_path: Path) -> None:
    wanted = [(zh.replace("，", "， "), en.replace(", ", " ")) for zh, en in PAIRS[:1]]
    sides = [[side.replace(" ", "\t") for side in pair] for pair in wanted]
    bars = write(tmp_path, "p.txt", "".join(f"{zh}|{en}\n" for zh, en in sides))
    assert opened(bars, Choices(format="text", delimiter="|"))[1] == wanted
    files = [write(tmp_path, f"p.{n}", f"{side}\n") for n, side in enumerate(sides[0])]
    assert opened(files)[1] == wanted


def test_one_file_is_not_two(tmp_path: Path) -> None:
    path = write(tmp_path, "pairs.tsv", tsv(PAIRS))
    for paths, choices in (
        ((path,), Choices(format="aligned")),
        ((path, path), Choices(format="csv")),
        ((path, path, path), Choices()),
        ((), Choices()),
    ):
        with pytest.raises(OptionError, match="one file"):
            recognise(paths, choices)


# --- JSON lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "columns"),
    [
        (lambda zh, en: {"id": 7, "zh": zh, "en": en}, ("zh", "en")),
        (
            lambda zh, en: {"translation": {"en": en, "zh": zh}},
            ("translation.zh", "translation.en"),
        ),
        (lambda zh, en: {"a": "some words", "en": en, "zh": zh}, ("zh", "en")),
        (lambda zh, en: [en, zh], (2, 1)),
    ],
)
def test_json_lines(tmp_path: Path, made: object, columns: tuple[object, object]) -> None:
    assert callable(made)
    text = "".join(json.dumps(made(zh, en)) + "\n" for zh, en in PAIRS)
    choices = Choices(source_language="zh", target_language="en")
    source, pairs = opened(write(tmp_path, "pairs.txt", text), choices)
    assert pairs == PAIRS
    assert (source.format, source.columns) == ("jsonl", columns)


def test_json_lines_have_no_header(tmp_path: Path) -> None:
    path = write(tmp_path, "p.jsonl", json_lines(PAIRS))
    assert opened(path, Choices(header=True))[1] == PAIRS


def test_lines_that_are_no_json_tell_so(tmp_path: Path) -> None:
    text = json_lines(PAIRS[:2]) + '{"zh": "茶", "en"\n\n{"zh": "水"}\n3\n' + json_lines(PAIRS[2:])
    rows = list(read(recognise(write(tmp_path, "p.jsonl", text))))
    assert [(row.number, row.fault) for row in rows if row.fault] == [
        (3, "unreadable"),
        (4, "empty"),
        (5, "columns"),
        (6, "unreadable"),
    ]
    assert [(row.source, row.target) for row in rows if not row.fault] == PAIRS


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    text = json_lines(PAIRS) + '{"zh": "茶\\ud800", "en": "tea"}\n'
    assert list(read(recognise(write(tmp_path, "p.jsonl", text))))[-1].source == "茶\ufffd"


# --- translation memories ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "languages",
    [("zh-CN", "en-US"), ("zh_Hans", "EN"), ("ZH", "eng"), ("zho", "en_GB"), ("zh-TW", "en")],
)
def test_variants_of_languages(tmp_path: Path, languages: tuple[str, str]) -> None:
    source, pairs = opened(write(tmp_path, "m.tmx", tmx(PAIRS, languages=languages)))
    assert pairs == PAIRS
    assert (source.format, source.source_language) == ("tmx", "zh")
    assert source.names == {languages[0]: "zh", languages[1]: "en"}


def test_the_direction_is_that_of_the_choice(tmp_path: Path) -> None:
    path = write(tmp_path, "m.tmx", tmx(REVERSED, languages=("en", "zh")))
    assert opened(path)[1] == REVERSED
    assert opened(path, Choices(source_language="zh", target_language="en"))[1] == PAIRS


MEMORY = """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="de"><seg>Tee</seg></tuv><tuv xml:lang="zh-TW"><seg>綠茶</seg></tuv>
<tuv xml:lang="en"><prop type="x">no</prop><seg>Green
 tea</seg></tuv><tuv xml:lang="zh-CN"><seg>绿茶</seg></tuv></tu>
<tu><tuv lang="zh"><seg>点<bpt i="1">&lt;b&gt;</bpt>这里<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv lang="en-GB"><seg>Click <hi>here</hi><ph>&lt;br/&gt;</ph> <ph>{0}</ph></seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu>
</body></tmx>"""


def test_several_languages_inline_codes_and_units_without_a_side(tmp_path: Path) -> None:
    path = write(tmp_path, "m.tmx", MEMORY)
    rows = list(read(recognise(path, Choices(source_language="zh", target_language="en"))))
    assert [(row.number, row.source, row.target, row.fault) for row in rows] == [
        (1, "绿茶", "Green tea", ""),
        (2, "点这里", "Click here {0}", ""),
        (3, "", "", "columns"),
    ]
    exact = recognise(path, Choices(columns=("ZH_tw", "en")))
    assert next(read(exact)).source == "綠茶"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_memories(tmp_path: Path, codec: str) -> None:
    declared = tmx(PAIRS).replace('encoding="UTF-8"', f'encoding="{codec.removesuffix("-sig")}"')
    assert opened(write(tmp_path, "m.tmx", declared.encode(codec)))[1] == PAIRS


def test_the_name_of_a_document_type_is_harmless(tmp_path: Path) -> None:
    head = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    assert opened(write(tmp_path, "m.tmx", tmx(PAIRS, head=head)))[1] == PAIRS


# --- workbooks -----------------------------------------------------------------------------------


def test_the_sheet_and_the_columns_of_a_workbook(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("No", "Original", None, "译文"), ()]
    rows += [(n, en, None, zh) for n, (zh, en) in enumerate(PAIRS)]
    path = write_xlsx(tmp_path, "b.xlsx", {"Notes": [("nothing here",)], "Pairs": rows})
    source, pairs = opened(path, Choices(source_language="zh", target_language="en"))
    assert pairs == PAIRS
    assert (source.format, source.sheet, source.columns) == ("xlsx", "Pairs", (4, 2))
    assert [row.number for row in read(source)] == [3, 4, 5, 6, 7]


def test_cells_of_every_kind_are_text(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, "b.xlsx", {"S": [*PAIRS, ("三", 3), ("半", 0.5), ("是", True)]})
    pairs = opened(path)[1]
    assert pairs[len(PAIRS) :] == [("三", "3"), ("半", "0.5"), ("是", "TRUE")]


def test_strings_in_a_table_of_their_own(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, "b.xlsx", {"S": [*PAIRS, ("茶\n水", "tea\nwater")]})
    share_strings(path)
    assert opened(path)[1] == [*PAIRS, ("茶 水", "tea water")]


def test_letters_and_names_choose_columns(tmp_path: Path) -> None:
    rows = [("Old", "New", "Text"), *((en, en.upper(), zh) for zh, en in PAIRS)]
    path = write_xlsx(tmp_path, "b.xlsx", {"S": rows})
    for columns in ((3, 2), ("C", "B"), ("text", "NEW"), ("c", 2)):
        source = recognise(path, Choices(columns=columns))
        assert source.columns == (3, 2)
        assert (source.source_language, certainty(source, "columns")) == ("zh", None)
    with pytest.raises(OptionError, match="no column 9") as caught:
        recognise(path, Choices(columns=(9, 1)))
    assert "text" in caught.value.remedy


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path, "b.xlsx", {"One": PAIRS, "Two": TRADITIONAL})
    assert opened(path, Choices(sheet="Two"))[1] == TRADITIONAL
    with pytest.raises(OptionError, match="no sheet 'Three'"):
        recognise(path, Choices(sheet="Three"))


# --- choices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "what"),
    [
        ({"format": "docx"}, "unknown format 'docx'"),
        ({"delimiter": "::"}, "cannot part columns"),
        ({"columns": (2, 2)}, "both sides"),
        ({"source_language": "zh"}, "a side in one language"),
        ({"source_language": "zh", "target_language": "English"}, "a side in one language"),
    ],
)
def test_choices_that_make_no_sense(choices: dict[str, object], what: str) -> None:
    with pytest.raises(OptionError, match=what) as caught:
        Choices(**choices)  # type: ignore[arg-type]
    assert caught.value.remedy


def test_names_with_blanks_and_chinese(tmp_path: Path) -> None:
    folder = tmp_path / "我的 文件"
    folder.mkdir()
    assert opened(write(folder, "句 对.tsv", tsv(PAIRS)))[1] == PAIRS
    assert opened(write_xlsx(folder, "句 对.xlsx", {"表 一": PAIRS}))[1] == PAIRS
