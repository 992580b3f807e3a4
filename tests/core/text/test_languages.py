"""Codes of languages, and pairs of them."""

from __future__ import annotations

import pytest

from core.errors import OptionError
from core.text.languages import (
    are_two_languages,
    is_chinese_english,
    is_language,
    is_spaced,
    language_pair,
)


@pytest.mark.parametrize("code", ["de", "zh", "digits", "pt_br", "iso639"])
def test_codes(code: str) -> None:
    assert is_language(code)
    assert language_pair(f"{code}-en") == (code, "en")


@pytest.mark.parametrize("code", ["", "d", "DE", "zh-cn", "a b", "../x", "x" * 17, 3, None])
def test_no_codes(code: object) -> None:
    assert not is_language(code)


@pytest.mark.parametrize("pair", ["", "zh", "zh-", "-en", "zh-en-de", "zh_en"])
def test_no_pairs(pair: str) -> None:
    with pytest.raises(OptionError) as caught:
        language_pair(pair)
    assert caught.value.remedy


def test_kinds_of_pairs() -> None:
    assert is_chinese_english("zh", "en")
    assert is_chinese_english("en", "zh")
    assert not is_chinese_english("en", "en")
    assert not is_chinese_english("de", "en")
    assert are_two_languages("de", "en")
    assert not are_two_languages("en", "en")
    assert not are_two_languages("text", "digits")
    assert [is_spaced(code) for code in ("en", "de", "digits", "zh", "ja")] == [
        True, True, True, False, False,
    ]  # fmt: skip
