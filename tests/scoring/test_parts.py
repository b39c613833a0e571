import resource
from pathlib import Path

import pytest
from scoring_cases import written

from journal.errors import BadInput, CannotWrite, JournalError
from journal.scoring.corpus import Corpus
from journal.scoring.parts import opened
from journal.scoring.table import labelled, part

DIGESTS = ("a" * 32, "b" * 32)


def body(tmp_path: Path, model: str = "m-1") -> bytes:
    """A part with no sentence in it."""
    from journal.domain import Analysis

    [chunk] = Corpus(written(tmp_path / "one.jsonl", ["One."])).chunks()
    return part(labelled(chunk, [Analysis(model, ())]), model)


def test_what_was_kept_is_found_again(tmp_path):
    for kept in (set(), {1}):
        with opened(tmp_path / "parts", "m-1", replace=False) as parts:
            assert parts.fit(DIGESTS, replace=False) == (kept, 0)
            parts.keep(1, DIGESTS[1], body(tmp_path))


def test_parts_of_another_model_are_refused_and_kept_until_they_may_be_replaced(tmp_path):
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        parts.keep(0, DIGESTS[0], body(tmp_path))
    with pytest.raises(BadInput, match="m-1, now m-2"), opened(tmp_path / "parts", "m-2", replace=False):
        pass
    assert list((tmp_path / "parts").glob("*.parquet"))
    with opened(tmp_path / "parts", "m-2", replace=True) as parts:
        assert parts.fit(DIGESTS, replace=True) == (set(), 0)
    assert not list((tmp_path / "parts").glob("*.parquet"))


def test_parts_of_another_corpus_are_refused_and_kept(tmp_path):
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        parts.keep(0, "c" * 32, body(tmp_path))
        with pytest.raises(BadInput, match="another corpus"):
            parts.fit(DIGESTS, replace=False)
        assert list((tmp_path / "parts").glob("*.parquet"))
        assert parts.fit(DIGESTS, replace=True) == (set(), 1)


def test_a_text_that_changed_costs_only_its_own_part(tmp_path):
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        parts.keep(0, DIGESTS[0], body(tmp_path))
        parts.keep(1, "c" * 32, body(tmp_path))
        assert parts.fit(DIGESTS, replace=False) == ({0}, 1)


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-9], lambda whole: b"", lambda whole: whole[:40] + b"~" + whole[41:]]
)
def test_a_damaged_part_is_scored_again(tmp_path, damage):
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        parts.keep(0, DIGESTS[0], damage(body(tmp_path)))
        assert parts.fit(DIGESTS, replace=False) == (set(), 0)


def test_two_runs_cannot_write_to_the_same_place(tmp_path):
    with (
        opened(tmp_path / "parts", "m-1", replace=False),
        pytest.raises(JournalError, match="Another run"),
        opened(tmp_path / "parts", "m-1", replace=True),
    ):
        pass


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(BadInput, match="none of this program's"), opened(tmp_path / "parts", "m-1", replace=True):
        pass
    assert (tmp_path / "parts" / "thesis.docx").read_bytes() == b"mine"


def test_a_full_disk_is_one_clear_error_leaves_no_half_part_and_keeps_the_others(tmp_path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    whole = body(tmp_path)
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        parts.keep(0, DIGESTS[0], whole)
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (500, limits[1]))
            with pytest.raises(CannotWrite, match="cannot be written"):
                parts.keep(1, DIGESTS[1], whole)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with opened(tmp_path / "parts", "m-1", replace=False) as parts:
        assert parts.fit(DIGESTS, replace=False) == ({0}, 0)
        parts.remove()
    assert not (tmp_path / "parts").exists()
