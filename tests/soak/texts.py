"""What the soak's user types: sentences composed at random, and what people paste by mistake."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_PEOPLE = {
    "zh": ("我", "她", "我的邻居", "那位老师", "两个学生", "王医生", "我哥哥", "门口的人", "李明"),
    "en": ("I", "She", "My neighbour", "The teacher", "Two students", "Dr. Wang", "Our cousin"),
}
_TIMES = {
    "zh": ("今天下午", "昨天", "每个星期天", "下个月", "早上八点", "冬天", "吃完饭以后", ""),
    "en": ("this afternoon", "yesterday", "every Sunday", "next month", "at eight", "in winter"),
}
_DEEDS = {
    "zh": (
        "在图书馆看书", "去山上拍照", "给妈妈打电话", "把自行车修好了", "买了{n}斤苹果",
        "想学做面条", "没赶上{n}点的火车", "在河边等朋友", "写了{n}页日记", "忘了带雨伞",
        "觉得这部电影很有意思", "问我车站在哪里", "把窗户打开了", "花了{n}块钱",
    ),
    "en": (
        "read in the library", "took pictures on the hill", "called the bakery",
        "repaired the bicycle", "bought {n} pounds of apples", "wanted to cook noodles",
        "missed the train at {n} o'clock", "waited by the river", "wrote {n} pages",
        "forgot the umbrella", "liked the film very much", "asked where the station is",
        "opened the window", "spent {n} yuan",
    ),
}  # fmt: skip
_ENDS = {"zh": ("。", "！", "？", "……"), "en": (".", "!", "?", "...")}
_MISTAKES = (
    "", " ", "\n\n", "。", "？？？", "...", "😀", "👩‍👩‍👧‍👦🎉🇨🇳", "a", "好", "1234567890", "--help",
    "\t",     "𠮷野家的牛肉饭", "https://example.org/a?b=c&d=%20#e", "print('你好', end=\"\")",
    "<b>粗体</b> & <script>", "好" * 400, "la " * 200, "x" * 900, "\u200b\u200b", "שלום עולם",
    "e\u0301te\u0301", "第一行\u2028第二行", "我\u00a0们", "(((((((((", "龘靐齉龖", "\ufffd\ufffd",
    "{{name}} 您好，%s 元", "A1B2-C3D4-E5F6", "１２３，ＡＢＣ", "漢語學習者喜歡讀書。",
    "\U0001f468\u200d",
)  # fmt: skip


def phrase(random: Random, language: str) -> str:
    """A few words with a number, so that hardly one is there twice."""
    deed = random.choice(_DEEDS[language]).format(n=random.randrange(2, 1000))
    count = random.randrange(2, 10_000)
    return f"第{count}次{deed}" if language == "zh" else f"{deed} {count} times"


def sentence(random: Random, language: str) -> str:
    """A short sentence, seldom one that was there before."""
    person, time = random.choice(_PEOPLE[language]), random.choice(_TIMES[language])
    deed = random.choice(_DEEDS[language]).format(n=random.randrange(2, 1000))
    end = random.choice(_ENDS[language])
    if language == "zh":
        return (
            f"{person}{time}{deed}{end}" if random.random() < 0.7 else f"{time}{person}{deed}{end}"
        )
    return f"{person} {deed} {time}{end}"


def long_sentence(random: Random, language: str) -> str:
    """Several clauses without a full stop between them."""
    clauses = [
        sentence(random, language).rstrip("。！？….!?") for _ in range(random.randrange(3, 7))
    ]
    return ("，" if language == "zh" else ", and ").join(clauses) + _ENDS[language][0]


def document(random: Random, language: str, most: int = 30) -> str:
    """Paragraphs, as they are pasted from elsewhere."""
    gap = "" if language == "zh" else " "
    lines = []
    for _ in range(random.randrange(2, most)):
        kind = random.random()
        if kind < 0.1:
            lines.append("")
        elif kind < 0.2:
            lines.append(random.choice(_MISTAKES))
        else:
            count = random.randrange(1, 4)
            lines.append(gap.join(sentence(random, language) for _ in range(count)))
    return "\n".join(lines)


def mixed(random: Random, language: str) -> str:
    """A sentence with foreign words, emoji or something odd in it."""
    own, other = sentence(random, language), sentence(random, _other(language))
    odd = random.choice((*_MISTAKES, other, "😀", "iPhone 15 Pro", "《红楼梦》"))
    place = random.randrange(len(own) + 1)
    return own[:place] + odd + own[place:]


def any_text(random: Random, language: str) -> str:
    """Most often something short in ``language``, now and then anything else."""
    kinds: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.50, lambda: phrase(random, language)),
        (0.80, lambda: sentence(random, language)),
        (0.86, lambda: mixed(random, language)),
        (0.90, lambda: sentence(random, _other(language))),
        (0.94, lambda: long_sentence(random, language)),
        (0.98, lambda: random.choice(_MISTAKES)),
        (1.01, lambda: document(random, language, 6)),
    )
    drawn = random.random()
    return next(make for most, make in kinds if drawn < most)()


def pairs(random: Random, count: int) -> str:
    """Lines of a file of pairs, of which some teach nothing."""
    lines = [f"{sentence(random, 'zh')}\t{sentence(random, 'en')}" for _ in range(count)]
    bad = ("只有一边", "\t", "同样\t同样", "a\tb\tc\td", f"{'长' * 900}\tlong")
    return "\n".join([*lines, *random.sample(bad, 2)]) + "\n"


def _other(language: str) -> str:
    return "en" if language == "zh" else "zh"
