"""The four views as rows: what each shows, and which sentences it opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.widgets.option_list import Option

from journal.domain import FRAMES
from journal.service import views_words as words
from journal.service.views import LEADING, MANAGING, SHARED, Label, Labelled, Part, Place, Views, Where
from journal.tui.display import ACT_WORDS, MARKS, harmless
from journal.tui.widgets.view_list import Cell, ViewRow

HEADING = "$quiet"


@dataclass(frozen=True, slots=True)
class Opens:
    """The sentences a row stands for: of which entries, newest first, and with which label."""

    title: str
    ids: tuple[str, ...]
    label: Label | None = None


Rows = list[tuple[Option, Opens | None]]


def heading(name: str, *cells: tuple[str, int]) -> tuple[Option, None]:
    """A row that names the columns below."""
    return Option(
        ViewRow(name, [(each, columns, HEADING) for each, columns in cells], style=HEADING), disabled=True
    ), None


def gap() -> tuple[Option, None]:
    """An empty row between two parts."""
    return Option("", disabled=True), None


def said(words: str) -> Rows:
    """What there is to say of the rows above, if anything."""
    return [(Option(Content(harmless(words)).stylize("$quiet italic"), disabled=True), None)] if words else []


def _row(key: str, name: str, cells: Iterable[Cell], opens: Opens, note: str = "") -> tuple[Option, Opens]:
    return Option(ViewRow(name, tuple(cells), note=note), id=key), opens


# --------------------------------------------------------------------------- where

ENTRIES, SENTENCES, SHARE = 8, 10, 12


def place_rows(views: Views, *, whole: bool) -> Rows:
    """Placements, then settings, each with its shares; `whole` where all entries are read and may be compared."""
    rows: Rows = []
    for where in ("placement", "setting"):
        rows += _places_of(views, where, whole)
    return rows


def _places_of(views: Views, where: Where, whole: bool) -> Rows:
    places = views.places(where)
    heads = [(f"{MARKS[level]} {level}", SHARE) for level in SHARED]
    rows: Rows = [heading(f"by {where}", ("entries", ENTRIES), ("sentences", SENTENCES), *heads)]
    for place in places:
        name = words.name_of(place)
        rows.append(_row(_id(place), name, _shares(place), Opens(name, place.ids)))
    line = words.contrast_words(views.contrast(where), where, places) if whole else ""
    return [*rows, *said(line), gap()]


def _id(place: Place) -> str:
    return f"{place.where}={place.name}" if place.name is not None else f"{place.where}:"


def _shares(place: Place) -> list[Cell]:
    cells: list[Cell] = [(f"{place.entries:,}", ENTRIES, ""), (f"{place.sentences:,.0f}", SENTENCES, "")]
    if place.shares is None:
        return [*cells, (words.TOO_FEW, SHARE * len(SHARED), HEADING)]
    shares = place.shares
    return cells + [
        (words.hundredths(shares[level]), SHARE, f"$level-{level}" if level == "system" else "") for level in SHARED
    ]


# --------------------------------------------------------------------------- frames

FRAME = 17


def frame_rows(views: Views, *, whole: bool) -> Rows:
    """Each frame over all, then beside the others in every place."""
    rows: Rows = [heading("over all", ("of all sentences", 20))]
    for frame in FRAMES:
        found = views.frames[frame]
        name = f"{words.FRAME_NAMES[frame]}: {words.FRAME_MEANINGS[frame]}"
        opens = Opens(words.FRAME_NAMES[frame], found.ids, frame)
        rows.append(_row(f"frame:{frame}", name, [(words.part_words(found.all), 20, "")], opens))
    rows += [*said(words.mostly_words(views.whole) if whole else ""), gap()]
    for where in ("placement", "setting"):
        heads = [(words.FRAME_NAMES[frame], FRAME) for frame in FRAMES]
        rows.append(heading(f"by {where}", *heads))
        rows += [_frames_of(views, place, whole) for place in views.places(where)]
        rows.append(gap())
    return rows


def _frames_of(views: Views, place: Place, whole: bool) -> tuple[Option, Opens]:
    name = words.name_of(place)
    cells: list[Cell] = [(str(place.frames[frame]), FRAME, "" if place.frames[frame] else HEADING) for frame in FRAMES]
    framed = {entry_id for found in views.frames.values() for entry_id in found.ids}
    ids = tuple(entry_id for entry_id in place.ids if entry_id in framed)
    note = words.mostly_words(place) if whole else ""
    return _row(_id(place), name, cells, Opens(f"{name}, with a frame", ids, "any_frame"), note)


# --------------------------------------------------------------------------- acts

PART = 15


def act_rows(views: Views) -> Rows:
    """Voice and silence, early and late; then the other acts."""
    rows: Rows = [heading("voice and silence", ("all", PART), ("early", PART), ("late", PART))]
    for act in ("voice", "silence"):
        found = views.acts[act]
        cells = [(_part(part), PART, "") for part in (found.all, found.early, found.late)]
        rows.append(_act(found, cells, beneath=True))
    rows += [gap(), heading("the other acts", ("of all sentences", 20))]
    rest = (*LEADING[:1], "design", "measure", "mistake", "invite", "barrier")
    rows += [_counted(views.acts[act], 20) for act in rest]
    return rows


def _part(part: Part | None) -> str:
    return words.part_words(part) if part else "–"


def leading_rows(views: Views) -> Rows:
    """The acts of leading, for the left column."""
    return [heading("Leading", ("sentences", 11)), *(_counted(views.acts[act], 11, of=False) for act in LEADING)]


def managing_rows(views: Views) -> Rows:
    """The acts of managing, for the right column; and apart from both, what was in the way."""
    rows: Rows = [heading("Managing", ("sentences", 11))]
    rows += [_counted(views.acts[act], 11, of=False) for act in MANAGING]
    return [*rows, gap(), heading("In the way"), _counted(views.acts["barrier"], 11, of=False)]


def _counted(found: Labelled, columns: int, *, of: bool = True) -> tuple[Option, Opens]:
    count = words.part_words(found.all) if of else f"{found.all.count:,}"
    return _act(found, [(count, columns, "")], beneath=not of)


def _act(found: Labelled, cells: Sequence[Cell], *, beneath: bool) -> tuple[Option, Opens]:
    """A row of an act, with what it is beside its name, or beneath it where there is little room."""
    name, note = ACT_WORDS[found.label], ""
    if beneath:
        name, _, note = name.partition(": ")
    return _row(f"act:{found.label}", name, cells, Opens(str(found.label), found.ids, found.label), note)
