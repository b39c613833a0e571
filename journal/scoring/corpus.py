"""A corpus as a file, JSON Lines or Parquet: read in small chunks, as often as needed, never whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from journal.errors import BadInput
from journal.lines import TextId, bounded_lines, line_object, reading_faults, text_with_id
from journal.scoring.extras import needing

CHUNK_TEXTS, CHUNK_CHARACTERS = 64, 32_000
"""A chunk ends at so many texts, or after the text that makes it so long: some seconds of work."""

BATCH_ROWS = 64
"""Rows of Parquet decoded at once."""
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a corpus."""

    number: int
    """Its line or row, from 1, as in an error."""
    id: str | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Texts that are scored together; its `repr` shows none of them, for a cluster may log it."""

    number: int
    first: int
    """The place of its first text in the corpus, from 0."""
    texts: tuple[Text, ...] = field(repr=False)
    digest: str
    """SHA-256, 32 digits of it, over the place, the ids and the texts: all that its labels depend on but the model."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look over a whole corpus found."""

    digests: tuple[str, ...]
    """One for each chunk, in order."""
    sizes: tuple[int, ...]
    """The texts in each."""

    @property
    def texts(self) -> int:
        """How many there are."""
        return sum(self.sizes)


class Corpus:
    """Reads a file from its beginning each time; the same file always falls into the same chunks."""

    def __init__(self, path: Path, chunk_texts: int = CHUNK_TEXTS, chunk_characters: int = CHUNK_CHARACTERS) -> None:
        """Raises BadInput where there is no plain file."""
        if not path.is_file():
            raise BadInput(f"There is no file {path}.", "Name a plain file; a corpus is read more than once.")
        self.path = path
        self._most = chunk_texts, chunk_characters

    def survey(self, told: Callable[[int], None] = lambda texts: None) -> Survey:
        """Look at every text, so that a faulty one is known before any is scored; raises BadInput naming it."""
        digests, sizes = [], []
        for chunk in self.chunks():
            digests.append(chunk.digest)
            sizes.append(len(chunk.texts))
            told(chunk.first + sizes[-1])
        return Survey(tuple(digests), tuple(sizes))

    def chunks(self) -> Iterator[Chunk]:
        """The corpus in order; raises BadInput at the first line or row that cannot be used."""
        with reading_faults(str(self.path)):
            stream = self.path.open("rb")
        with stream:
            first = 0
            for number, texts in enumerate(_parted(_texts(stream, str(self.path)), *self._most)):
                yield Chunk(number, first, texts, _digest(first, texts))
                first += len(texts)


def _parted(texts: Iterable[Text], most_texts: int, most_characters: int) -> Iterator[tuple[Text, ...]]:
    part: list[Text] = []
    characters = 0
    for text in texts:
        part.append(text)
        characters += len(text.text)
        if len(part) >= most_texts or characters >= most_characters:
            yield tuple(part)
            part, characters = [], 0
    if part:
        yield tuple(part)


def _digest(first: int, texts: Iterable[Text]) -> str:
    found = hashlib.sha256(str(first).encode())
    for text in texts:
        found.update(json.dumps([text.id, text.text]).encode() + b"\n")
    return found.hexdigest()[:32]


def _texts(stream: BinaryIO, where: str) -> Iterator[Text]:
    with reading_faults(where):
        begins = stream.read(len(_PARQUET))
        stream.seek(0)
    return _rows(stream, where) if begins == _PARQUET else _lines(stream, where)


def _shown(text_id: TextId) -> str | None:
    return text_id if text_id is None or isinstance(text_id, str) else json.dumps(text_id)


# --------------------------------------------------------------------------- JSON Lines


def _lines(stream: BinaryIO, where: str) -> Iterator[Text]:
    for number, line in enumerate(bounded_lines(stream, where), 1):
        if line.strip():
            text_id, text = text_with_id(line_object(line, number), f"line {number}")
            yield Text(number, _shown(text_id), text)


# --------------------------------------------------------------------------- Parquet


def _rows(stream: BinaryIO, where: str) -> Iterator[Text]:
    """The columns id and text, a few rows at a time; other columns are not even read."""
    with needing("study"):
        import pyarrow as pa  # 170 MB, an extra; only studies have it
        import pyarrow.parquet as pq
    try:
        # A buffer and no read-ahead: else a whole row group would lie in memory.
        file = pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
        columns = _columns(file.schema_arrow)
        number = 0
        for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=columns, use_threads=False):
            for place in range(batch.num_rows):
                number += 1
                text_id, text = _row({name: batch.column(name)[place] for name in columns}, f"row {number}")
                yield Text(number, _shown(text_id), text)
    except (pa.ArrowException, OSError):
        raise BadInput(f"{where} cannot be read as Parquet.", "Write the file again, or give JSON Lines.") from None


def _columns(schema: Any) -> list[str]:
    """The columns to read; raises BadInput where there is none with texts, or one is of another kind."""
    import pyarrow.types as kinds

    def words(kind: Any) -> bool:
        kind = kind.value_type if kinds.is_dictionary(kind) else kind
        return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))

    if schema.names.count("text") != 1 or not words(schema.field("text").type):
        raise BadInput("There is no column “text” with texts in it.", "Give the columns “id” and “text”.")
    if "id" not in schema.names:
        return ["text"]
    kind = schema.field("id").type if schema.names.count("id") == 1 else None
    if kind is None or not (words(kind) or kinds.is_integer(kind) or kinds.is_null(kind)):
        raise BadInput("The column “id” holds neither texts nor whole numbers.", "Change it, or leave it out.")
    return ["id", "text"]


def _row(cells: dict[str, Any], where: str) -> tuple[TextId, str]:
    try:
        fields = {name: cell.as_py() for name, cell in cells.items()}
    except UnicodeDecodeError:
        raise BadInput(f"The text in {where} is not UTF-8.", "Write it again in UTF-8.") from None
    return text_with_id(fields, where)
