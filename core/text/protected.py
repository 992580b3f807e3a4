"""Spans that are nobody's language and pass through a translation untouched.

Addresses, e-mails, code in backticks, file names and paths, placeholders of message catalogues,
tags, identifiers, dates as machines write them, powers, handles and hashtags. The patterns look
only at what stands next to a span, so that a sentence cut out of a text shows the same spans as
the text, and each takes time linear in the text: what may be long begins only where a run of its
characters begins.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from core.text.languages import HAN

# What stands for a span in normalised text: code points that no text may hold.
ATOM = "\ufdd0"  # something that a sentence speaks of
TAG_MARK = "\ufdd1"  # a tag: it marks words up but is no word

TAG = "tag"
PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Protected:
    """A protected span: its offsets, and its kind (``url``, ``tag`` and so on)."""

    start: int
    end: int
    kind: str


_URL_CHARACTER = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{}|]"
_HOST = r"[A-Za-z0-9\-._~:@%]"
_STEP = r"[A-Za-z0-9\-._~:?#@!$&'*+,;%]"  # of a path or a query
_TOP_LEVEL = (
    "com|org|net|edu|gov|mil|info|biz|io|ai|app|dev|tv|cc|cn|hk|tw|jp|kr|sg|uk|de|fr|eu|ru|ca|au"
)
_EXTENSION = (
    "txt|pdf|docx?|xlsx?|pptx?|odt|rtf|csv|tsv|json|ya?ml|toml|xml|html?|md|tex|epub|srt|log|ini|cfg"
    "|jpe?g|png|gif|bmp|svg|webp|mp[34]|wav|flac|avi|mkv|mov|zip|rar|7z|tar|gz|xz|iso|apk|exe|dmg"
    "|deb|rpm|dll|py|ipynb|js|ts|jsx|tsx|css|java|cpp|hpp|cs|rs|rb|php|sh|bat|sql|db"
)
_NAME = r"[A-Za-z0-9_.+~@-]"  # a character of a file name
_ANY_NAME = rf"[A-Za-z0-9_.+~@\-{HAN}]"
_VALUE = r"""(?:"[^"<>\n]{0,300}"|'[^'<>\n]{0,300}'|[^\s"'<>=`]{1,99})"""
_ATTRIBUTE = rf"[ \t]+[\w:.@-]{{1,40}}[ \t]*=[ \t]*{_VALUE}"
_NO_HANDLE = r"(?<![A-Za-z0-9_.@/])"
_NO_HASH = r"(?<![A-Za-z0-9_&/#])"
_SUPER = "⁰¹²³⁴-⁹⁺⁻"
_FRACTIONS = "¼½¾⅐-⅞"
_NO_CODE = r"(?<![A-Za-z0-9_-])"
_NO_PATH = r"(?<![A-Za-z0-9_./~-])"

# At the same place the first that fits counts.
_KINDS = {
    "code": (
        r"```(?!`)[^\n]{1,400}?```",
        r"``(?!`)(?:[^`\n]|`(?!`)){1,400}``(?!`)",
        r"`(?!`)[^`\n]{1,400}`",
    ),
    TAG: (
        rf"</?[A-Za-z][A-Za-z0-9:._-]{{0,40}}(?:{_ATTRIBUTE}){{0,20}}[ \t]{{0,3}}/?>",
        r"</?[0-9]{1,3}/?>",
        r"<!--[^<>\n]{0,300}-->",
        # Markdown: **bold**, *italic*, ~~struck~~, [a link](address).
        r"(?<![A-Za-z0-9*\\])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![A-Za-z0-9*])",
        r"~~(?=[^\s~])|(?<=[^\s~])~~(?!~)",
        r"!?\[(?=[^\[\]\n]{1,200}\]\([^()\s]{1,400}\))|(?<=[^\[\]\s])\]\([^()\s]{1,400}\)",
    ),
    "url": (
        # Chinese characters only in a later step of a path: before it they may be a sentence.
        rf"(?<![A-Za-z0-9])(?i:https?)://{_HOST}+/(?:{_STEP}+[/=])+[{HAN}]{{1,30}}(?:[/=_]?{_STEP}+)*",
        rf"(?<![A-Za-z0-9])(?i:(?:https?|ftps?|file|wss?|ssh|git)://|mailto:){_URL_CHARACTER}+",
        r"(?<![A-Za-z0-9_@./-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}"
        rf"(?:(?<=(?i:www)\.)[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}})+|{_TOP_LEVEL}|(?i:com|org|net))"
        rf"(?![A-Za-z0-9@_-]|\.[A-Za-z0-9])(?:[:/?#](?![\s.]){_URL_CHARACTER}+|/)?",
    ),
    "email": (r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",),
    "placeholder": (
        r"\{\{\{?[^{}\n]{1,80}\}\}\}?",  # {{name}}
        r"[$#%]\{[^{}\n]{1,80}\}",  # ${name}
        r"\{%[^{}\n]{1,80}%\}",
        r"\{[\w.\[\]-]{0,30}(?:[!:,][ ]?[^{}\s，。]{1,30}){0,3}\}",  # {0:.2f}
        r"(?<![0-9])%(?:\([\w.-]{1,40}\)|[0-9]{1,2}\$)?[-+#0]?[0-9]{0,3}(?:\.[0-9]{1,2})?"
        r"(?:hh?|ll?|[Lzjtq])?[diouxXeEfFgGcrsa@](?![A-Za-z])",  # %(name)5d
        r"%%",
        r"%[A-Z_]{2,30}%",
        r"&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});",
    ),
    "path": (
        rf"(?<![A-Za-z0-9_])[A-Za-z]:\\(?:{_ANY_NAME}+(?:[ ]{_NAME}+){{0,3}}\\)*{_NAME}*",
        rf"\\\\{_NAME}+(?:\\{_ANY_NAME}+(?=\\))*\\{_NAME}+",
        rf"{_NO_PATH}(?:~|\.\.?)?/(?=[A-Za-z0-9_.]){_NAME}+(?:/{_ANY_NAME}+(?=/))*/{_NAME}*",
        rf"{_NO_PATH}(?:~|\.\.?)/{_NAME}+",
        rf"(?<![A-Za-z0-9_./~@+-])/?(?:{_NAME}+/)*{_NAME}*[A-Za-z0-9_~@+]"
        rf"\.(?:{_EXTENSION})(?![A-Za-z0-9_])",
    ),
    "identifier": (
        r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![A-Za-z0-9_])",  # MAX_RETRIES
        rf"{_NO_CODE}[0-9A-Fa-f]{{8}}(?:-[0-9A-Fa-f]{{4}}){{3}}-[0-9A-Fa-f]{{12}}(?![A-Za-z0-9_-])",
        rf"{_NO_CODE}(?:[0-9A-Fa-f]{{2}}:){{3,15}}[0-9A-Fa-f]{{2}}(?![A-Za-z0-9_:])",
        rf"{_NO_CODE}(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{{12,}}(?![A-Za-z0-9_])",
        rf"{_NO_CODE}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:T[0-9:.]{{5,15}}Z?)?(?![A-Za-z0-9_-])",
        rf"{_NO_CODE}(?:[0-9]{{1,7}}-){{3,5}}[0-9]{{1,7}}[Xx]?(?![A-Za-z0-9_-])",  # ISBN
        rf"{_NO_CODE}[A-Za-z0-9]{{1,12}}[{_SUPER}]+",  # 10⁶, m²
        rf"{_NO_CODE}[0-9]*[{_FRACTIONS}]",
    ),
    "handle": (
        rf"{_NO_HANDLE}@[A-Za-z0-9_](?:[A-Za-z0-9_.-]{{0,38}}[A-Za-z0-9_])?",
        rf"{_NO_HANDLE}@[\w·-]{{1,10}}(?=[\s:：@]|$)",
    ),
    "hashtag": (
        rf"{_NO_HASH}#[^#\s，。；：！？,;:!?]{{1,30}}#(?![0-9])",  # not #3和#4
        rf"{_NO_HASH}#[0-9]*[A-Za-z_][A-Za-z0-9_]{{0,40}}",
        rf"{_NO_HASH}#[{HAN}][\w]{{0,11}}(?=[\s#，。！？,.!?]|$)",
    ),
}
_PATTERN = re.compile(
    "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in _KINDS.items())
)
_WORD = r"[A-Za-z](?:['’-]?[A-Za-z]){0,60}"  # a longer one is none, and would be looked for again
_PHRASE = re.compile(rf"(?<![A-Za-z0-9]){_WORD}(?: {_WORD})+(?![A-Za-z0-9])")
# No span but a phrase is without one of these.
_TRIGGER = re.compile(
    rf"[`<@#%*~\[{{&\\/{_SUPER}{_FRACTIONS}]|\.(?=[A-Za-z0-9])|[A-Za-z0-9][-_:][A-Za-z0-9]|[A-Za-z0-9]{{12}}"
)
_TAG_NAME = re.compile(r"</?([^\s/>]+)")
_CLOSERS = {")": "(", "]": "[", "}": "{"}


def find_protected(text: str) -> tuple[Protected, ...]:
    """The protected spans of ``text``, in order; none overlap and none crosses a line end."""
    if not _TRIGGER.search(text):
        return ()
    found: list[Protected] = []
    for match in _PATTERN.finditer(text):
        kind, end = str(match.lastgroup), match.end()
        if kind in ("url", "path"):
            end = match.start() + len(_trimmed(match[0], kind))
        if end > match.start():
            found.append(Protected(match.start(), end, kind))
    return tuple(found)


def tag_name(tag: str) -> str:
    """By what a tag and the one that closes it are known: ``b`` of ``</b>``, ``**``, ``[``."""
    match = _TAG_NAME.match(tag)
    if match:
        return match[1]
    return "[" if tag.startswith(("[", "![", "](")) else tag


def closes(tag: str, opened: Collection[str]) -> bool:
    """Whether ``tag`` closes one; ``opened`` are the names of those that are open.

    A mark of Markdown, which looks the same at both ends, closes what it opened.
    """
    if tag.startswith(("</", "](")):
        return True
    return not tag.strip("*~") and tag in opened


def with_phrases(text: str, protected: tuple[Protected, ...]) -> tuple[Protected, ...]:
    """``protected`` of a Chinese ``text``, and its runs of foreign words between them.

    A single foreign word is left to the model, which may know it; several in a row are a title, a
    name or a quotation, which a model that reads Chinese garbles.
    """
    taken = [(span.start, span.end) for span in protected]
    found = [
        Protected(match.start(), match.end(), PHRASE)
        for match in _PHRASE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return tuple(sorted((*protected, *found), key=lambda span: span.start)) if found else protected


def _trimmed(address: str, kind: str) -> str:
    """``address`` without the marks behind it that belong to the sentence."""
    end = len(address)
    open_behind = {c: address.count(c) - address.count(o) for c, o in _CLOSERS.items()}
    while end:
        last = address[end - 1]
        if open_behind.get(last, 0) > 0:
            open_behind[last] -= 1
        elif last not in (".,;:!?'\"*_~&" if kind == "url" else "."):
            break
        end -= 1
    return address[:end]
