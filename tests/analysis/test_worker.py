"""The child process and the app's end of it."""

import json
import subprocess
import sys

import pytest

from journal.analysis.client import AnalysisClient
from journal.errors import AnalysisUnavailable

COMMAND = (sys.executable, "-m", "journal.analysis.worker")


def test_the_worker_answers_each_line_and_repeats_no_text():
    lines = [b'{"id": "a", "text": "Nobody told me."}', b"secretword", b'{"id": "b"}', b"[]", b'{"id":1,"text":""}']
    ran = subprocess.run(COMMAND, input=b"\n".join(lines) + b"\n", capture_output=True, check=True)
    ready, first, *rest = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ready["ready"].startswith("small-l-1.")
    assert set(first) == {"id", "analysis"}
    assert set(first["analysis"]) == {"id", "model", "sentences", "counts"}
    assert [answer.get("error") for answer in rest] == ["bad_request", "bad_request", "bad_request", None]
    assert b"secretword" not in ran.stdout + ran.stderr


async def test_an_entry_comes_back_analysed_and_a_killed_worker_is_started_once_more(analyser):
    client = AnalysisClient()
    try:
        await client.start()
        assert client.model == analyser.model
        text = "I told the reg.\nWe moved the trolley so nobody leaves an arrest."
        levels = [s.level for s in analyser.analyse(text).sentences]
        assert [s.level for s in (await client.analyse(text)).sentences] == levels
        client._process.kill()
        assert [s.level for s in (await client.analyse(text)).sentences] == levels
        client._process.kill()
        with pytest.raises(AnalysisUnavailable):
            await client.analyse(text)
    finally:
        await client.close()


async def test_several_texts_together_come_back_as_each_alone(analyser):
    client = AnalysisClient()
    texts = ["I told the reg.", "", "We moved the trolley so nobody leaves an arrest. Bloods done."]
    try:
        assert await client.analyse_many(texts) == [await client.analyse(text) for text in texts]
    finally:
        await client.close()


async def test_a_command_that_cannot_start_is_reported():
    client = AnalysisClient((sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(AnalysisUnavailable):
        await client.start()
    with pytest.raises(AnalysisUnavailable):
        await AnalysisClient(("/nonexistent/program",)).start()


async def test_a_closed_client_starts_nothing_again():
    client = AnalysisClient((sys.executable, "-c", 'print(\'{"ready": "m"}\', flush=True); input()'))
    await client.start()
    await client.close()
    with pytest.raises(AnalysisUnavailable):
        await client.analyse("text")
