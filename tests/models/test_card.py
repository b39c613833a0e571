"""The model card speaks of the model that is there."""

from pathlib import Path

from evaluation.corpus import parts

from journal.analysis.pipeline import model_name
from journal.english import read_manifest

MODELS = Path(__file__).parents[2] / "models"


def test_the_scores_in_the_card_are_of_the_model_that_is_shipped() -> None:
    assert f"Model `{model_name(read_manifest(), MODELS)}`" in (MODELS / "README.md").read_text("utf-8")


def test_the_card_counts_the_corpus_as_it_is() -> None:
    found = parts(MODELS / "corpus")
    texts = [text for text in (*found.train, *found.dev, *found.test) if text.writer]
    sentences = sum(len(text.sentences) for text in texts)
    writers = len({text.writer for text in texts})
    card = " ".join((MODELS / "README.md").read_text("utf-8").split())
    assert f"{len(texts):,} diary entries, {sentences:,} sentences, by {writers} imagined writers" in card
