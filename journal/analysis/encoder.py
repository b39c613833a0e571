"""The trained part: a small transformer encoder that reads an entry whole, run by onnxruntime.

A text is read in windows of whole sentences, each at most 224 word pieces: `[CLS] sentence [SEP] sentence [SEP] …`.
Of a sentence the encoder sees the first 96 pieces. In a text of several windows each sentence is read from one of
them, with up to a quarter of the window as context before it and after it. Output: log-odds for the four levels (up
to a constant), for each act, and for no frame and each frame (up to a constant).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST, LONGEST_SENTENCE = 224, 96
"""Word pieces of a window, and of one sentence."""
CLS, SEP, FULL_STOP = 101, 102, 1012
"""Word pieces of the tokenizer; a sentence with none of its own is read as a full stop."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of one sentence."""

    level: tuple[float, ...]
    acts: tuple[float, ...]
    frame: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences `first` to `last` lie in view; those from `start` to `end` are read from it (ends exclusive)."""

    first: int
    last: int
    start: int
    end: int


def windows(lengths: Sequence[int], longest: int = LONGEST) -> Iterator[Window]:
    """Cut a text into windows, given the word pieces of each of its sentences; one window where it fits."""
    sizes = [length + 1 for length in lengths]  # each with its [SEP]
    start = 0
    while start < len(sizes):
        first = _back(sizes, start, longest // 4)
        last, room = start, longest - 1 - sum(sizes[first:start])
        while last < len(sizes) and (last == start or sizes[last] <= room):
            room -= sizes[last]
            last += 1
        end = last if last == len(sizes) else max(start + 1, _back(sizes, last, longest // 4))
        yield Window(first, last, start, end)
        start = end


def _back(sizes: Sequence[int], place: int, room: int) -> int:
    """The sentence that many pieces before a place."""
    while place > 0 and sizes[place - 1] <= room:
        place -= 1
        room -= sizes[place]
    return place


class Encoder:
    """Sentences of one text to log-odds; a window is always read by itself, so that company never changes an answer."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the other core is for the person typing
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def read(self, sentences: Sequence[str]) -> list[Encoded]:
        """One answer for each sentence of a text, in order."""
        pieces = [self.pieces(text) for text in sentences]
        found: list[Encoded] = []
        for window in windows([len(part) for part in pieces]):
            answers = self._run(pieces[window.first : window.last])
            found += answers[window.start - window.first : window.end - window.first]
        return found

    def pieces(self, sentence: str) -> list[int]:
        """The word pieces of a sentence that the encoder sees, at least one."""
        ids = self._tokenizer.encode(" ".join(sentence.split()), add_special_tokens=False).ids
        return ids[:LONGEST_SENTENCE] or [FULL_STOP]

    def _run(self, pieces: Sequence[list[int]]) -> list[Encoded]:
        ids, mean, ends = layout(pieces)
        level, acts, frame = self._session.run(
            ["level", "acts", "frame"], {"ids": ids[np.newaxis], "mean": mean, "ends": ends}
        )
        return [Encoded(*(_floats(part[row]) for part in (level, acts, frame))) for row in range(len(pieces))]


def layout(pieces: Sequence[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """A window as the encoder takes it.

    Word pieces (t,); for each sentence the weights that take the mean over its pieces (n, t); and the place of the
    [SEP] behind it (n,).
    """
    total = 1 + sum(len(part) + 1 for part in pieces)
    ids = np.full(total, SEP, dtype=np.int64)
    ids[0] = CLS
    mean = np.zeros((len(pieces), total), dtype=np.float32)
    ends = np.zeros(len(pieces), dtype=np.int64)
    place = 1
    for row, part in enumerate(pieces):
        ids[place : place + len(part)] = part
        mean[row, place : place + len(part)] = 1 / len(part)
        place += len(part)
        ends[row] = place
        place += 1
    return ids, mean, ends


def _floats(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


@functools.lru_cache(maxsize=2)
def encoder(folder: str) -> Encoder:
    """The encoder of a models folder, loaded once a process."""
    return Encoder(Path(folder))
