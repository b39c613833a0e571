"""Section: acts of small-l leadership, and frames."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation import markdown as md
from evaluation.agreement import Estimate, estimate, macro_f1, micro_f1, scores_of_marks
from evaluation.labels import Labels, Marks, Part
from journal.domain import ACTS, FRAMES


def micro_f1_of(part: Part, true: Marks, read: Marks) -> Estimate:
    """Micro-F1 of marks."""
    return estimate(part.writers, lambda rows: micro_f1(true[rows], read[rows]))


def section(part: Part, words: Labels) -> str:
    """The section of the test writers."""
    return "\n\n".join(
        [
            "### Acts and frames",
            "Any number of acts a sentence, at most one frame. The threshold above which TF-IDF gives an act or a "
            "frame is the one best on the dev writers.",
            _table("act", ACTS, part, part.truth.acts, part.model.acts, words.acts),
            _table("frame", FRAMES, part, part.truth.frames, part.model.frames, words.frames),
        ]
    )


def _table(kind: str, names: Sequence[str], part: Part, true: Marks, model: Marks, words: Marks) -> str:
    found, other = scores_of_marks(true, model), scores_of_marks(true, words)
    rows = [
        [name, str(found.n[at]), *(md.number(of[at]) for of in (found.precision, found.recall, found.f1, other.f1))]
        for at, name in enumerate(names)
    ]
    together = [micro_f1_of(part, true, marks) for marks in (model, words)]
    each = [
        estimate(part.writers, lambda rows, m=marks: macro_f1(scores_of_marks(true[rows], m[rows])))
        for marks in (model, words)
    ]
    rows.append(["micro", str(true.sum()), "", "", *map(md.numbers, together)])
    rows.append(["macro", "", "", "", *map(md.numbers, each)])
    return md.table([kind, "n", "precision", "recall", "F1", "F1 of TF-IDF"], rows)
