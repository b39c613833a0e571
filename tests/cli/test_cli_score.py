import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from journal.cli.root import journal


def corpus_of(path: Path, *texts: str) -> Path:
    lines = [{"id": n, "text": text} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def invoke(*words: str | Path, code: int = 0):
    result = CliRunner().invoke(journal, [str(word) for word in words])
    assert result.exit_code == code, result.stderr
    return result


@pytest.mark.parametrize(
    "bad",
    [b"{", b"[]", b'{"id": 1}', b'{"id": 1, "text": 5}', b'{"id": [], "text": "x"}', b'"\xff"', b'{"text": "\\ud83d"}'],
)
def test_a_bad_line_is_refused_in_the_words_of_analyse_before_any_is_scored(tmp_path, bad):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(b'\n{"text": ""}\n' + bad + b"\n")
    refused = invoke("score", corpus, "--out", tmp_path / "scores.parquet", code=2)
    assert "ine 3" in refused.stderr
    assert refused.stderr == invoke("analyse", "--lines", "--json", corpus, code=2).stderr
    assert list(tmp_path.iterdir()) == [corpus]


def test_a_file_that_is_there_is_replaced_only_when_asked_and_the_corpus_never(tmp_path):
    corpus, out = corpus_of(tmp_path / "corpus.jsonl"), tmp_path / "scores.parquet"
    out.write_bytes(b"old")
    assert "already" in invoke("score", corpus, "--out", out, code=2).stderr
    assert out.read_bytes() == b"old"
    invoke("score", corpus, "--out", out, "--force")
    assert pq.read_table(out).num_rows == 0
    before = corpus.read_bytes()
    assert "the corpus itself" in invoke("score", corpus, "--out", corpus, "--force", code=2).stderr
    assert corpus.read_bytes() == before


@pytest.mark.parametrize("words", [["-", "--out", "x"], ["none.jsonl", "--out", "x"], [".", "--out", "x"]])
def test_what_is_no_file_is_one_clear_error(words):
    assert invoke("score", *words, code=2).stdout == ""


def test_without_the_extra_the_error_names_it(tmp_path):
    corpus = corpus_of(tmp_path / "corpus.jsonl", " ")
    code = "import sys; sys.modules['pyarrow'] = None; from journal.cli import main; main(sys.argv[1:])"
    words = ["score", str(corpus), "--out", str(tmp_path / "scores.parquet")]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "small-l[study]" in done.stderr


def test_scoring_knows_no_vault() -> None:
    code = "import sys, journal.scoring.run, journal.scoring.cores, journal.scoring.cluster; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"journal.vault", "journal.service", "sqlcipher3", "spacy", "pyarrow", "distributed"} & set(loaded)
