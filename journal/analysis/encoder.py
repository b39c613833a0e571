"""The trained part: a small transformer encoder that reads a sentence with its neighbours, run by onnxruntime.

Input of one sentence: `[CLS] sentence [SEP] two sentences before [SEP] one after [SEP]`, at most 112 word pieces, the
sentence itself at most 72; segment 0 for the sentence and 1 for the rest. Output: log-odds for the four levels (up to
a constant), for each act, and for no frame and each frame (up to a constant).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST, LONGEST_SENTENCE = 112, 72
BEFORE, AFTER = 2, 1
"""Sentences of context."""
BATCH = 16
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder makes of one sentence."""

    level: tuple[float, ...]
    acts: tuple[float, ...]
    frame: tuple[float, ...]


class Encoder:
    """Sentences of one text to log-odds; a text is always read by itself, so that company never changes an answer."""

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
        pieces = [self._tokenizer.encode(" ".join(text.split()), add_special_tokens=False).ids for text in sentences]
        inputs = [_input(pieces, place) for place in range(len(pieces))]
        order = sorted(range(len(inputs)), key=lambda place: len(inputs[place][0]))
        answers: dict[int, Encoded] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            answers.update(zip(chosen, self._run([inputs[place] for place in chosen]), strict=True))
        return [answers[place] for place in range(len(inputs))]

    def _run(self, inputs: Sequence[tuple[list[int], int]]) -> list[Encoded]:
        width = max(len(ids) for ids, _ in inputs)
        shape = (len(inputs), width)
        ids, mask, segment, inside = (np.zeros(shape, dtype=np.int64) for _ in range(4))
        for row, (pieces, own) in enumerate(inputs):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
            segment[row, own + 2 : len(pieces)] = 1
            inside[row, 1 : own + 1] = 1
        feed = {"ids": ids, "mask": mask, "segment": segment, "inside": inside}
        level, acts, frame = self._session.run(["level", "acts", "frame"], feed)
        return [Encoded(*(_floats(part[row]) for part in (level, acts, frame))) for row in range(len(inputs))]


def _floats(values: NDArray[Any]) -> tuple[float, ...]:
    return tuple(round(float(value), 5) for value in values)


def _input(pieces: Sequence[list[int]], place: int) -> tuple[list[int], int]:
    """The word pieces of one sentence with its context, and how many are its own."""
    own = pieces[place][:LONGEST_SENTENCE]
    before = [piece for part in pieces[max(0, place - BEFORE) : place] for piece in part]
    after = [piece for part in pieces[place + 1 : place + 1 + AFTER] for piece in part]
    room = LONGEST - len(own) - 4
    kept = min(len(before), max(room - min(len(after), room // 3), 0))
    before, after = before[len(before) - kept :], after[: max(room - kept, 0)]
    return [_CLS, *own, _SEP, *before, _SEP, *after, _SEP], len(own)


@functools.lru_cache(maxsize=2)
def encoder(folder: str) -> Encoder:
    """The encoder of a models folder, loaded once a process."""
    return Encoder(Path(folder))
