"""A vault of every form that was released opens, by passphrase and by words, and nothing in it is lost."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from journal.domain import EntryContent, Step
from journal.vault import keyfile, keys
from journal.vault.vault import Vault

GOLDEN = Path(__file__).parent / "golden"
FORMS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
HEBREW = "\u200f\u05e2\u05d1\u05e8\u05d9\u05ea\u200e"
TEXTS = {
    "a": f"Two bloods were missed.\r\nBoth mine — naïve, tired. {HEBREW} 🩺\t \n",
    "b": "I was late, and nobody asked why.",
    "c": "To be taken back.",
}


def copied(form: str, folder: Path) -> dict[str, str]:
    """Put a copy of a golden vault into `folder`; what opens it."""
    shutil.copytree(GOLDEN / form, folder)
    folder.chmod(0o700)
    if not (folder / "journal.db").exists():
        shutil.copy(GOLDEN / "002_corrections" / "journal.db", folder)
    for path in folder.iterdir():
        path.chmod(0o600)
    return dict(line.split(": ", 1) for line in (folder / "open.txt").read_text("utf-8").splitlines())


def hold_everything(vault: Vault, form: str) -> None:
    one, two, three = (vault.entries.get(letter * 32) for letter in "abc")
    assert one.content == EntryContent(
        TEXTS["a"],
        steps=(Step("What happened", "Two bloods were missed."), Step("So what", "")),
        event_date=date(2026, 3, 8),
        prompt_id="small-1",
        prompt="What was missed?",
        prompt_family="noticing",
        placement="Renal",
        setting="ward",
        role="FY1",
        tags=("handover", "späte Schicht"),
    )
    assert (two.content.text, two.revision) == (TEXTS["b"], 2)
    assert [revision.content.text for revision in vault.entries.revisions(two.id)] == ["I was late.", TEXTS["b"]]
    assert (three.content.text, three.deleted) == (TEXTS["c"], "2026-03-11T20:41:00+00:00")
    assert {entry.id for entry in vault.entries.all()} == {"a" * 32, "b" * 32}
    assert {draft.content.text for draft in vault.drafts.all()} == {"Half a thought abou", "I was late, and"}
    assert [sentence.level for sentence in vault.analyses.get(two.id, 1, "m-1").sentences] == ["task"]
    assert vault.reflections.lift(one.id).answer == "It taught me to ask."
    assert [act.text for act in vault.reflections.open_acts()] == ["Ask the registrar why."]
    assert vault.settings.get("theme") == "small-l-night"
    assert len(vault.corrections.of(two.id, 1)) == (0 if form == "001_first" else 1)
    assert [check for check in vault.check() if not check.ok] == []


@pytest.mark.parametrize(("form", "secret"), [*((form, "passphrase") for form in FORMS), ("several_keys", "second")])
def test_a_vault_of_every_released_form_opens_by_passphrase(
    tmp_path: Path, now: datetime, form: str, secret: str
) -> None:
    told = copied(form, tmp_path / "vault")
    for _ in range(2):  # the second time as this program left it
        with Vault.open(tmp_path / "vault", told[secret], now=now, floor=keys.CHEAP) as vault:
            hold_everything(vault, form)


@pytest.mark.parametrize(
    ("form", "secret", "keys_file"),
    [*((form, "words", kept) for form in FORMS for kept in ("whole", "lost")), ("renewing", "new_words", "whole")],
)
def test_a_vault_of_every_released_form_opens_by_its_words(
    tmp_path: Path, now: datetime, form: str, secret: str, keys_file: str
) -> None:
    told = copied(form, tmp_path / "vault")
    if keys_file == "lost":
        (tmp_path / "vault" / "keys.json").unlink()
    with Vault.recover(tmp_path / "vault", told[secret], "new", now=now, kdf=keys.CHEAP) as vault:
        hold_everything(vault, form)
    with Vault.open(tmp_path / "vault", "new", now=now, floor=keys.CHEAP) as vault:
        hold_everything(vault, form)


def test_the_key_of_a_keyring_opens_its_slot_of_a_released_form(tmp_path: Path, now: datetime) -> None:
    told = copied("several_keys", tmp_path / "vault")
    found = keyfile.read_key_file(tmp_path / "vault")
    root = found.unwrap_by_key(bytes.fromhex(told["keyring"]), keys.CHEAP)
    assert root == keys.root_from_words(told["words"])
    assert [slot.name for slot in found.slots] == ["passphrase", "für meine Frau", "keyring"]


def test_a_key_file_of_every_released_form_is_written_again_as_it_was_read() -> None:
    for form in FORMS:
        raw = (GOLDEN / form / "keys.json").read_bytes()
        assert keyfile.to_bytes(keyfile.from_bytes(raw)) == raw
