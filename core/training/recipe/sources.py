"""The sources of the default models: how much of each, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A file of pairs.

    Attributes:
        name: of the file, without ending.
        repeats: how often a round uses it; half the pairs are short subtitles, while news and
            encyclopaedic text are thin, so the thin ones count more.
        licence: as stated by whoever published it.
        folder: below the data folder.
        keep: share of the lines prepared at all.
    """

    name: str
    repeats: float
    licence: str
    folder: str = "train"
    keep: float = 1.0


SOURCES = (
    Source("jiyushe-examples", 0.7, "Apache-2.0 on the collection"),
    Source("kidslib-bilingual-stories", 0.6, "none stated"),
    Source("news-commentary-10k", 3.0, "research use"),
    Source("mlqe-pe", 3.0, "CC0"),
    Source("newsarchive-nyt-mt", 2.0, "none stated", folder="train-synthetic"),
    Source("kajweb-youdao-examples", 1.5, "none stated"),
    Source("tatoeba", 1.5, "CC-BY 2.0"),
    Source("msctd", 0.4, "none stated (research)"),
    Source("tvsub", 0.2, "research use", keep=0.4),
    Source("3am", 1.0, "none stated"),
    Source("python-docs-zh-cn", 0.3, "CC0 / PSF"),
    Source("flygon-itbooks-mt", 0.2, "none stated", folder="train-synthetic", keep=0.15),
    Source("bmeld", 0.7, "none stated"),
    Source("crashcourse-cs-subs", 1.0, "none stated"),
    Source("coursera-ml-subs", 0.7, "none stated"),
    Source("flickr8kcn-human", 1.0, "none stated"),
    Source("aichallenger2017-brightmart-sample", 1.5, "none stated"),
    Source("xquad-questions", 2.0, "CC-BY-SA-4.0"),
)
