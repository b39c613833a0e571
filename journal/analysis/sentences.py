"""Where sentences end in diary prose: full stops, line ends and bullets, before the parser is asked."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

FREE_RUN = 70
"""Tokens without a full stop or line end after which the parser may split as it likes."""
WRAPPED_LINE, WIDEST_WRAP = 60, 100
"""Characters of the longest line between which a text may have been wrapped by an editor."""

_TERMINAL = frozenset({".", "!", "?", "…", "...", "?!", "!!", "??", "!!!", "。", "؟"})
_BREAK = re.compile("[\n\v\f\x85\u2028\u2029]|\r(?!\n)")
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "»", "''"})
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "prof", "st", "vs"})
_ABBREVIATED = frozenset(
    {
        "dr", "mr", "mrs", "ms", "prof", "st", "no", "vs",
        "approx", "ca", "cf", "eg", "ie", "etc", "e.g", "i.e",
        "pt", "pts", "yr", "yrs", "hr", "hrs", "min", "mins",
        "wk", "wks",
    }
)  # fmt: skip


def mark_sentences(doc: Any) -> Any:
    """Set every sentence start of a Doc in place; long unpunctuated runs are left open for the parser."""
    starts = _starts(doc)
    bounds = [*starts, len(doc)]
    for begin, end in pairwise(bounds):
        doc[begin].is_sent_start = True
        free = end - begin > FREE_RUN
        for token in doc[begin + 1 : end]:
            if not free or token.is_space:
                token.is_sent_start = False
    return doc


def spans(doc: Any) -> list[tuple[int, int]]:
    """Token ranges of the sentences that hold more than white space and stray signs, covering all the text."""
    found: list[tuple[int, int]] = []
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        if not tokens:
            continue
        start, end = tokens[0].i, tokens[-1].i + 1
        if found and not any(character.isalnum() for token in tokens for character in token.text):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _starts(doc: Any) -> list[int]:
    starts = [0] if len(doc) else []
    wrapped = _is_wrapped(doc.text)
    for token in doc[1:] if len(doc) > 1 else []:
        if token.is_space:
            continue
        gap = doc[token.i - 1]
        if gap.is_space and _BREAK.search(gap.text):
            if not (wrapped and _runs_on(doc, gap, token)):
                starts.append(token.i)
        elif _ends_sentence(doc, token):
            starts.append(token.i)
    return starts


def _is_wrapped(text: str) -> bool:
    """Whether most lines that run on in lower case are broken only where the next word did not fit."""
    lines = text.splitlines()
    width = max((len(line) for line in lines), default=0)
    if not WRAPPED_LINE <= width <= WIDEST_WRAP:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b[:1].islower()]
    full = sum(len(line) + 1 + len(following.split()[0]) > width for line, following in pairs)
    return full >= 2 and full >= 0.7 * len(pairs)


def _runs_on(doc: Any, gap: Any, token: Any) -> bool:
    if len(_BREAK.findall(gap.text)) > 1 or not token.text[0].islower() or gap.i == 0:
        return False
    return doc[gap.i - 1].text not in _TERMINAL


def _ends_sentence(doc: Any, token: Any) -> bool:
    """Whether the tokens before `token` close a sentence: a full stop, perhaps with closing quotes."""
    i, closed = token.i - 1, False
    while i >= 0 and (doc[i].is_space or doc[i].text in _CLOSERS):
        closed = closed or doc[i].text in _CLOSERS
        i -= 1
    if i >= 0 and _swallowed_stop(doc[i]) and token.text[0].isupper():
        return True
    if i < 0 or doc[i].text not in _TERMINAL or token.text in _TERMINAL or token.text in _CLOSERS:
        return False
    if token.is_punct and token.text not in {'"', "“", "‘", "'", "(", "-", "–", "*", "•", "["}:
        return False
    if not doc[token.i - 1].whitespace_ and not doc[token.i - 1].is_space and token.text[0].islower():
        return False
    if token.text[0].islower():
        if closed or doc[i].text in {"…", "..."}:
            return False
        return doc[i].text != "." or i == 0 or doc[i - 1].lower_ not in _ABBREVIATED
    return doc[i].text != "." or i == 0 or doc[i - 1].lower_ not in _TITLES


def _swallowed_stop(token: Any) -> bool:
    """A token that keeps its full stop ("I.", "a.m.") and may end a sentence; a title or initial does not."""
    if len(token) < 2 or token.text[-1] != ".":
        return False
    return token.lower_ == "i." or (len(token) > 2 and token.lower_[:-1] not in _TITLES | _ABBREVIATED)
