"""Weigh the encoder against the rules and set the thresholds: writes `models/config/pipeline.toml`.

    uv run python models/fit.py

Uses the writers whom `models/corpus/split.toml` keeps for it; nothing else was trained on them. Levels: maximum
likelihood of bias + encoder weight · encoder + rules weight · rules, by logistic regression over those terms. Acts:
one weight of the rules for all acts and a threshold for each, drawn towards a common one since some acts are rare.
Frames: one weight and one threshold. `train.py` ends with this step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from evaluation.corpus import Labelled, parts
from numpy.typing import NDArray
from scipy.optimize import minimize

from journal.analysis.components import ENCODED, READINGS, rules
from journal.analysis.encoder import Encoded
from journal.analysis.pipeline import load
from journal.analysis.reading import Reading
from journal.analysis.rules import hits, score
from journal.domain import ACTS, FRAMES, LEVELS

MODELS = Path(__file__).parent
TIED = 20.0
"""Examples' worth of trust in the common threshold of all acts."""

CHEAP = 0.02
"""F1 on the dev writers too little to tell two weights apart."""

Row = tuple[Labelled, Reading, Encoded]


def rows() -> list[Row]:
    """Each labelled sentence of the writers kept for this, with the model's own sentence of the same span."""
    found: list[Row] = []
    texts = parts(MODELS / "corpus").dev
    for text, doc in zip(texts, load().nlp.pipe(text.text for text in texts), strict=True):
        pairs = zip(doc.user_data[READINGS], doc.user_data[ENCODED], strict=True)
        by_span = {(reading.start, reading.end): (reading, encoded) for reading, encoded in pairs}
        found += [
            (label, *by_span[label.start, label.end]) for label in text.sentences if (label.start, label.end) in by_span
        ]
    return found


def spoken(found: Sequence[Row], name: str, labels: tuple[Any, ...]) -> NDArray[np.float64]:
    """What the rules of one file say: summed weights (sentences, labels)."""
    some = rules(str(MODELS / "rules"), name, labels)
    return np.array([[score(hits(some, reading), label) for label in labels] for _, reading, _ in found])


# --------------------------------------------------------------------------- levels


def levels(found: Sequence[Row]) -> dict[str, Any]:
    """Weights, bias and the probability from which an answer is sure."""
    encoder = np.array([encoded.level for *_, encoded in found])
    ruled = spoken(found, "level", LEVELS)
    true = np.array([LEVELS.index(label.level) for label, *_ in found])

    def odds(v: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(v[0] * encoder + v[1] * ruled + np.append(v[2:], 0.0))

    def loss(v: NDArray[np.float64]) -> float:
        return float(-np.log(_softmax(odds(v))[np.arange(len(true)), true]).mean() + 0.005 * np.sum(v[2:] ** 2))

    best = minimize(loss, [1.0, 0.2, 0, 0, 0], bounds=[(0, None), (0, None), *[(None, None)] * 3]).x
    p = _softmax(odds(best))
    right = p.argmax(1) == true
    print(f"levels: agreement {right.mean():.3f} on {len(true)} sentences, loss {loss(best):.3f}")
    return {
        "encoder_weight": best[0],
        "rules_weight": best[1],
        "sure_from": _sure_from(p.max(1), right),
        "bias": dict(zip(LEVELS, (*best[2:], 0.0), strict=True)),
    }


def _softmax(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(odds - odds.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def _sure_from(top: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """The lowest top probability whose answers, with the forty just above it, are right more often than not."""
    order = np.argsort(top)
    for place in range(0, len(order) - 40, 5):
        if right[order[place : place + 40]].mean() > 0.5:
            return float(top[order[place]])
    return float(top[order[-1]])


# --------------------------------------------------------------------------- acts and frames


def acts(found: Sequence[Row]) -> dict[str, Any]:
    """The weight of the rules and the threshold of each act, for the most F1 over all acts."""
    encoder = np.array([encoded.acts for *_, encoded in found])
    ruled = spoken(found, "acts", ACTS)
    true = np.array([[act in label.acts for act in ACTS] for label, *_ in found])
    weight = _weight(np.arange(0, 2.1, 0.1), lambda w: _best(encoder + w * ruled, true)[1])
    odds = encoder + weight * ruled
    common, f1 = _best(odds, true)
    threshold = {}
    for place, act in enumerate(ACTS):
        own, _ = _best(odds[:, [place]], true[:, [place]])
        seen = true[:, place].sum()
        threshold[act] = (seen * own + TIED * common) / (seen + TIED)
    tied = _f1(odds >= np.array(list(threshold.values())), true)
    print(f"acts: micro-F1 {f1:.3f} with one threshold, {tied:.3f} with one for each")
    return {"rules_weight": weight, "threshold": threshold}


def frames(found: Sequence[Row]) -> dict[str, Any]:
    """The weight of the rules and the threshold above which a frame is named."""
    none, some = (np.array(part) for part in zip(*((e.frame[0], e.frame[1:]) for *_, e in found), strict=True))
    ruled = spoken(found, "frame", FRAMES)
    true = np.array([[frame == label.frame for frame in FRAMES] for label, *_ in found])

    def named(weight: float) -> NDArray[np.float64]:
        odds = some - none[:, np.newaxis] + weight * ruled
        return np.asarray(np.where(odds == odds.max(1, keepdims=True), odds, -np.inf))

    weight = _weight(np.arange(0, 3.1, 0.25), lambda w: _best(named(w), true)[1])
    threshold, f1 = _best(named(weight), true)
    print(f"frames: micro-F1 {f1:.3f} of {true.sum()} examples")
    return {"rules_weight": weight, "threshold": threshold}


def _weight(tried: NDArray[np.float64], f1: Callable[[float], float]) -> float:
    """The most weight of the rules that costs next to nothing, for they are what says why."""
    found = [f1(float(weight)) for weight in tried]
    return float(max(weight for weight, value in zip(tried, found, strict=True) if value >= max(found) - CHEAP))


def _best(odds: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold with the most F1, and that F1."""
    tried = [(float(t), _f1(odds >= t, true)) for t in np.arange(-3, 4, 0.1)]
    return max(tried, key=lambda pair: pair[1])


def _f1(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (said & true).sum() / max(1, said.sum() + true.sum()))


# --------------------------------------------------------------------------- the file

HEAD = """\
# Settings of the journal's own components, in log-odds. Written by models/fit.py from the writers kept for it.
"""


def written(sections: dict[str, dict[str, Any]]) -> str:
    """The settings as TOML, numbers to three places."""
    lines = [HEAD]
    for name, values in sections.items():
        lines += [f"[{name}]", *(f"{key} = {_number(v)}" for key, v in values.items() if not isinstance(v, dict)), ""]
        for key, inner in values.items():
            if isinstance(inner, dict):
                lines += [f"[{name}.{key}]", *(f"{label} = {_number(v)}" for label, v in inner.items()), ""]
    return "\n".join(lines)


def _number(value: float) -> float:
    return round(float(value), 3)


def main() -> None:
    """Fit all three and write the file."""
    found = rows()
    parts_: dict[str, Callable[[Sequence[Row]], dict[str, Any]]] = {
        "small_l_level": levels,
        "small_l_acts": acts,
        "small_l_frame": frames,
    }
    text = written({name: fitted(found) for name, fitted in parts_.items()})
    (MODELS / "config" / "pipeline.toml").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
