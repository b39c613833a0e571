"""From entries to a shift: how the share of system sentences moved, said in one of three honest states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journal.analysis import shift_words
from journal.analysis.shift_looks import gate, in_order, looks, next_look
from journal.domain import Level, Shift, ShiftEntry


def shift(entries: Sequence[ShiftEntry], *, confusion: Mapping[Level, Mapping[Level, float]] | None = None) -> Shift:
    """How the share of system sentences moved. The same entries give the same answer, in whatever order.

    Gate: 12 entries, 8 weeks and 120 classifiable sentences. Verdicts: only at 12, 24, 48, 96 entries and each
    doubling after, each from the first so many entries by day and id, at the α that `shift_looks.spend` gives;
    a look that comes before the gate opens is missed. Entries with nothing classifiable are not counted.

    When an earlier look said "shifted" and a later one does not, the later one stands, and the statement says
    in a sentence that the earlier one did. Two rules were simulated: "the last look stands" and "once shifted,
    always shifted". The chance of ever being told of a change that is not there is the sum of the α spent, at
    most .06, under both. But once-is-always keeps every false verdict on the screen for good, and goes on
    saying "shifted" of writing that has long gone back to where it was, while the shares beside it show no such
    thing. The last look can lose a true change, which then is said, and is found again when there is more.

    Between looks the last verdict stands word for word. `first`, `last`, `curves` and `neutral` use all entries,
    for looking at; the shares in the statement are those the verdict was given on. `curves` and `neutral` are
    not tested, so no error is spent on them.

    `confusion[true][read]` is the part of sentences of a true level that the analysis reads as another, measured
    in the way the counts were made (winners for counted labels, mean probabilities for summed ones); with it a
    note says how far those errors could move the ends. Raises BadInput where a level has no usable rates.
    """
    ordered = in_order(entries)
    if looks(ordered):
        # numpy, scipy and statsmodels: one to six seconds, kept off the path to the first screen
        from journal.analysis.shift_report import report

        return report(ordered, confusion)
    found = gate(ordered)
    following = next_look(found.entries)
    statement = shift_words.too_early(found, following)
    return Shift("too_early", found.entries, found.sentences, statement, next_look=following)
