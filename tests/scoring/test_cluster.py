"""A real Dask cluster on this machine: two worker processes, and one of them is killed on the way."""

import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import LocalCluster
from scoring_cases import Told, as_analyse_reads, diary_texts, rows, written

from journal.cli.root import journal
from journal.errors import BadInput
from journal.scoring.cluster import on_cluster
from journal.scoring.corpus import Corpus
from journal.scoring.run import score

TEXTS = diary_texts(16)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("dask")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", local_directory=str(folder)
    ) as made:
        yield made


def test_a_killed_worker_costs_no_answer(cluster, tmp_path):
    corpus = written(tmp_path / "corpus.jsonl", TEXTS)
    pids = [nanny.pid for nanny in cluster.workers.values()]
    told = Told(then=lambda: os.kill(pids[0], signal.SIGKILL))
    done = score(
        Corpus(corpus, chunk_texts=2), tmp_path / "scores.parquet", on_cluster(cluster.scheduler_address), told
    )
    assert len(told.progress) == 8
    assert rows(done.sentences_file) == as_analyse_reads(TEXTS)


def test_the_command_scores_on_a_cluster(cluster, tmp_path):
    corpus = written(tmp_path / "corpus.jsonl", TEXTS[:3])
    out = tmp_path / "scores.parquet"
    done = CliRunner().invoke(
        journal, ["score", str(corpus), "--out", str(out), "--scheduler", cluster.scheduler_address]
    )
    assert done.exit_code == 0, done.stderr
    assert rows(out) == as_analyse_reads(TEXTS[:3])


def test_where_no_scheduler_answers_is_said_in_one_clear_error(tmp_path: Path):
    corpus = Corpus(written(tmp_path / "corpus.jsonl", TEXTS[:1]))
    for address in ("tcp://127.0.0.1:9", "nonsense://here"):
        with pytest.raises(BadInput, match="No Dask scheduler"):
            score(corpus, tmp_path / "scores.parquet", on_cluster(address, wait=0.5), Told())
