"""The same readings from four sides: where it was, as what kind of work, which acts both ways, leading and managing.

Pure: from what was counted of each entry to small frozen values. Nothing of it is ever kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from journal.analysis.share import Share, differ, share
from journal.domain import ACTS, FRAMES, Act, Frame, Level

if TYPE_CHECKING:
    from journal.vault.labels import LabelledEntry

Where = Literal["placement", "setting", "all"]
Label = Level | Act | Frame | Literal["any_frame"]
SHARED: tuple[Level, ...] = ("system", "team", "task")
"""The levels that shares are made of: the one measure named in advance, and the two beside it."""
LEADING: tuple[Act, ...] = ("framing", "voice", "invite", "mistake")
MANAGING: tuple[Act, ...] = ("measure", "design")
"""Row 8 of the essay: leadership sets a vision, management watches performance; framing and measure come first."""

FEWEST_ENTRIES, FEWEST_SENTENCES = 5, 40
"""Below either, a place has no shares: too few to say."""
FEWEST_FRAMED, FEWEST_FRAMED_ENTRIES = 10, 5
"""Sentences with a frame, and entries with such, below which no frame is said to lead."""
FEWEST_FOR_THIRDS = 12
"""Entries before early and late are set beside each other."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was written in one placement or setting, or in all of them."""

    where: Where
    name: str | None
    """None: the entries that name none, or all of them where `where` says so."""
    entries: int
    sentences: float
    """Classifiable ones: the n of the shares."""
    shares: Mapping[Level, Share] | None
    """None: too few to say."""
    frames: Mapping[Frame, int]
    mostly: Frame | None
    """The frame most of its framed sentences have, where that is clear."""
    ids: tuple[str, ...]
    """Its entries, newest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """So many sentences of so many."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """The sentences that show one act or one frame."""

    label: Act | Frame
    all: Part
    early: Part | None
    """In the first third of the entries; None where there are too few for thirds."""
    late: Part | None
    ids: tuple[str, ...]
    """Entries that have some, newest first."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """The two places whose system shares are furthest apart, where that is more than chance."""

    more: str
    less: str


@dataclass(frozen=True, slots=True)
class Views:
    """All four views; empty where nothing has been read."""

    entries: int
    sentences: int
    """All of them, whatever they are about: the n of acts and frames."""
    left: int
    """Entries still to be read."""
    whole: Place
    placements: tuple[Place, ...]
    """Latest first; those without one last."""
    settings: tuple[Place, ...]
    placement_contrast: Contrast | None
    setting_contrast: Contrast | None
    frames: Mapping[Frame, Labelled]
    acts: Mapping[Act, Labelled]

    def places(self, where: Where) -> tuple[Place, ...]:
        return self.placements if where == "placement" else self.settings

    def contrast(self, where: Where) -> Contrast | None:
        return self.placement_contrast if where == "placement" else self.setting_contrast


def make_views(
    entries: Iterable[LabelledEntry], *, left: int = 0, believable: Callable[[Frame], bool] = lambda _: True
) -> Views:
    """The views of some entries, oldest first; `believable` says of which frames it may be said that they lead."""
    found = list(entries)
    placements = _by(found, lambda entry: entry.placement)
    settings = _by(found, lambda entry: entry.setting)
    return Views(
        entries=len(found),
        sentences=sum(entry.sentences for entry in found),
        left=left,
        whole=_place("all", None, found, believable),
        placements=tuple(_place("placement", name, group, believable) for name, group in placements.items()),
        settings=tuple(_place("setting", name, group, believable) for name, group in settings.items()),
        placement_contrast=_contrast(placements),
        setting_contrast=_contrast(settings),
        frames={frame: _labelled(frame, found, _framed(frame)) for frame in FRAMES},
        acts={act: _labelled(act, found, _acted(act)) for act in ACTS},
    )


# --------------------------------------------------------------------------- places

Groups = Mapping[str | None, Sequence["LabelledEntry"]]


def _by(entries: Sequence[LabelledEntry], key: Callable[[LabelledEntry], str | None]) -> Groups:
    """The entries of each name, the name last written in first, those with none at the end."""
    groups: dict[str | None, list[LabelledEntry]] = {}
    for entry in reversed(entries):
        groups.setdefault(key(entry), []).append(entry)
    nameless = groups.pop(None, None)
    ordered = {name: group[::-1] for name, group in groups.items()}
    return ordered if nameless is None else {**ordered, None: nameless[::-1]}


def enough(entries: Sequence[LabelledEntry]) -> bool:
    """Whether a share of these may be told."""
    counted = [entry.counts.classifiable for entry in entries if entry.counts.classifiable]
    return len(counted) >= FEWEST_ENTRIES and sum(counted) >= FEWEST_SENTENCES


def _place(
    where: Where, name: str | None, entries: Sequence[LabelledEntry], believable: Callable[[Frame], bool]
) -> Place:
    shares = {level: share(_of(level, entries)) for level in SHARED} if enough(entries) else {}
    return Place(
        where,
        name,
        len(entries),
        sum(entry.counts.classifiable for entry in entries),
        {level: found for level, found in shares.items() if found} or None,
        {frame: sum(map(_framed(frame), entries)) for frame in FRAMES},
        _mostly(entries, believable),
        tuple(entry.id for entry in reversed(entries)),
    )


def _of(level: Level, entries: Iterable[LabelledEntry]) -> list[tuple[float, float]]:
    return [(getattr(entry.counts, level), entry.counts.classifiable) for entry in entries]


def _contrast(groups: Groups) -> Contrast | None:
    """The named places with the highest and the lowest share, where they differ by more than the choice of them."""
    told = {name: _of("system", group) for name, group in groups.items() if name is not None and enough(group)}
    shares = {name: found.share for name, counts in told.items() if (found := share(counts))}
    if len(shares) < 2:
        return None
    more, less = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
    return Contrast(more, less) if differ(told[more], told[less], of=len(shares)) else None


def _mostly(entries: Sequence[LabelledEntry], believable: Callable[[Frame], bool]) -> Frame | None:
    """The frame of more than half of the framed sentences, where the whole 90 % range says so."""
    framed = [entry for entry in entries if any(entry.frames)]
    total = sum(sum(entry.frames) for entry in framed)
    if len(framed) < FEWEST_FRAMED_ENTRIES or total < FEWEST_FRAMED:
        return None
    leader = max(FRAMES, key=lambda frame: sum(map(_framed(frame), framed)))
    found = share((_framed(leader)(entry), sum(entry.frames)) for entry in framed)
    return leader if found and found.low > 0.5 and believable(leader) else None


# --------------------------------------------------------------------------- acts and frames

CountIn = Callable[["LabelledEntry"], int]


def _acted(act: Act) -> CountIn:
    place = ACTS.index(act)
    return lambda entry: entry.acts[place]


def _framed(frame: Frame) -> CountIn:
    place = FRAMES.index(frame)
    return lambda entry: entry.frames[place]


def _labelled(label: Act | Frame, entries: Sequence[LabelledEntry], count: CountIn) -> Labelled:
    third = len(entries) // 3 if len(entries) >= FEWEST_FOR_THIRDS else 0
    return Labelled(
        label,
        _part(entries, count),
        _part(entries[:third], count) if third else None,
        _part(entries[-third:], count) if third else None,
        tuple(entry.id for entry in reversed(entries) if count(entry)),
    )


def _part(entries: Sequence[LabelledEntry], count: CountIn) -> Part:
    return Part(sum(map(count, entries)), sum(entry.sentences for entry in entries))
