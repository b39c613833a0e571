"""FORMAT.md tells what the writers beside it write."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2 as driver

from journal.vault import keys, vault
from journal.vault.vault import Vault

FORMAT = Path(vault.__file__).with_name("FORMAT.md").read_text("utf-8")
GOLDEN = Path(__file__).parent / "golden"


def derived(root: bytes, label: str, length: int = 32) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=label.encode()).derive(root)


def test_every_table_of_a_journal_is_told_of(vault: Vault) -> None:
    rows = vault._database.rows("SELECT name FROM sqlite_master WHERE type = 'table' OR type = 'view'")
    tables = {row[0] for row in rows if not re.match(r"sqlite_|found_", row[0])}
    assert {name for name in tables if f"`{name}`" not in FORMAT} == set()


def test_every_file_and_every_derived_key_is_told_of(home: Path, opened: Callable[[], Vault], phrase: str) -> None:
    with opened() as vault:
        vault.change_passphrase(phrase, "new")
        assert {path.name for path in home.iterdir() if f"`{path.name}`" not in FORMAT} == set()
    assert {label.decode() for label in keys._LABELS.values() if f"`{label.decode()}`" not in FORMAT} == set()


def test_a_released_journal_can_be_read_from_the_description_alone(tmp_path: Path) -> None:
    told = dict(line.split(": ", 1) for line in (GOLDEN / "002_corrections/open.txt").read_text("utf-8").splitlines())
    root = keys.root_from_words(told["words"])
    whole = json.loads((GOLDEN / "002_corrections/keys.json").read_text("ascii"))
    assert whole["check"] == derived(root, "small-l/check/1", 16).hex()

    copy = tmp_path / "journal.db"
    copy.write_bytes((GOLDEN / "002_corrections/journal.db").read_bytes())
    connection = driver.connect(str(copy))
    connection.execute(f"PRAGMA key = \"x'{derived(root, 'small-l/database/1').hex()}'\"")
    assert connection.execute("SELECT id FROM vault").fetchone() == (whole["vault"],)
    head = bytes(32)
    for number, entry, kind, digest, chain in connection.execute("SELECT * FROM links ORDER BY number"):
        link = head + number.to_bytes(8, "big") + entry.encode() + b"\0" + kind.encode() + b"\0" + digest
        head = hashlib.sha256(link).digest()
        assert head == chain
    connection.close()


def test_the_old_key_of_a_renewal_can_be_read_from_the_description_alone() -> None:
    told = dict(line.split(": ", 1) for line in (GOLDEN / "renewing/open.txt").read_text("utf-8").splitlines())
    whole = json.loads((GOLDEN / "renewing/keys.json").read_text("ascii"))
    new = keys.root_from_words(told["new_words"])
    header = {"format": whole["format"], "version": 1, "vault": whole["vault"], "kind": "previous"}
    associated = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    nonce, wrapped = (bytes.fromhex(whole["previous"][name]) for name in ("nonce", "wrapped"))
    old = AESGCM(derived(new, "small-l/renewal/1")).decrypt(nonce, wrapped, associated)
    assert old == keys.root_from_words(told["words"])
