"""Construction rules as data: a compact pattern language over marked sentences, and clause patterns over the parse.

A pattern is a row of items that follow one another: `word`, `@class`, `a|@b` (either), `?item` (may be missing),
`!item` (must not stand here), `_` (any one token), `_4` (up to four tokens), `^` and `$` (the sentence's ends).
A clause pattern names the classes or words of a verb and of its subject, object, aux or mark in the parse.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journal.analysis.lexicon import MalformedRules
from journal.analysis.reading import TRAITS, Clause, Reading

_RULE_KEYS = {"id", "for", "why", "any", "clause", "unless", "when", "when_not"}
_END = r"(?:[^\w ]+‹[^›]*› )*\Z"
_CLAUSE_KEYS = {"verb", "subject", "object", "aux", "mark", "dep", "negated", "no_aux", "not_subject"}


@functools.cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)  # most rules wait long for a sentence that has their words


@dataclass(frozen=True, slots=True)
class Atom:
    """One item of a pattern: any of these words or classes."""

    words: frozenset[str]
    kinds: frozenset[str]

    def holds(self, word: str, names: frozenset[str]) -> bool:
        """Whether one token is such an item."""
        return word in self.words or not self.kinds.isdisjoint(names)

    @property
    def choices(self) -> frozenset[str]:
        """The words and `@classes` of which a sentence must have one; a cheap test before the pattern is tried."""
        return self.words | {"@" + kind for kind in self.kinds}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of items, and the regular expression it stands for, compiled when first needed."""

    source: str
    needs: tuple[frozenset[str], ...]
    """For each item that must be there, the words and classes it may be."""

    def find(self, reading: Reading) -> tuple[int, int] | None:
        """The first and last token of the first match."""
        for choices in self.needs:
            if choices.isdisjoint(reading.present):
                return None
        found = _compiled(self.source).search(reading.marked)
        if found is None:
            return None
        return reading.token_at(found.start()), max(reading.token_at(max(found.end() - 1, 0)), 0)


@dataclass(frozen=True, slots=True)
class ClausePattern:
    """What the parse must say of one clause; parts left out may be anything."""

    parts: tuple[tuple[str, Atom], ...]
    needs: tuple[frozenset[str], ...]
    """As of a Pattern."""
    dep: frozenset[str]
    negated: bool | None
    no_aux: Atom | None
    not_subject: Atom | None

    def find(self, reading: Reading) -> tuple[int, int] | None:
        """The first and last token of the parts that met the pattern, in the first clause that does."""
        for choices in self.needs:
            if choices.isdisjoint(reading.present):
                return None
        for clause in reading.clauses:
            if (met := self._met(reading, clause)) is not None:
                return min(met), max(met)
        return None

    def _met(self, reading: Reading, clause: Clause) -> list[int] | None:
        if self.dep and clause.dep not in self.dep:
            return None
        if self.negated is not None and clause.negated is not self.negated:
            return None
        if self.no_aux and _first(self.no_aux, clause.aux, reading) is not None:
            return None
        if self.not_subject and _first(self.not_subject, clause.subjects, reading) is not None:
            return None
        places = {
            "verb": (clause.verb,), "subject": clause.subjects, "object": clause.objects,
            "aux": clause.aux, "mark": clause.marks,
        }  # fmt: skip
        met = [clause.verb]
        for part, atom in self.parts:
            token = _first(atom, places[part], reading)
            if token is None:
                return None
            met.append(token)
        return met


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction: what it speaks for, how strongly (log-odds), and why in plain words."""

    id: str
    weights: Mapping[str, float]
    why: str
    any: tuple[Pattern | ClausePattern, ...]
    unless: tuple[Pattern, ...]
    when: frozenset[str]
    when_not: frozenset[str]

    def find(self, reading: Reading) -> tuple[int, int] | None:
        """First and last token of what the rule used, or None where it does not hold."""
        if not self.when <= reading.traits or not self.when_not.isdisjoint(reading.traits):
            return None
        for pattern in self.any:
            if (span := pattern.find(reading)) is not None:
                return None if any(p.find(reading) is not None for p in self.unless) else span
        if self.any or any(p.find(reading) is not None for p in self.unless):
            return None
        return 0, len(reading.words) - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held in a sentence, with the tokens it used."""

    rule: Rule
    first: int
    last: int


def hits(rules: Sequence[Rule], reading: Reading) -> list[Hit]:
    """Every rule that holds in the sentence, in the order of the file."""
    found = []
    for rule in rules:
        if (span := rule.find(reading)) is not None:
            found.append(Hit(rule, *span))
    return found


def score(found: Sequence[Hit], label: str) -> float:
    """Weights for a label summed with diminishing returns (w₁ + w₂/2 + w₃/4 …), for and against apart."""
    weights = [hit.rule.weights[label] for hit in found if label in hit.rule.weights]
    pro = sorted((w for w in weights if w > 0), reverse=True)
    con = sorted(w for w in weights if w < 0)
    total: float = sum((w / 2.0**i for side in (pro, con) for i, w in enumerate(side)), 0.0)
    return total


def read_rules(raw: Mapping[str, Any], signs: Mapping[str, str], labels: Sequence[str]) -> tuple[Rule, ...]:
    """Compile a parsed rule file; raises MalformedRules on an unknown key, class, trait or label."""
    if set(raw) != {"rule"}:
        raise MalformedRules(f"unknown parts: {sorted(set(raw) - {'rule'})}")
    rules = tuple(_rule(table, signs, labels) for table in raw["rule"])
    ids = [rule.id for rule in rules]
    if len(set(ids)) < len(ids):
        raise MalformedRules(f"rule ids used twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return rules


def _rule(table: Mapping[str, Any], signs: Mapping[str, str], labels: Sequence[str]) -> Rule:
    name = table.get("id", "?")
    if not set(table) <= _RULE_KEYS or not {"id", "for", "why"} <= set(table):
        raise MalformedRules(f"rule {name}: keys {sorted(table)}")
    when, when_not = frozenset(table.get("when", ())), frozenset(table.get("when_not", ()))
    if not (when | when_not) <= TRAITS or not set(table["for"]) <= set(labels):
        raise MalformedRules(f"rule {name}: unknown trait or label")
    if not all(isinstance(weight, int | float) for weight in table["for"].values()):
        raise MalformedRules(f"rule {name}: a weight is not a number")
    patterns: list[Pattern | ClausePattern] = [_clause(name, c, signs) for c in table.get("clause", ())]
    patterns += [compile_pattern(row, signs) for row in table.get("any", ())]
    if not patterns and not when:
        raise MalformedRules(f"rule {name}: holds everywhere")
    unless = tuple(compile_pattern(row, signs) for row in table.get("unless", ()))
    return Rule(name, dict(table["for"]), table["why"], tuple(patterns), unless, when, when_not)


def _clause(name: str, table: Mapping[str, Any], signs: Mapping[str, str]) -> ClausePattern:
    if not set(table) <= _CLAUSE_KEYS:
        raise MalformedRules(f"rule {name}: unknown clause keys {sorted(set(table) - _CLAUSE_KEYS)}")
    parts = tuple((k, _atom(table[k], signs)) for k in ("verb", "subject", "object", "aux", "mark") if k in table)
    no_aux, not_subject = (_atom(table[k], signs) if k in table else None for k in ("no_aux", "not_subject"))
    needs = tuple(atom.choices for _, atom in parts)
    return ClausePattern(
        parts, needs, frozenset(table.get("dep", "").split()), table.get("negated"), no_aux, not_subject
    )


def compile_pattern(row: str, signs: Mapping[str, str]) -> Pattern:
    """One row of the pattern language as a regular expression over `Reading.marked`."""
    parts = ["(?<![^ ])"]
    needs: list[frozenset[str]] = []
    for item in row.split():
        if item in {"^", "$"}:
            parts.append("\\A" if item == "^" else _END)
        elif re.fullmatch(r"_\d*", item):
            parts.append(r"(?:[^ ]+ )" + (f"{{0,{item[1:]}}}?" if item[1:] else ""))
        elif item[0] in "?!" and item[1:2] not in {"", "|"}:
            inner = _regex(_atom(item[1:], signs), signs)
            parts.append(f"(?:{inner})?" if item[0] == "?" else f"(?!{inner})")
        else:
            atom = _atom(item, signs)
            if "$" not in atom.words:  # the end is always there
                needs.append(atom.choices)
            parts.append(_regex(atom, signs))
    return Pattern("".join(parts), tuple(needs))


def _atom(item: str, signs: Mapping[str, str]) -> Atom:
    choices = item.split("|")
    if not all(choices) or "@" in choices:
        raise MalformedRules(f"empty choice in {item}")
    kinds = frozenset(choice[1:] for choice in choices if choice[0] == "@")
    if unknown := kinds - set(signs):
        raise MalformedRules(f"unknown class {sorted(unknown)}")
    return Atom(frozenset(choice for choice in choices if choice[0] != "@"), kinds)


def _regex(atom: Atom, signs: Mapping[str, str]) -> str:
    choices = []
    if words := sorted(atom.words - {"$"}):
        choices.append("(?:" + "|".join(re.escape(word) for word in words) + ")‹[^›]*› ")
    if "$" in atom.words:
        choices.append(_END)
    if atom.kinds:
        choices.append("[^ ‹]*‹[^›]*[" + "".join(signs[kind] for kind in sorted(atom.kinds)) + "][^›]*› ")
    return choices[0] if len(choices) == 1 else "(?:" + "|".join(choices) + ")"


def _first(atom: Atom, tokens: Sequence[int], reading: Reading) -> int | None:
    return next((i for i in tokens if atom.holds(reading.words[i], reading.classes[i])), None)
