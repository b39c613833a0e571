import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scoring_cases import written

from journal.errors import BadInput
from journal.scoring.corpus import Corpus

TEXTS = [f"Bay {n} was short again." for n in range(20)]


def ids(path: Path) -> list[str | None]:
    return [text.id for chunk in Corpus(path).chunks() for text in chunk.texts]


def test_lines_and_parquet_fall_into_the_same_chunks(tmp_path):
    lines = written(tmp_path / "c.jsonl", TEXTS)
    table = pa.table({"ward": ["x"] * 20, "text": TEXTS, "id": [f"t{n}" for n in range(20)]})
    pq.write_table(table, tmp_path / "c.parquet", row_group_size=3)
    first, second = (Corpus(path, chunk_texts=6).survey() for path in (lines, tmp_path / "c.parquet"))
    assert first == second
    assert first.sizes == (6, 6, 6, 2)


def test_a_chunk_ends_when_it_is_long_enough(tmp_path):
    lines = written(tmp_path / "c.jsonl", ["a" * 10, "b" * 10, "c" * 40, "d"])
    assert Corpus(lines, chunk_characters=20).survey().sizes == (2, 1, 1)


def test_nothing_of_a_text_shows_where_a_chunk_is_logged(tmp_path):
    [chunk] = Corpus(written(tmp_path / "c.jsonl", ["zanzibar lorikeet"])).chunks()
    assert "zanzibar" not in repr(chunk) + repr(chunk.texts[0])


def test_blank_lines_are_no_texts_but_count_as_lines(tmp_path):
    (tmp_path / "c.jsonl").write_text('\n{"text": "One."}\n \n{"id": 7, "text": "Two."}\n{"text": 5}\n')
    read = Corpus(tmp_path / "c.jsonl", chunk_texts=1).chunks()
    assert [next(read).texts[0].number for _ in range(2)] == [2, 4]
    with pytest.raises(BadInput, match="Line 5"):
        next(read)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (pa.array([1, 2, None], pa.int16()), ["1", "2", None]),
        (pa.array(["a", "b", None]).dictionary_encode(), ["a", "b", None]),
        (pa.array(["a", "a", "a"], pa.large_string()), ["a", "a", "a"]),
        (pa.nulls(3), [None, None, None]),
    ],
)
def test_ids_come_as_words_or_whole_numbers(tmp_path, given, shown):
    pq.write_table(pa.table({"id": given, "text": TEXTS[:3]}), tmp_path / "c.parquet")
    assert ids(tmp_path / "c.parquet") == shown


def test_a_corpus_needs_no_ids(tmp_path):
    pq.write_table(pa.table({"text": TEXTS[:2]}), tmp_path / "c.parquet")
    assert ids(tmp_path / "c.parquet") == [None, None]


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"text": ["a", None]}, "Row 2"),
        ({"text": ["a", "b", "c\0"]}, "row 3"),
        ({"text": [1, 2]}, "column “text”"),
        ({"words": ["a"]}, "column “text”"),
        ({"id": [1.5], "text": ["a"]}, "column “id”"),
    ],
)
def test_a_row_or_column_that_cannot_be_used_is_named(tmp_path, columns, named):
    pq.write_table(pa.table(columns), tmp_path / "c.parquet")
    with pytest.raises(BadInput, match=named):
        Corpus(tmp_path / "c.parquet").survey()


def test_bytes_that_are_no_text_are_named_by_their_row(tmp_path):
    bad = pa.array([b"a", b"\xff\xfe"]).cast(pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": bad}), tmp_path / "c.parquet")
    with pytest.raises(BadInput, match="row 2"):
        Corpus(tmp_path / "c.parquet").survey()


def test_half_a_parquet_file_is_one_clear_error(tmp_path):
    pq.write_table(pa.table({"text": TEXTS}), tmp_path / "c.parquet")
    whole = (tmp_path / "c.parquet").read_bytes()
    (tmp_path / "c.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="Parquet"):
        Corpus(tmp_path / "c.parquet").survey()


def test_every_change_of_a_text_its_id_or_its_place_changes_its_chunk(tmp_path):
    lines = [{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}]
    others = [lines[::-1], [lines[0], {"id": "b", "text": "Two!"}], [lines[0], {"id": "c", "text": "Two."}]]
    digests = set()
    for number, given in enumerate([lines, *others]):
        path = tmp_path / f"{number}.jsonl"
        path.write_text("\n".join(map(json.dumps, given)))
        digests.add(Corpus(path).survey().digests)
    assert len(digests) == 4
