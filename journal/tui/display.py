"""How values are put into words and marks on the screen; nothing a person wrote is ever read as markup."""

from datetime import date

from textual.content import Content

from journal.domain import LEVELS, Analysis, EntrySummary, Level, Sentence

MARKS: dict[Level, str] = {"task": "▪", "team": "◆", "system": "▲", "other": " "}
MEANINGS: dict[Level, str] = {
    "task": "one job and the doing of it",
    "team": "how people and steps depend on each other",
    "system": "what the work is for, or how it is arranged",
    "other": "everything else",
}
ACT_WORDS = {
    "framing": "framing: what the work is for",
    "design": "design: a change to how it is done",
    "measure": "measure: counting or following up",
    "voice": "voice: something said that was hard to say",
    "mistake": "mistake: an error openly owned",
    "invite": "invite: room made for somebody's view",
    "silence": "silence: something held back or shut down",
    "barrier": "barrier: something in the way of leading",
}
FRAME_WORDS = {
    "production": "work as carrying out what is specified",
    "problem_solving": "work as solving this patient's problem",
    "learning": "work as learning something new",
}
FAMILY_WORDS = {
    "framing": "What it is for",
    "culture": "How we are here",
    "operating_system": "How it is arranged",
    "interdependence": "Who depends on whom",
    "barriers": "What stands in the way",
    "measures": "How we would know",
    "being_and_doing": "Being and doing",
    "neutral": "Open question",
}

_HARMLESS = dict.fromkeys((*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
del _HARMLESS[ord("\n")], _HARMLESS[ord("\t")]


def harmless(text: str) -> str:
    """Text without the control characters by which it could move the cursor or turn the line round."""
    return text.replace("\r\n", "\n").translate(_HARMLESS)


def plain(text: str, style: str = "") -> Content:
    """Text as it stands, never as markup."""
    content = Content(harmless(text))
    return content.stylize(style) if style else content


def one_line(text: str, width: int) -> str:
    """The beginning of a text on one line of at most `width` characters."""
    flat = " ".join(harmless(text).split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"


def day_words(day: date, today: date, *, year: bool | None = None) -> str:
    """A day as people say it: "today", "yesterday", "Tue 3 March", with the year where it is another."""
    if year is None:
        year = day.year != today.year
    if (today - day).days in (0, 1):
        return "today" if day == today else "yesterday"
    return f"{day:%a} {day.day} {day:%B}" + (f" {day.year}" if year else "")


def full_day(day: date) -> str:
    """A day in full: "Tuesday 3 March 2026"."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def family_words(family: str | None) -> str:
    """A prompt family's name on screen."""
    return FAMILY_WORDS.get(family or "", (family or "").replace("_", " "))


def level_label(sentence: Sentence) -> str:
    """A sentence's mark and word: "▲ system", "? task" where the model is not sure, "▪ task ✓" where the person is."""
    if sentence.corrected:
        return f"{MARKS[sentence.level]} {sentence.level} ✓"
    if sentence.level == "other":
        return "" if sentence.sure else "? not sure"
    mark = MARKS[sentence.level] if sentence.sure else "?"
    return f"{mark} {sentence.level}"


def counts_line(text: str, analysis: Analysis | None) -> Content:
    """How many words a text has, and how many sentences at each level."""
    words = count_words(len(text.split()), "word")
    if analysis is None:
        return Content(f"{words} · not analysed")
    counts = analysis.counts()
    parts = [Content(words)]
    for level in LEVELS:
        number = int(getattr(counts, level))
        style = f"$level-{level}" if level != "other" else "$quiet"
        parts.append(Content(f"{MARKS[level]} {number} {level}".strip()).stylize(style))
    return Content("  ·  ").join(parts)


def summary_facts(entry: EntrySummary) -> str:
    """What a row of the list says beside the day."""
    parts = [entry.placement, *(f"#{tag}" for tag in entry.tags)]
    return harmless(" · ".join(part for part in parts if part))


def count_words(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 entry", "12 entries"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
