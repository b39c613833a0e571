"""`views`: the same sentences by place, kind of work and act, as lines to read or one object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from journal.cli.opening import Where, json_option, over_a_journal, read_all, unlocked
from journal.cli.saying import say, say_json
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.service.viewing import Viewing
    from journal.service.views import Labelled, Part, Place, Views


@click.command()
@click.option(
    "--sentences", "row", metavar="ROW", help="The sentences behind a row: a placement, setting, frame or act."
)
@json_option
@over_a_journal
def views(where: Where, row: str | None, as_json: bool) -> None:
    """Show your sentences by place, kind of work and act.

    With --json: {"entries", "sentences", "placements", "settings", "placement_contrast", "setting_contrast", "frames",
    "acts", "leading", "managing"}. A place is {"name", "entries", "sentences", "shares", "frames", "mostly"}, its
    "shares" {"system", "team", "task"}, each {"share", "low", "high"}, or null where there are too few to say; a
    contrast {"more", "less"} or null; a frame or act {"count", "of", "early", "late"}, the last two {"count", "of"} or
    null. With --sentences each object is {"id", "date", "placement", "level", "sure", "text"}, newest first.
    """
    with unlocked(where) as journal:
        read_all(journal)
        found = journal.viewing.views()
        if row is not None:
            _say_sentences(journal.viewing, found, row, as_json)
        elif as_json:
            say_json(_fields(found))
        else:
            _say(found)


# --------------------------------------------------------------------------- the sentences of a row


def _say_sentences(viewing: Viewing, found: Views, row: str, as_json: bool) -> None:
    ids, label = _row(found, row)
    for each in viewing.sentences(ids, label):
        text, sentence = " ".join(each.text.split()), each.sentence
        if as_json:
            where = {"id": each.entry_id, "date": each.day.isoformat(), "placement": each.placement}
            say_json({**where, "level": sentence.level, "sure": sentence.sure, "text": each.text})
        else:
            doubt = "" if sentence.sure else ", not sure"
            place = f", {each.placement}" if each.placement else ""
            say(f"{each.day}{place}, {sentence.level}{doubt}, {each.entry_id[:8]}: {text}")


def _row(found: Views, row: str) -> tuple[tuple[str, ...], Any]:
    """The entries and the label a row stands for; raises BadInput where there is none of that name."""
    wanted = row.strip().casefold()
    for place in (*found.placements, *found.settings):
        if place.name is not None and place.name.casefold() == wanted:
            return place.ids, None
    for label, labelled in (*found.frames.items(), *found.acts.items()):
        if label.replace("_", " ") == wanted.replace("_", " "):
            return labelled.ids, label
    raise BadInput("There is no such row.", "Name one as it stands in: journal views")


# --------------------------------------------------------------------------- as an object


def _fields(found: Views) -> dict[str, Any]:
    from dataclasses import asdict

    from journal.service.views import LEADING, MANAGING

    contrasts = {
        f"{where}_contrast": asdict(contrast) if (contrast := found.contrast(where)) else None
        for where in ("placement", "setting")
    }
    return {
        "entries": found.entries,
        "sentences": found.sentences,
        "placements": [_place(place) for place in found.placements],
        "settings": [_place(place) for place in found.settings],
        **contrasts,
        "frames": {frame: _labelled(labelled) for frame, labelled in found.frames.items()},
        "acts": {act: _labelled(labelled) for act, labelled in found.acts.items()},
        "leading": list(LEADING),
        "managing": list(MANAGING),
    }


def _place(place: Place) -> dict[str, Any]:
    shares = {
        level: {name: round(getattr(share, name), 4) for name in ("share", "low", "high")}
        for level, share in (place.shares or {}).items()
    }
    return {
        "name": place.name,
        "entries": place.entries,
        "sentences": round(place.sentences, 2),
        "shares": shares or None,
        "frames": dict(place.frames),
        "mostly": place.mostly,
    }


def _labelled(found: Labelled) -> dict[str, Any]:
    return {**_part(found.all), "early": found.early and _part(found.early), "late": found.late and _part(found.late)}


def _part(part: Part) -> dict[str, int]:
    return {"count": part.count, "of": part.of}


# --------------------------------------------------------------------------- in words


def _say(found: Views) -> None:
    from journal.service import views_words as words

    if not found.entries:
        say(words.NOTHING)
        return
    for number, (title, about, lines) in enumerate(
        (
            ("Where", words.ABOUT_PLACES, [*_places(found), words.RANGES]),
            ("Kind of work", words.ABOUT_FRAMES, [*_frames(found), words.doubt_words("frame")]),
            ("Voice and silence", words.ABOUT_ACTS, _acts(found, "voice", "silence")),
            ("Leading, managing", words.ABOUT_LEADING, [*_leading(found), words.doubt_words("act")]),
        )
    ):
        if number:
            say()
        say(title)
        say(about)
        for line in filter(None, lines):
            say(line)


def _places(found: Views) -> Iterator[str]:
    from journal.service import views_words as words

    for where in ("placement", "setting"):
        places = found.places(where)
        for place in places:
            told = words.TOO_FEW
            if place.shares:
                told = ", ".join(f"{level} {words.range_words(share)}" for level, share in place.shares.items())
            name = words.name_of(place)
            entries = "1 entry" if place.entries == 1 else f"{place.entries:,} entries"
            yield f"{where} {name}: {entries}, about {place.sentences:,.0f} sentences: {told}"
        yield words.contrast_words(found.contrast(where), where, places)


def _frames(found: Views) -> Iterator[str]:
    from journal.service import views_words as words

    for frame, labelled in found.frames.items():
        yield f"{words.FRAME_NAMES[frame]}: {words.part_words(labelled.all)} sentences"
    yield words.mostly_words(found.whole)
    for place in (*found.placements, *found.settings):
        counts = ", ".join(f"{words.FRAME_NAMES[frame]} {number}" for frame, number in place.frames.items())
        yield f"{place.where} {words.name_of(place)}: {counts}"
        yield words.mostly_words(place)


def _acts(found: Views, *acts: str) -> Iterator[str]:
    from journal.service import views_words as words

    for labelled in (found.acts[act] for act in found.acts if act in acts):
        thirds = words.thirds_words(labelled)
        yield f"{labelled.label}: {words.part_words(labelled.all)} sentences{'; ' + thirds if thirds else ''}"


def _leading(found: Views) -> Iterator[str]:
    from journal.service import views_words as words
    from journal.service.views import LEADING, MANAGING

    for title, acts in (("leading", LEADING), ("managing", MANAGING), ("in the way", ("barrier",))):
        for labelled in (found.acts[act] for act in acts):
            yield f"{title}, {labelled.label}: {words.part_words(labelled.all)} sentences"
