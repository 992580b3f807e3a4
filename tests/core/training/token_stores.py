"""Odd and plain pairs, and stores made of them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.cancel import CancelToken
from core.text.encoding import EncodedSegment, SegmentEncoder
from core.text.options import TextOptions
from core.text.tokenizer import make_tokenizer
from core.training.checks import Pair
from core.training.token_store.builder import build_token_store
from core.training.token_store.inputs import PairInput
from core.training.token_store.store import TokenStore

_SUBJECTS = [("我", "I"), ("你们", "You"), ("他", "He"), ("小猫", "The kitten")]
_VERBS = [("喜欢", "likes"), ("看见", "sees"), ("买", "buys")]
_OBJECTS = [("苹果", "apples"), ("面条", "noodles"), ("书", "books"), ("花", "flowers")]
ODD = [
    ("我们看见龘 鑫在这里。", "We see 龘 鑫 here."),
    ("龘\u200b鑫龘鑫好", "It is all fine\u00ad龘\u200b鑫"),
    ("謝謝你，👍🏽👨‍👩‍👧 很好！", "Thanks 👍🏽👨‍👩‍👧 very good!"),
    ("Ｐｙ３　很ﬀ快啊朋友", "Python3 is ﬀast, isn't it?"),
    ("茶\u2028和\x0b水", "tea\x0cand\rwater"),
    ("①②好 \u0301啊", "Number ① \u0301is very good"),
]


def good_pairs(count: int) -> list[tuple[str, str]]:
    """Distinct pairs, odd ones among them."""
    plain = itertools.product(range(count), _SUBJECTS, _VERBS, _OBJECTS)
    made = [
        (f"{s}今天{v}{n}个{o}。", f"{subject} {verb} {n} {thing} today.")
        for n, (s, subject), (v, verb), (o, thing) in itertools.islice(plain, count)
    ]
    return (ODD + made)[:count]


def tsv(folder: Path, rows: Iterable[tuple[str, ...]], name: str = "pairs.tsv") -> PairInput:
    path = folder / name
    path.write_bytes("".join("\t".join(row) + "\n" for row in rows).encode())
    return PairInput(pairs=path)


def sizes(entries: int) -> TextOptions:
    """Both vocabularies of so many entries."""
    return TextOptions(source_vocabulary_size=entries, target_vocabulary_size=entries)


def build(folder: Path, *inputs: PairInput, **options: Any) -> TokenStore:
    settings: dict[str, Any] = {
        "source_language": "zh", "target_language": "en", "text": sizes(140),
        "workers": 0, "cancel": CancelToken(), **options,
    }  # fmt: skip
    for _ in build_token_store(folder, inputs, **settings):
        pass
    return TokenStore.open(folder)


def contents(store: TokenStore) -> dict[str, bytes]:
    """The store's files; the names and sizes of its inputs aside."""
    files = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    manifest = json.loads(files["store.json"])
    del manifest["parts"], manifest["lines"]
    return {**files, "store.json": json.dumps(manifest).encode()}


Encoders = tuple[SegmentEncoder, SegmentEncoder]


def segment_encoders(store: TokenStore) -> Encoders:
    return (
        SegmentEncoder("zh", make_tokenizer("zh"), store.source_vocabulary),
        SegmentEncoder("en", make_tokenizer("en"), store.target_vocabulary),
    )


def encoded(store: TokenStore, pairs: Iterable[Pair]) -> list[tuple[EncodedSegment, ...]]:
    """What translation would see of the pairs."""
    encoders = segment_encoders(store)
    return [
        tuple(e.encode(text) for e, text in zip(encoders, (p.source, p.target), strict=True))
        for p in pairs
    ]


def stored(store: TokenStore) -> list[tuple[tuple[int, ...], ...]]:
    pairs = (store.corpus.pair(index) for index in range(len(store.corpus)))
    return [tuple(tuple(map(int, side)) for side in pair) for pair in pairs]
