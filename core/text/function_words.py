"""Words that serve the grammar: a translation may leave them out, and no name is among them."""

from __future__ import annotations

from core.text.languages import CHINESE, ENGLISH

_ENGLISH = (
    "a an the this that these those some any all both each every another other one two many most "
    "it he she we they you his her its our their my your there here "
    "and but or so then also if when while because as although though since until unless before "
    "after where which who whose what how why not no "
    "at in on by for from to with without of about into over under during through "
    "is are was were be have has had do does did can could will would should must may"
)
_CHINESE = (
    "的 地 得 了 着 过 吗 呢 吧 啊 呀 嘛 么 之 而 与 和 及 或 并 且 也 都 就 还 又 再 很 太 更 最 "
    "在 于 以 把 被 给 对 从 向 由 为 是 有 这 那 个 种 些 位 只 名 次 所 其 此 该 等 将 会 能 要 "
    "可以 可 到 上 下 里 中 内 来 去 它 他 她 我 你 您 我们 你们 他们 她们 它们 自己 这个 那个 "
    "这些 那些 这种 一个 一种 一些 因为 所以 如果 但是 但 而且 并且 或者 以及 对于 关于 由于 "
    "什么 怎么 没有 已经 正在 进行 通过 时 时候 后 前 让 使 令 则 却 才 便 即 即使 虽然 不过"
)

FUNCTION_WORDS = {ENGLISH: frozenset(_ENGLISH.split()), CHINESE: frozenset(_CHINESE.split())}
