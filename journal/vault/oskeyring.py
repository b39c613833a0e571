"""The keyring of the computer: one random key a journal, which whoever is logged in can use."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from journal.errors import JournalError
from journal.vault.slots import hexadecimal

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "small-l"
KEY_BYTES = 32
_RECOMMENDED = 1
"""Least priority of a backend fit for secrets (`keyring.backend.KeyringBackend.priority`): below it lie those that
keep them in a plain file, forget them, or only fail."""
_ADVICE = "Use your passphrase; it opens the journal as before."


class KeyringUnavailable(JournalError):
    """The computer has no keyring fit for secrets, it does not answer, or it holds no key of this journal."""


def keep(vault_id: str, key: bytes) -> None:
    """Keep the key of a journal, in place of an earlier one. Raises KeyringUnavailable."""
    with _answering() as backend:
        backend.set_password(SERVICE, vault_id, key.hex())
    if kept(vault_id) != key:
        raise KeyringUnavailable("The keyring of this computer did not keep what was given to it.", _ADVICE)


def kept(vault_id: str) -> bytes:
    """The key of a journal. Raises KeyringUnavailable."""
    with _answering() as backend:
        found = backend.get_password(SERVICE, vault_id)
    try:
        return bytes.fromhex(hexadecimal(found, KEY_BYTES))
    except ValueError:
        raise KeyringUnavailable(
            "The keyring of this computer holds no key of this journal.",
            f"{_ADVICE} To make a new one: journal keys keyring on",
        ) from None


def forget(vault_id: str) -> None:
    """Take the key of a journal out, if it is there. Raises KeyringUnavailable."""
    with _answering() as backend:
        if backend.get_password(SERVICE, vault_id) is not None:
            backend.delete_password(SERVICE, vault_id)


@contextlib.contextmanager
def _answering() -> Iterator[KeyringBackend]:
    try:
        import keyring  # an extra, and 0.1 s of plug-ins; only where the person switched it on
    except ImportError:
        raise KeyringUnavailable(
            "The part that talks to the keyring is not installed.",
            f"Install it: pip install 'small-l[keyring]'. {_ADVICE}",
        ) from None
    try:
        backend = keyring.get_keyring()
        if backend.priority < _RECOMMENDED:
            raise KeyringUnavailable("This computer offers no keyring that keeps secrets safe.", _ADVICE)
        yield backend
    except JournalError:
        raise
    except Exception:  # backends are plug-ins, and raise whatever their own libraries do
        raise KeyringUnavailable("The keyring of this computer does not answer.", _ADVICE) from None
