"""Results as one HTML page: no script, no other file, nothing from a network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from benchmarks.quality.buckets import unit
from benchmarks.quality.charts import Chart, bar_chart
from benchmarks.quality.earlier import EarlierReport, beside
from benchmarks.quality.fonts import font_faces
from benchmarks.quality.notices import notices
from benchmarks.quality.results import ModelResult, Report
from benchmarks.quality.scoring import LEAST_TESTED, Estimate, Group
from core.evaluation.comparison import RESAMPLES
from core.significance import SIGNIFICANT

_TEMPLATES = Path(__file__).with_name("templates")
_FONTS = "/*fonts*/"
_LANGUAGES = {"zh": "Chinese", "en": "English"}
_WIDE, _NARROW = 1040, 500


def as_html(report: Report, earlier: Sequence[EarlierReport] = ()) -> str:
    """The page that shows ``report``, and earlier reports beside it."""
    page = (
        _environment()
        .get_template("report.html.jinja")
        .render(
            report=report,
            fonts=Markup(_FONTS),
            beside=[
                (
                    told,
                    [(m, then, beside(then, m)) for m in report.models if (then := told.model(m))],
                )
                for told in earlier
            ],
        )
    )
    text = unescape(re.sub("<[^>]*>", " ", page))
    return page.replace(_FONTS, font_faces(text), 1)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        score=score,
        change=change,
        share=share,
        p=p_value,
        interval=interval,
        count=count,
        millions=millions,
        minute=minute,
    )
    environment.globals.update(
        chart_of_sets=chart_of_sets, chart_of_groups=chart_of_groups, notices=notices,
        unit=unit, languages=_LANGUAGES, resamples=RESAMPLES, significant=SIGNIFICANT,
        least_tested=LEAST_TESTED,
    )  # fmt: skip
    return environment


def chart_of_sets(model: ModelResult) -> Chart:
    """BLEU of every set."""
    groups = [result.group for result in model.sets]
    return bar_chart(groups, width=_WIDE, labels=210)


def chart_of_groups(groups: Sequence[Group]) -> Chart:
    """BLEU of groups with short names, at half the page's width."""
    return bar_chart(groups, width=_NARROW, labels=120)


def score(value: float | None) -> str:
    """A score with one decimal."""
    return "–" if value is None else f"{value:.1f}"


def change(value: float) -> str:
    """A difference with its sign, a minus as wide as a plus."""
    return f"{value:+.1f}".replace("-", "−").replace("−0.0", "±0.0").replace("+0.0", "±0.0")


def share(value: float | None) -> str:
    """A share as per cent."""
    return "–" if value is None else f"{100 * value:.1f} %"


def p_value(value: float) -> str:
    """A p-value; the test cannot tell smaller ones than one in its resamples."""
    least = 1 / RESAMPLES
    return f"p ≤ {least:g}" if value <= least else f"p = {value:.3f}"


def interval(estimate: Estimate) -> str:
    """The ends of the interval."""
    return f"{estimate.low:.1f}–{estimate.high:.1f}"


def count(value: Any) -> str:
    """A whole number or another figure of a receipt; a dash for what is not told."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def millions(value: int) -> str:
    """A number of weights in millions."""
    return f"{value / 1e6:.1f} M"


def minute(time: str) -> str:
    """An ISO time without its seconds."""
    return time[:16].replace("T", " ")
