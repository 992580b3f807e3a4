"""Whether a sentence says no, so that a translation that lost its "not" can be told.

Reading is careful on both sides. What *denies* does so beyond doubt: a negation that stands alone,
in no question, in no set phrase (``不过``, *not only*) and beside no other that takes it back
(``不得不``). What *may deny* is anything that a translation could say it with: *hardly*, *refuse*,
*unhappy*, ``难以``, ``缺``. Only where one side denies and the other cannot is something wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from core.text.languages import CHINESE, ENGLISH

Span = tuple[int, int]

_CLAUSE = re.compile(r"[^,;:.!?，；：。！？…、—\n]+[^\w\s]?")
_IDIOM = 4  # characters of a Chinese word


class _Signs(NamedTuple):
    """How a language denies: beyond doubt, and perhaps; what is a question, and a set phrase."""

    denies: re.Pattern[str]
    may: re.Pattern[str]
    asks: re.Pattern[str]
    fixed: re.Pattern[str]


# --- Chinese -------------------------------------------------------------------------------------

# Words with a sign of negation that deny nothing, or not what the sentence says.
_SET_CHINESE = re.compile(
    "(\\w{1,2})[不没]\\1|[是能会要可行好对]不[是能会要可行好对]|有没有|不得不|[到了过见]没(?!\\w)|没错|没事|没关系|没收|没落|没准|没想到|没完|没说的"
    "|[淹埋沉出泯吞]没|没有?[多几]|没什么|不过|不停|反不正当|不[仅但只光单止惟]|不断|不同|不[久少错]|不[管论]|不[禁由住]|不妨|不然|不如"
    "|不愧|不料|不惜|不等|不时|不[一安满幸便利足良当力平适法明祥朽锈凡宜]|不动产|不可思议|不可或缺|不好意思"
    "|不客气|不谢|[对了看]不起|[受得]不了|不了了之|不知不觉|不得已|不到|不[下亚]于|不外乎|不[失乏免]|不已|不言而喻"
    "|不约而同|不以为然|差不多|好不容易|要不|毫不|不列颠|不丹|[无莫]不|[巴恨怪舍少]不得|[少大免]不了|来不及|说不定|何不|不一会"
    "|不经意|不一定|不[在算够行]|不一而足|不[计胜亏枉]|不仁|不[孕育]|不解|不[屑顾懈苟挠]|才不|再不|若不|如不|除非"
)
_DENIES_CHINESE = re.compile(
    "没有|没法|没|并不|绝不|决不|从不|也不|不"
    "|(?<![\\w])别(?![人的处墅名针致离])|(?<=[你您们请万])别(?![人的处墅名针致离])"
    "|从未|尚未|并未|仍未|未能|未曾|还未|无法|并非|绝非"
)
_ASKS_CHINESE = re.compile("[？?吗嘛呢]|么(?!\\w)|难道|岂|怎|(?<!任)何|哪|谁|什么时候")
_MAY_CHINESE = re.compile(
    "[不没别未无非勿莫否甭毋免难缺拒禁失少忘止毫休罢错假虚绝反防阻弃离断避戒停怎何岂哪谁才除仅只几"
    "直差违废消灭白空亡丢负逆零〇拦谢讨厌滚闭]"
)

# --- English -------------------------------------------------------------------------------------

_SET_ENGLISH = re.compile(
    r"\b(?:not|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t) "
    r"(?:(?:just|only|simply|merely|least|long|until|unless|but|before|to mention|so much|quite"
    r"|necessarily|far|all|every\w*|always|half|too|that|much|even|really|very|first|last)\b)"
    r"|\b(?:why|if|or|whether|when|than|as) (?:not|no|\w+n['’]t)\b"
    r"|\b(?:no|little) (?:doubt|wonder|matter|sooner|less|more|other|one else|problem|way|need"
    r"|small|mean)\b"
    r"|\bno\.? ?[0-9]|\bnumber no\b|\bno[,.!?:;-]|\bnothing (?:but|less|more|like)\b"
    r"|\bcan(?:no|['’])t (?:wait|help|but|stop|resist|believe)\b|\bcannot (?:help|but|wait)\b"
    r"|\b(?:don['’]?t|never) (?:mind|you|we|they|i)\b|\bwithout (?:doubt|fail|question)\b"
    r"|\bnot at all\b|\bnever (?:stop|cease|fail|forget|before)\w*\b|\bif not\b|\bwhy don\b",
    re.IGNORECASE,
)
_DENIES_ENGLISH = re.compile(
    r"\b(?:not|never|nobody|nowhere|nothing|none|no one|cannot|neither|no(?= [a-z])|\w+n['’]t)\b"
    r"|\b(?:dont|doesnt|didnt|wont|cant|couldnt|wouldnt|shouldnt|isnt|arent|wasnt|werent)\b",
    re.IGNORECASE,
)
_ASKS_ENGLISH = re.compile(r"\?|^\W*(?:who|what|why|how|where|when)\b", re.IGNORECASE)
_MAY_ENGLISH = re.compile(
    r"n['’]t\b|\b(?:not?|never|none|nothing|nobody|nowhere|neither|nor|without|cannot|unable|(?:do|does"
    r"|did|wo|ca|could|would|should|is|are|was|were|has|have|had|ai)nt|hardly|barely|rarely|seldom|scarcely"
    r"|fail\w*|refus\w+|reject\w*|declin\w+|lack\w*|stop\w*|avoid\w*|prevent\w*|forb\w+|prohibit\w*"
    r"|ban|bans|banned|den(?:y|ied|ies|ying)|miss\w*|los[est]\w*|ignor\w+|forg[eo]t\w*|free|instead|rather"
    r"|except\w*|only|just|until|unless|before|yet|still|least|far|away|off|out|beyond|too|less|few|little"
    r"|non\w*|impossib\w+|impolite|impatient|immatur\w+|immoral|imperfect|improper|inaccura\w+|inactiv\w*"
    r"|inadequa\w+|inappropriate|incapable|incomplete|inconsisten\w+|inconvenien\w+|incorrect|indefinite\w*"
    r"|indirect\w*|ineffective|inefficient|inevitabl\w+|inexperienced|innocent|insecure|insignificant"
    r"|insufficien\w+|invalid|invisible|irregular|irrelevant|irresponsible|illegal\w*|illogical"
    r"|un(?!der|ite|it\b|its\b|ion|iv|iq|if|til)\w{3,}|dis(?!cuss|tan|tri|play|cover|h|ease|aster|turb)\w{3,}"
    r"|\w+less(?:ly)?|difficult\w*|hard|bad\w*|wrong\w*|poor\w*|sorry|ill|sick|ugly|different\w*|false\w*"
    r"|gone|lone\w*|alone|leave|left|wait|zero|empty|end|ends|ended|quit|over|shut|enough|who|why|how|any\w*)\b",
    re.IGNORECASE,
)

_CHINESE = _Signs(_DENIES_CHINESE, _MAY_CHINESE, _ASKS_CHINESE, _SET_CHINESE)
_ENGLISH = _Signs(_DENIES_ENGLISH, _MAY_ENGLISH, _ASKS_ENGLISH, _SET_ENGLISH)


def find_denials(text: str, language: str, words: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Where ``text`` denies something beyond doubt.

    Args:
        text: a sentence or some.
        language: of it.
        words: where its words stand; idioms among them (``目不转睛``) deny nothing.
    """
    if language not in (CHINESE, ENGLISH):
        return ()
    signs = _CHINESE if language == CHINESE else _ENGLISH
    if signs.asks.search(text):
        return ()
    plain = signs.fixed.sub(_blank, text)
    if language == CHINESE:
        for start, end in words:
            if end - start >= _IDIOM:
                plain = plain[:start] + " " * (end - start) + plain[end:]
    spans: list[Span] = []
    for clause in _CLAUSE.finditer(plain):
        found = [match.span() for match in signs.denies.finditer(plain, *clause.span())]
        if len(found) == 1:  # two of them may take each other back
            spans += found
    return tuple(spans)


def may_deny(text: str, language: str) -> bool:
    """Whether anything in ``text`` could be a denial."""
    if language not in (CHINESE, ENGLISH):
        return True  # nothing is known of it
    return bool((_CHINESE if language == CHINESE else _ENGLISH).may.search(text))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
