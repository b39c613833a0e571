import json
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scoring_cases import Told, as_analyse_reads, diary_texts, here, rows, written

from journal.domain import ACTS, FRAMES, LEVELS
from journal.scoring.cores import on_cores
from journal.scoring.corpus import Corpus
from journal.scoring.reader import Scorer
from journal.scoring.run import Scores, model_now, parts_of, score

TEXTS = diary_texts(16)
CANARY = "zanzibar lorikeet"
NO_NETWORK = """
import socket, sys
def refuse(*args, **kwargs): raise SystemExit("NETWORK")
socket.socket.connect = socket.socket.sendto = socket.getaddrinfo = refuse
from journal.cli import main
if __name__ == "__main__":
    main(sys.argv[1:])
"""


def scored(path: Path, out: Path, watch: Told | None = None, scorer: Scorer = here) -> Scores:
    return score(Corpus(path, chunk_texts=4), out, scorer, watch or Told())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("corpus") / "corpus.jsonl", TEXTS)


@pytest.fixture(scope="module")
def scores(corpus: Path) -> Scores:
    """Scored once, by this process."""
    return scored(corpus, corpus.with_name("scores.parquet"))


def test_the_answers_are_those_of_analyse(scores):
    assert rows(scores.sentences_file) == as_analyse_reads(TEXTS)


def test_every_text_has_its_counts_also_one_of_no_words_and_one_that_comes_twice(scores):
    sentences, texts = rows(scores.sentences_file), rows(scores.texts_file)
    assert [(text["row"], text["id"]) for text in texts] == [(n, f"t{n}") for n in range(16)]
    for text in texts:
        levels = [sentence["level"] for sentence in sentences if sentence["row"] == text["row"]]
        assert {level: text[level] for level in LEVELS} == {level: levels.count(level) for level in LEVELS}
        assert text["sentences"] == len(levels)
    assert texts[-1]["sentences"] == 0
    assert {**texts[-2], "row": 0, "id": ""} == {**texts[-3], "row": 0, "id": ""}
    assert (scores.texts, scores.sentences) == (16, len(sentences))


def test_words_in_the_scores_are_labels_and_ids_alone_and_the_model_is_named(scores):
    for path in (scores.sentences_file, scores.texts_file):
        metadata = pq.read_schema(path).metadata
        assert (metadata[b"small_l.model"].decode(), metadata[b"small_l.schema"]) == (model_now(), b"1")
    for row in rows(scores.sentences_file):
        words = [value for name, value in row.items() if isinstance(value, str) and name != "id"]
        assert {*words, *row["acts"]} <= {*LEVELS, *ACTS, *FRAMES}


def test_two_processes_one_of_them_killed_write_the_same_bytes_as_one(scores, corpus, tmp_path):
    out = tmp_path / "scores.parquet"
    again = scored(corpus, out, Told(then=lambda: multiprocessing.active_children()[0].kill()), on_cores(2))
    assert out.read_bytes() == scores.sentences_file.read_bytes()
    assert again.texts_file.read_bytes() == scores.texts_file.read_bytes()
    assert not parts_of(out).exists()
    assert not multiprocessing.active_children()


def test_an_interrupted_run_goes_on_and_a_changed_text_costs_its_own_part(scores, corpus, tmp_path):
    def stop() -> None:
        raise KeyboardInterrupt

    own, out = written(tmp_path / "corpus.jsonl", [*TEXTS[:-1], "Bay four was short."]), tmp_path / "scores.parquet"
    with pytest.raises(KeyboardInterrupt):
        scored(own, out, Told(then=stop))
    assert not out.exists()
    written(own, TEXTS)
    told = Told()
    scored(own, out, told)
    assert (told.before, told.changed) == (4, 0)
    assert told.progress == [8, 12, 16]
    assert out.read_bytes() == scores.sentences_file.read_bytes()


def test_a_corpus_of_no_texts_gives_tables_of_no_rows(tmp_path):
    (tmp_path / "corpus.jsonl").write_text("\n")
    done = scored(tmp_path / "corpus.jsonl", tmp_path / "scores.parquet")
    assert (done.texts, done.sentences, rows(done.sentences_file), rows(done.texts_file)) == (0, 0, [], [])


def test_a_corpus_in_parquet_is_taken(scores, tmp_path):
    corpus = tmp_path / "corpus.parquet"
    pq.write_table(pa.table({"ward": ["x"] * 16, "text": TEXTS, "id": [f"t{n}" for n in range(16)]}), corpus)
    done = scored(corpus, tmp_path / "scores.parquet")
    assert done.sentences_file.read_bytes() == scores.sentences_file.read_bytes()


# --------------------------------------------------------------------------- a real run, killed


@pytest.fixture
def begun(tmp_path: Path):
    """Begin a real run with no terminal, no network, and all its own places inside `tmp_path`."""
    (tmp_path / "run.py").write_text(NO_NETWORK)
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    environment = os.environ | {
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "JOURNAL_HOME": str(tmp_path / "home" / "journal"),
        "PYTHONPATH": os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(Path.cwd())])),
    }

    def begin(*words: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, str(tmp_path / "run.py"), "score", *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )

    return begin


def holding(folder: Path, words: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def until(process: subprocess.Popen[bytes], seen) -> None:
    """Wait for something to be seen while a process runs."""
    while not seen():
        try:
            process.wait(timeout=0.02)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(process.stderr.read())


def test_a_killed_run_leaves_no_text_and_nobody_behind_and_the_same_command_goes_on(begun, tmp_path):
    quick, slow = [" "] * 63, [f"The {CANARY} sang in bay {n} again." for n in range(66)]
    corpus = written(tmp_path / "corpus.jsonl", [*quick, *slow, *quick, *quick])
    out, parts = tmp_path / "scores.parquet", tmp_path / "scores.parquet.parts"
    with begun(corpus, "--out", out, "--workers", "1") as process:
        until(process, lambda: list(parts.glob("*.parquet")))
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        told = process.stderr.read()
    assert psutil.wait_procs(family, timeout=300)[1] == []
    kept = len(list(parts.glob("*.parquet")))
    assert 1 <= kept < 4
    assert not out.exists()

    with begun(corpus, "--out", out, "--workers", "1", "--json", "--progress") as process:
        shown, more = process.communicate(timeout=300)
    assert process.returncode == 0, more
    assert f"{64 * kept} texts scored" in more.decode()
    assert "255 of 255 texts" in more.decode()
    assert json.loads(shown)["texts"] == 255
    assert not parts.exists()
    assert CANARY.encode() not in told + shown + more
    assert holding(tmp_path, CANARY) == [corpus]
    assert not (tmp_path / "home" / "journal").exists()

    whole = score(Corpus(corpus), tmp_path / "whole.parquet", here, Told())
    assert whole.sentences_file.read_bytes() == out.read_bytes()
    assert whole.texts_file.read_bytes() == (tmp_path / "scores.texts.parquet").read_bytes()
