"""How well the model agrees with readers: about three minutes on one core.

    uv run --with scikit-learn python models/evaluate.py [--card models/README.md] [--examples]

Prints the report. With `--card` it goes into that model card instead, between its two comments, and the error rates on
the dev writers go to `models/rates.toml`, which the shift and the views read. Everything is read by the journal's own
analyser; the same corpus and model give the same report. scikit-learn is needed here and never to run the journal.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from evaluation import acts, adversarial, baselines, corpus, doubt, level, readers, shares, targets, voices
from evaluation.labels import Reader, of_readers, read
from evaluation.markdown import Unusable, placed, wrapped
from evaluation.rates import as_toml

from journal.analysis.analyser import Analyser
from journal.analysis.pipeline import model_name
from journal.english import read_manifest
from journal.errors import JournalError

HERE = Path(__file__).parent


def report(parts: corpus.Parts, analyser: Reader, with_examples: bool) -> str:
    """Every section, in order."""
    words = baselines.train(parts.train, parts.dev)
    test = read(analyser, parts.test)
    of_test = words.read(test.said)
    cases = tuple(corpus.cases(HERE / "corpus"))
    hard = read(analyser, [case.text for case in cases])
    tried = adversarial.Tried(cases, hard, words.read(hard.said))
    learnt = of_readers([sentence for text in parts.train for sentence in text.sentences])
    sections = [
        targets.section(test, of_test, tried),
        readers.section(corpus.second_reading(HERE / "corpus", (*parts.train, *parts.dev, *parts.test))),
        level.section(test, of_test),
        doubt.section(test, learnt),
        shares.section(test, of_test),
        acts.section(test, of_test),
        voices.section(test),
        adversarial.section(tried),
        *([adversarial.examples(tried)] if with_examples and tried.wrong.any() else []),
    ]
    return wrapped("\n\n".join(sections))


def name_on_disk() -> str:
    """What the model is called by its files as they are now."""
    return model_name(read_manifest(), HERE)


def headed(model: str, scores: str) -> str:
    return f"Model `{model}`.\n\n{scores}"


def write(card: Path, with_examples: bool) -> None:
    """Put the report into a card and the error rates beside it, or raise before either is touched."""
    placed(card.read_text("utf-8"), "")
    parts, analyser = corpus.parts(HERE / "corpus"), Analyser()
    before = analyser.model
    rates = as_toml(read(analyser, parts.dev), read(analyser, parts.test))
    scores = report(parts, analyser, with_examples)
    if name_on_disk() != before:
        raise Unusable("The model's files were changed while it was being scored; score it again.")
    (HERE / "rates.toml").write_text(rates, "utf-8")
    card.write_text(placed(card.read_text("utf-8"), headed(before, scores)), "utf-8")


def main() -> int:
    """Print the report, or write it into a card."""
    parser = argparse.ArgumentParser(description="Score the language model on writers it has never seen.")
    parser.add_argument("--card", type=Path, help="write into this model card, and the error rates beside it")
    parser.add_argument("--examples", action="store_true", help="end with up to ten adversarial errors, as sentences")
    given = parser.parse_args()
    try:
        if given.card:
            write(given.card, given.examples)
        else:
            analyser = Analyser()
            scores = report(corpus.parts(HERE / "corpus"), analyser, given.examples)
            print(headed(analyser.model, scores))
    except JournalError as problem:
        print(f"{problem.title} {problem.advice}", file=sys.stderr)
        return 1
    except Unusable as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
