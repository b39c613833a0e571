"""A new root key for a journal that exists, in an order in which a power cut at any point leaves it open to its owner.

1. keys.json is replaced by one whose slots hold the new root key, and in which the new root key opens the old one.
   From here on the passphrase and the new words open the journal, whichever key its database is under.
2. The database is encrypted anew in one transaction (`PRAGMA rekey`): a rollback journal under the old key until the
   end, and the new key after it.
3. keys.json is replaced by one without the old root key.

What is cut off between 1 and 3 is carried on by the next opening.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from journal.errors import CannotWrite, VaultDamaged
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.keyfile import KeyFile, write_key_file
from journal.vault.keys import derived


def settled(folder: Path, keys: KeyFile, root: bytes) -> bytes:
    """The root key the database is under, after a renewal that was cut off was carried on.

    That is the old one where there is no room to carry on; the next opening tries again. Raises VaultDamaged.
    """
    if (old := keys.old_root(root)) is None:
        return root
    if not _opens(folder, root):
        database = Database(folder / DATABASE_FILE, derived(old, "database"))
        try:
            switch(database, root)
        except CannotWrite:
            return old
        finally:
            database.close()
    with contextlib.suppress(OSError):  # then the next opening does it
        write_key_file(folder, keys.settled())
    return root


def switch(database: Database, root: bytes) -> None:
    """Encrypt the database anew, whole or not at all. Raises CannotWrite where there is no room for it."""
    key = derived(root, "database")
    with database.held() as connection:
        try:
            done = connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"").fetchall()
        except driver.OperationalError:  # it has one code for all that can go wrong
            done = []
    if not done:
        raise CannotWrite(
            "The journal could not be encrypted anew.",
            "It needs as much room on the disk again as journal.db takes. Nothing was lost.",
        )


def renew(folder: Path, database: Database, before: KeyFile, after: KeyFile, roots: tuple[bytes, bytes]) -> None:
    """Go from the old root key to the new one; `after` is the file of step 1.

    Raises VaultDamaged before anything is changed where a page of the database cannot be read, and CannotWrite, after
    which the old keys and words hold.
    """
    old, new = roots
    if database.rows("PRAGMA cipher_integrity_check"):
        raise VaultDamaged(
            "journal.db is damaged, so its key was not changed.", "Run journal doctor, which says what is damaged."
        )
    write_key_file(folder, after)
    try:
        switch(database, new)
    except CannotWrite:
        _go_back(folder, before, old)
        raise
    write_key_file(folder, after.settled())


def _go_back(folder: Path, before: KeyFile, old: bytes) -> None:
    """Put the old keys back once the database is known to be under them."""
    if not _opens(folder, old):
        return
    try:
        write_key_file(folder, before)
    except OSError:
        raise CannotWrite(
            "The journal could not be encrypted anew, and the disk is too full to go back.",
            "Nothing is lost. Keep the old words and the new ones, make room and open the journal: it goes on then.",
        ) from None


def _opens(folder: Path, root: bytes) -> bool:
    try:
        Database(folder / DATABASE_FILE, derived(root, "database")).close()
    except VaultDamaged:
        return False
    return True
