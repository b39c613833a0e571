import pytest

from journal.errors import BadInput, VaultDamaged
from journal.vault import keys


def test_the_recovery_words_of_a_known_key_are_those_of_the_standard() -> None:
    assert keys.recovery_words(bytes(32)) == ("abandon",) * 23 + ("art",)
    assert keys.recovery_words(b"\xff" * 32) == ("zoo",) * 23 + ("vote",)


def test_every_root_key_comes_back_from_its_words() -> None:
    for _ in range(20):
        root = keys.new_root_key()
        assert len(root) == 32
        assert keys.root_from_words(" ".join(keys.recovery_words(root))) == root


def test_words_may_be_typed_the_way_a_tired_person_types_them(root: bytes) -> None:
    words = keys.recovery_words(root)
    numbered = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, 1))
    assert keys.root_from_words(numbered) == root
    assert keys.root_from_words("  " + " ,  ".join(word.title() for word in words) + "\t") == root
    assert keys.root_from_words(" ".join(f"{number}){word}" for number, word in enumerate(words, 1))) == root


def test_the_first_unknown_word_is_named_by_its_place_and_not_repeated(root: bytes) -> None:
    words = list(keys.recovery_words(root))
    words[6] = "zzyzx"
    with pytest.raises(BadInput, match="Word 7") as caught:
        keys.root_from_words(" ".join(words))
    assert "zzyzx" not in caught.value.title + caught.value.advice


def test_words_too_few_are_counted(root: bytes) -> None:
    with pytest.raises(BadInput, match="23 were given"):
        keys.root_from_words(" ".join(keys.recovery_words(root)[:23]))
    with pytest.raises(BadInput, match="0 were given"):
        keys.root_from_words("")


def test_two_words_that_changed_places_do_not_fit_together(root: bytes) -> None:
    words = list(keys.recovery_words(root))
    words[0], words[1] = words[1], words[0]
    with pytest.raises(BadInput, match="do not fit together"):
        keys.root_from_words(" ".join(words))


def test_the_database_key_of_a_root_key_never_changes() -> None:
    expected = "a9f4b43322ec21b158a92e4b9a955000bbb211ceb38429eb5846da818df42747"
    assert keys.derived(bytes(range(32)), "database").hex() == expected
    assert keys.derived(bytes(range(32)), "check") != keys.derived(bytes(range(32)), "database")


def test_a_passphrase_is_the_same_however_its_accents_were_typed() -> None:
    salt = bytes(16)
    assert keys.stretched("caf\u00e9", salt, keys.CHEAP) == keys.stretched("cafe\u0301", salt, keys.CHEAP)
    assert keys.stretched("cafe", salt, keys.CHEAP) != keys.stretched("caf\u00e9", salt, keys.CHEAP)


def test_half_a_character_in_a_passphrase_is_refused() -> None:
    with pytest.raises(BadInput, match="half a character"):
        keys.stretched("a\ud800", bytes(16), keys.CHEAP)


def test_calibration_never_goes_below_the_floor_of_rfc_9106() -> None:
    found = keys.calibrate(seconds=0.0, free_kib=0)
    assert (found.memory_kib, found.iterations, found.lanes) == (65536, 3, 4)


def test_calibration_takes_at_most_a_quarter_of_the_free_memory_and_then_more_passes() -> None:
    found = keys.calibrate(seconds=5.0, free_kib=400 * 1024)
    assert 64 * 1024 <= found.memory_kib <= 100 * 1024
    assert found.iterations > 3
    keys.refuse_unsafe(found, keys.FLOOR)


@pytest.mark.parametrize(
    ("memory", "iterations", "lanes"),
    [(65535, 3, 4), (65536, 2, 4), (2**31, 3, 4), (65536, 10**9, 4), (65536, 3, 10**6), (65536, 3, 0)],
)
def test_weak_and_absurd_costs_are_refused(memory: int, iterations: int, lanes: int) -> None:
    with pytest.raises(VaultDamaged, match=r"keys\.json asks for"):
        keys.refuse_unsafe(keys.KdfProfile("x", memory, iterations, lanes), keys.FLOOR)
