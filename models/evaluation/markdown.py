"""Numbers and tables as Markdown, and their place in the model card."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence

from evaluation.agreement import Estimate

BEGIN, END = "<!-- scores: written by models/evaluate.py -->", "<!-- end of scores -->"
WIDTH = 120


class Unusable(ValueError):
    """The scores cannot be written, and why."""


def placed(card: str, scores: str) -> str:
    """The card with these scores between its two comments, all else left as it is."""
    before, begin, rest = card.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise Unusable(f"The card needs a line {BEGIN} and below it a line {END}.")
    return f"{before}{begin}\n\n{scores.strip()}\n\n{end}{after}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def wrapped(text: str) -> str:
    """The paragraphs of a text in lines of 120 characters, tables, headings and lists left as they are."""
    blocks = text.split("\n\n")
    return "\n\n".join(b if b.startswith(("|", "#", "- ")) else textwrap.fill(b, WIDTH) for b in blocks)


def listed(items: Iterable[str]) -> str:
    """A Markdown list in lines of 120 characters."""
    return "\n".join(textwrap.fill(f"- {item}", WIDTH, subsequent_indent="  ") for item in items)


def number(value: float, places: int = 2) -> str:
    """Such as 0.71 or −0.03; a dash where there is nothing to say."""
    return "–" if math.isnan(value) else f"{value:.{places}f}".replace("-", "−")


def numbers(found: Estimate, places: int = 2) -> str:
    """Such as 0.71 (0.66 to 0.75)."""
    return f"{number(found.value, places)} ({number(found.low, places)} to {number(found.high, places)})"


def percent(share: float) -> str:
    """Such as 12.5 %."""
    return "–" if math.isnan(share) else f"{number(100 * share, 1)} %"


def percents(found: Estimate) -> str:
    """Such as 12.5 % (8.0 to 19.1)."""
    return f"{percent(found.value)} ({number(100 * found.low, 1)} to {number(100 * found.high, 1)})"


def points(found: Estimate) -> str:
    """A difference of shares, such as 2.5 points (−4.0 to 9.0)."""
    return f"{number(100 * found.value, 1)} points ({number(100 * found.low, 1)} to {number(100 * found.high, 1)})"
