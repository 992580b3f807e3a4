"""The options of the search, registered; imports nothing heavy."""

from __future__ import annotations

from core.parts import Choice, Part

_GROUP = "Search"
GREEDY, BEAM, SAMPLE = "greedy", "beam", "sample"
_OF_BEAM = (("search", (BEAM,)),)
_OF_SAMPLE = (("search", (SAMPLE,)),)

DECODING_PARTS: tuple[Part, ...] = (
    Part(
        "search",
        _GROUP,
        "Search",
        BEAM,
        "How a trained system chooses its output.",
        (
            Choice(
                GREEDY,
                "Greedy",
                "At every step the most probable entry, never taken back.",
                r"\hat{y}_t = \mathrm{argmax}_{y} \; p(y \mid \hat{y}_{<t}, x)",
            ),
            Choice(
                BEAM,
                "Beam",
                "Some hypotheses go on side by side; the best whole one wins.",
                r"\hat{y} \approx \mathrm{argmax}_{y} \; \frac{\log p(y \mid x)}{lp(y)}",
                "Wu et al. 2016",
            ),
            Choice(
                SAMPLE,
                "Sampling",
                "Every step draws from the model's own distribution, repeatably by a seed.",
                r"\hat{y}_t \sim p(y \mid \hat{y}_{<t}, x)",
                "Holtzman et al. 2020",
            ),
        ),
    ),
    Part(
        "beam",
        _GROUP,
        "Hypotheses",
        4,
        "How many unfinished outputs are kept at every step.",
        least=1,
        most=64,
        needs=_OF_BEAM,
    ),
    Part(
        "length_penalty",
        _GROUP,
        "Length penalty",
        1.0,
        "More favours longer outputs; 0 compares plain probabilities, which favours short ones.",
        least=0.0,
        most=10.0,
        formula=r"lp(y) = \left(\frac{5 + |y|}{6}\right)^{\alpha}",
        paper="Wu et al. 2016",
        needs=_OF_BEAM,
    ),
    Part(
        "coverage_penalty",
        _GROUP,
        "Coverage penalty",
        0.0,
        "More favours outputs that look at everything in the source.",
        least=0.0,
        most=10.0,
        formula=r"cp(x, y) = \beta \sum_{i} \log \min\left(\sum_{t} a_{t i},\; 1\right)",
        paper="Wu et al. 2016",
        needs=_OF_BEAM,
    ),
    Part(
        "temperature",
        _GROUP,
        "Temperature",
        0.7,
        "Below 1 what is probable becomes more so, above 1 chance has more to say.",
        least=0.01,
        most=100.0,
        formula=r"p_{\tau}(y) \propto p(y)^{1 / \tau}",
        needs=_OF_SAMPLE,
    ),
    Part(
        "top_k",
        _GROUP,
        "Top k",
        0,
        "Draws from the k most probable entries alone; 0 for all.",
        least=0,
        most=65_536,
        formula=r"V^{(k)} = \mathrm{argmax}_{|V'| = k} \sum_{y \in V'} p(y)",
        paper="Fan et al. 2018",
        needs=_OF_SAMPLE,
    ),
    Part(
        "top_p",
        _GROUP,
        "Nucleus",
        0.9,
        "Draws from the fewest most probable entries that together reach this probability.",
        least=0.001,
        most=1.0,
        formula=r"V^{(p)} = \mathrm{argmin}_{V'} |V'| \;:\; \sum_{y \in V'} p(y) \geq p",
        paper="Holtzman et al. 2020",
        needs=_OF_SAMPLE,
    ),
    Part(
        "longest_output",
        _GROUP,
        "Longest output",
        0,
        "An output ends after so many entries; 0 leaves it to the length of the source.",
        least=0,
        most=10_000,
    ),
)
