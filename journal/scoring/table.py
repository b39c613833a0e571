"""What scoring gives: two flat tables in Parquet, of labels, numbers and places; never a word of a text.

SCORES, one row for each sentence, in the order of the corpus:

    row       int64         which text of the corpus, from 0 (blank lines are not counted)
    id        string        the text's own id as it was given, whole numbers as digits; null where it had none
    sentence  int32         which sentence of its text, from 0
    start     int32         its first character in the text, from 0 (Unicode code points)
    end       int32         the character after its last
    level     string        task, team, system or other
    p_task, p_team, p_system, p_other
              double        how likely each level is, to six places; they sum to 1
    sure      bool          whether the reading is sure of the level
    acts      list<string>  what the sentence shows, such as voice or measure; mostly empty
    frame     string        production, problem_solving, learning, or null

SCORES with `.texts` before its ending, one row for each text, also where it has no sentence:

    row, id                 as above; `row` joins the two tables
    sentences int32         how many
    task, team, system, other
              int32         how many were read as each level

Both carry in their Parquet metadata `small_l.model`, the name and version of the model, and `small_l.schema`, the
number of this description. Two flat tables, because models with sentences in texts in writers take them as they are.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from journal.analysis.codec import to_dict
from journal.domain import LEVELS, Analysis
from journal.scoring.corpus import Chunk
from journal.scoring.extras import needing

Row = dict[str, Any]

SCHEMA = 1
"""Number of the description above; any change of a column changes it."""

GROUP_ROWS = 1 << 16
"""Sentences in a row group, about."""


def require_pyarrow() -> None:
    """Raises JournalError where pyarrow is not installed."""
    with needing("study"):
        import pyarrow.parquet  # noqa: F401 - 170 MB, an extra; only studies have it


def labelled(chunk: Chunk, analyses: Iterable[Analysis]) -> list[Row]:
    """One row for each text of a chunk, its sentences nested in it; plain values, made where the text is read."""
    rows = []
    for place, (text, analysis) in enumerate(zip(chunk.texts, analyses, strict=True), chunk.first):
        fields = to_dict(analysis)
        sentences = [_flat(number, sentence) for number, sentence in enumerate(fields["sentences"])]
        rows.append({"row": place, "id": text.id, **fields["counts"], "nested": sentences})
    return rows


def part(rows: list[Row], model: str) -> bytes:
    """The rows of a chunk as a small Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    table = pa.Table.from_pylist(rows, _part_schema(model))
    pq.write_table(table, out, compression="zstd", write_page_checksum=True)
    return out.getvalue()


def is_part(path: Path, model: str) -> bool:
    """Whether a file is a sound part by this model."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = _part_schema(model)
    try:
        found = pq.read_table(path, use_threads=False, partitioning=None, page_checksum_verification=True).schema
    except (pa.ArrowException, OSError):
        return False
    return bool(found.names == wanted.names and found.metadata == wanted.metadata)


def join(parts: Iterable[Path], sentences: Path, texts: Path, model: str) -> tuple[int, int]:
    """Write both tables from parts in order, synced to the disk; returns how many sentences and texts.

    Holds one row group in memory. Raises OSError.
    """
    import pyarrow.parquet as pq

    counted = [0, 0]
    schemas = _sentence_schema(model), _text_schema(model)
    with _created(sentences) as one, _created(texts) as other:
        with (
            pq.ParquetWriter(one, schemas[0], compression="zstd") as to_sentences,
            pq.ParquetWriter(other, schemas[1], compression="zstd") as to_texts,
        ):
            for group in _groups(parts, *schemas):
                for place, (writer, table) in enumerate(zip((to_sentences, to_texts), group, strict=True)):
                    counted[place] += table.num_rows
                    writer.write_table(table)
        for stream in (one, other):
            stream.flush()
            os.fsync(stream.fileno())
    return counted[0], counted[1]


def _created(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb")


def _groups(parts: Iterable[Path], sentence_schema: Any, text_schema: Any) -> Iterator[tuple[Any, Any]]:
    """Sentences and texts of as many parts as make a row group."""
    import pyarrow as pa

    waiting: list[tuple[Any, Any]] = []
    rows = 0
    for path in parts:
        waiting.append(_flattened(path, sentence_schema, text_schema))
        rows += max(table.num_rows for table in waiting[-1])
        if rows >= GROUP_ROWS:
            yield pa.concat_tables([s for s, _ in waiting]), pa.concat_tables([t for _, t in waiting])
            waiting, rows = [], 0
    if waiting:
        yield pa.concat_tables([s for s, _ in waiting]), pa.concat_tables([t for _, t in waiting])


def _flattened(path: Path, sentence_schema: Any, text_schema: Any) -> tuple[Any, Any]:
    """A part as its rows of sentences and of texts."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path, use_threads=False, partitioning=None).combine_chunks()
    nested = table.column("nested").combine_chunks()
    of_text = pc.list_parent_indices(nested)
    inner = pc.list_flatten(nested)
    columns = {name: table.column(name).take(of_text) for name in ("row", "id")}
    columns |= {field.name: pc.struct_field(inner, field.name) for field in inner.type}
    lengths = {name: table.column(name) for name in text_schema.names if name != "sentences"}
    lengths["sentences"] = pc.list_value_length(nested)
    return (
        pa.table([columns[name] for name in sentence_schema.names], schema=sentence_schema),
        pa.table([lengths[name] for name in text_schema.names], schema=text_schema),
    )


# --------------------------------------------------------------------------- schemas


def _flat(number: int, sentence: dict[str, Any]) -> dict[str, Any]:
    """A sentence of the shared shape without its evidence, its probabilities side by side."""
    kept = {name: sentence[name] for name in ("start", "end", "level", "sure", "acts", "frame")}
    return {"sentence": number, **kept, **{f"p_{level}": sentence["p"][level] for level in LEVELS}}


def _sentence_fields() -> list[Any]:
    import pyarrow as pa

    return [
        pa.field("sentence", pa.int32()),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
        pa.field("level", pa.string()),
        *(pa.field(f"p_{level}", pa.float64()) for level in LEVELS),
        pa.field("sure", pa.bool_()),
        pa.field("acts", pa.list_(pa.string())),
        pa.field("frame", pa.string()),
    ]


def _schema(model: str, fields: list[Any]) -> Any:
    import pyarrow as pa

    keys = [pa.field("row", pa.int64()), pa.field("id", pa.string())]
    return pa.schema([*keys, *fields], metadata={"small_l.model": model, "small_l.schema": str(SCHEMA)})


def _sentence_schema(model: str) -> Any:
    return _schema(model, _sentence_fields())


def _text_schema(model: str) -> Any:
    import pyarrow as pa

    return _schema(model, [pa.field(name, pa.int32()) for name in ("sentences", *LEVELS)])


def _part_schema(model: str) -> Any:
    import pyarrow as pa

    counts = [pa.field(level, pa.int32()) for level in LEVELS]
    return _schema(model, [*counts, pa.field("nested", pa.list_(pa.struct(_sentence_fields())))])
