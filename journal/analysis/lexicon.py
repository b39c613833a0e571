"""Words by class of the field (roles, tools of the unit, outcomes, …), read from `models/rules/lexicon*.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Inflect = Literal["noun", "verb", "none"]
_CLASS_KEYS = {"inflect", "words", "extra"}


class MalformedRules(ValueError):
    """A packaged rule file says something the engine does not know; the message names where."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word form, and every phrase of several tokens, with the classes it belongs to."""

    classes: tuple[str, ...]
    forms: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    """By first token: the tokens of the phrase and its class; the class marks the last token."""


def read_lexicon(raw: Mapping[str, object]) -> Lexicon:
    """Build the lexicon from the parsed TOML; raises MalformedRules on anything unknown."""
    forms: dict[str, set[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, table in raw.items():
        if not isinstance(table, dict) or not set(table) <= _CLASS_KEYS or "words" not in table:
            raise MalformedRules(f"lexicon class {name}: expected inflect, words, extra")
        inflect = table.get("inflect", "none")
        if inflect not in get_args(Inflect):
            raise MalformedRules(f"lexicon class {name}: unknown inflect {inflect}")
        entries = [*_split(name, table["words"]), *_split(name, table.get("extra", ""))]
        plain = len(_split(name, table.get("extra", "")))
        for number, entry in enumerate(entries):
            kind = inflect if number < len(entries) - plain else "none"
            for form in inflected(entry, kind):
                tokens = tuple(form.split())
                if len(tokens) == 1:
                    forms.setdefault(form, set()).add(name)
                else:
                    phrases.setdefault(tokens[0], []).append((tokens, name))
    return Lexicon(
        tuple(sorted(raw)),
        {form: frozenset(names) for form, names in forms.items()},
        {first: tuple(found) for first, found in phrases.items()},
    )


def _split(name: str, words: object) -> list[str]:
    if not isinstance(words, str):
        raise MalformedRules(f"lexicon class {name}: words must be one text, separated by commas")
    return [word.strip() for word in words.replace("\n", " ").split(",") if word.strip()]


def inflected(entry: str, kind: str) -> set[str]:
    """The regular forms of a noun (its last word) or a verb (its first word); irregular ones go in `extra`."""
    first, *rest = entry.split()
    if kind == "noun":
        head, last = (" ".join([first, *rest[:-1]]) + " ", rest[-1]) if rest else ("", first)
        return {entry, head + _with_s(last)}
    if kind == "verb":
        tail = (" " + " ".join(rest)) if rest else ""
        stems = {first, _with_s(first)} | {_join(first, ending) for ending in ("ed", "ing")}
        return {stem + tail for stem in stems}
    return {entry}


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _join(word: str, ending: str) -> str:
    if word.endswith("e") and not word.endswith(("ee", "oe")):
        return word[:-1] + ending
    if word.endswith("y") and ending == "ed" and word[-2:-1] not in "aeiou":
        return word[:-1] + "ied"
    vowels = [letter for letter in word if letter in "aeiou"]
    short = len(word) > 2 and word[-1] in "bdgmnprt" and word[-2] in "aeiou" and word[-3] not in "aeiou"
    if short and (len(vowels) == 1 or word.endswith(("mit", "fer", "gin"))):
        return word + word[-1] + ending
    return word + ending
