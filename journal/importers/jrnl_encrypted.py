"""The encrypted file of jrnl, version 2 and later; held to files that jrnl 4.1 and 4.6 wrote.

One Fernet token (AES-128-CBC with HMAC-SHA256) under PBKDF2-HMAC-SHA256 of the password in UTF-8: 100,000 rounds, 32
bytes, and a salt that is the same for everybody (jrnl/encryption/Jrnlv2Encryption.py). The form of jrnl 4.6 has a
salt of its own: `JRNLv3`, the length of a header in two bytes, the header, which is a JSON object with `salt` in
Base64, bare or itself in Base64, and the token (Jrnlv3Encryption.py).
"""

from __future__ import annotations

import base64
import json
import re

from journal.errors import WrongPassphrase

ROUNDS = 100_000
SALT = bytes.fromhex("f2d5710ec18d2ededc8e36748904cef8")

_WITH_SALT = b"JRNLv3"
_TOKEN = re.compile(rb"gAAAA[A-Za-z0-9_-]{90,}={0,2}")


def looks_encrypted(data: bytes) -> bool:
    """Whether the bytes are either form; a Fernet token is version 0x80 and a time, in Base64."""
    return data.startswith(_WITH_SALT) or (data.startswith(b"gAAAA") and bool(_TOKEN.fullmatch(data.strip())))


def decrypted(data: bytes, password: str) -> bytes:
    """What the file holds; raises WrongPassphrase where the password does not open it, or a byte of it was changed."""
    from cryptography.fernet import Fernet, InvalidToken
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    try:
        salt, token = _parts(data)
        key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=ROUNDS).derive(password.encode())
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(token.strip())
    except (InvalidToken, ValueError, TypeError, KeyError, RecursionError):
        raise WrongPassphrase(
            "The password does not open this jrnl file.", "Check it, and that the file is whole."
        ) from None


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """The salt and the token; raises ValueError, TypeError, KeyError or RecursionError where a header is no header."""
    if not data.startswith(_WITH_SALT):
        return SALT, data
    start = len(_WITH_SALT) + 2
    end = start + int.from_bytes(data[start - 2 : start], "big")
    header = data[start:end] if data[start : start + 1] == b"{" else base64.b64decode(data[start:end])
    return base64.urlsafe_b64decode(json.loads(header)["salt"]), data[end:]
