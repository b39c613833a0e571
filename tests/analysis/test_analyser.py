"""The same text, the same answer; no network; altered weights are refused."""

import json
import shutil
import socket
import subprocess
import sys

import pytest

from journal import english
from journal.analysis.codec import from_dict, to_dict
from journal.analysis.lexicon import MalformedRules
from journal.analysis.pipeline import assemble, model_name
from journal.analysis.rules import read_rules
from journal.errors import AnalysisUnavailable, BadInput
from journal.resources import bundled

TEXTS = ["", "Nobody told the night team.", "I took bloods. We moved the trolley.", "again", "x " * 300, "tired"]


def test_a_text_reads_the_same_alone_and_among_others(analyser):
    together = list(analyser.analyse_many(TEXTS * 8))
    assert together[: len(TEXTS)] == [analyser.analyse(text) for text in TEXTS]
    assert together[-len(TEXTS) :] == together[: len(TEXTS)]


def test_analysis_opens_no_socket(analyser, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert analyser.analyse("The reg rang the lab.").sentences


def test_an_analysis_survives_the_way_through_json(analyser):
    analysis = analyser.analyse("I asked the HCA what she would change. Tired.")
    again = from_dict(json.loads(json.dumps(to_dict(analysis, "e1"))))
    assert [s.level for s in again.sentences] == [s.level for s in analysis.sentences]
    assert again.sentences[0].evidence == analysis.sentences[0].evidence
    with pytest.raises(BadInput):
        from_dict({"model": "m", "sentences": [{"start": 0}]})


@pytest.fixture
def copy(tmp_path):
    """A folder with the installed English pipeline's files, free to be altered."""
    manifest = english.read_manifest()
    source = english.installed(manifest)[0]
    target = tmp_path / "english"
    shutil.copytree(source, target)
    return manifest, target


def test_altered_weights_are_not_used(copy):
    manifest, folder = copy
    assert english.is_sound(manifest, folder)
    weights = folder / "parser" / "model"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00")
    with pytest.raises(AnalysisUnavailable) as refused:
        english.verified(manifest, [folder])
    assert refused.value.advice


def test_an_unknown_file_beside_the_weights_is_refused(copy):
    manifest, folder = copy
    (folder / "extra.py").write_text("")
    assert not english.is_sound(manifest, folder)


def test_the_other_english_package_is_used_where_the_first_is_altered(copy):
    manifest, folder = copy
    (folder / "tokenizer").write_bytes(b"")
    sound = english.installed(manifest)[0]
    assert english.verified(manifest, [folder, sound]) == sound


def test_a_missing_pipeline_says_what_to_do():
    with pytest.raises(AnalysisUnavailable) as missing:
        assemble(english.read_manifest(), [], bundled("models"))
    assert "Install" in missing.value.advice


def test_a_change_of_rules_changes_the_models_name(tmp_path):
    shutil.copytree(bundled("models") / "rules", tmp_path / "rules")
    shutil.copytree(bundled("models") / "config", tmp_path / "config")
    shutil.copytree(bundled("models") / "encoder", tmp_path / "encoder")
    manifest = english.read_manifest()
    before = model_name(manifest, tmp_path)
    assert before == model_name(manifest, bundled("models"))
    with (tmp_path / "rules" / "level.toml").open("a") as file:
        file.write("\n# changed\n")
    assert model_name(manifest, tmp_path) != before


@pytest.mark.parametrize(
    "rule",
    [
        {"id": "a", "for": {"task": 1}, "why": "w", "any": ["x"], "colour": 1},
        {"id": "a", "for": {"nurse": 1}, "why": "w", "any": ["x"]},
        {"id": "a", "for": {"task": 1}, "why": "w", "any": ["@nosuch"]},
        {"id": "a", "for": {"task": 1}, "why": "w", "clause": [{"adverb": "x"}]},
        {"id": "a", "for": {"task": 1}, "why": "w", "when": ["nosuch"]},
        {"id": "a", "for": {"task": "much"}, "why": "w", "any": ["x"]},
        {"id": "a", "for": {"task": 1}, "why": "w"},
    ],
)
def test_a_rule_that_cannot_be_understood_is_refused(rule):
    with pytest.raises(MalformedRules):
        read_rules({"rule": [rule]}, {"role": "\ue000"}, ("task",))


def test_making_an_analyser_loads_no_language_model():
    code = (
        "import sys; from journal.analysis.analyser import Analyser; from journal.analysis.client import "
        "AnalysisClient; Analyser(); AnalysisClient(); sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
