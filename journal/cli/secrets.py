"""Where a passphrase may come from: a hidden prompt, a file descriptor or a command; never a value."""

from __future__ import annotations

import os
import shlex
import subprocess

from journal.cli.saying import tell
from journal.errors import BadInput

COMMAND = "JOURNAL_PASSPHRASE_COMMAND"
LONGEST = 65_536
"""Bytes of a secret; also keeps an endless descriptor from filling the memory."""

_ELSEWHERE = f"Give it with --passphrase-fd N, or set {COMMAND} to a command that prints it."


def given_passphrase(descriptor: int | None) -> str | None:
    """The passphrase from a descriptor or the command of the environment; None where neither is named."""
    if descriptor is not None:
        return _filled(_decoded(line_of(descriptor)))
    if command := os.environ.get(COMMAND):
        return _filled(_printed_by(command))
    return None


def asked(question: str) -> str:
    """A secret typed at the terminal, unseen, also where standard input is something else."""
    import getpass

    if os.name != "nt":
        try:
            os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        except OSError:
            raise BadInput("There is no terminal to ask for the passphrase.", _ELSEWHERE) from None
    try:
        return getpass.getpass(question)
    except EOFError:
        raise BadInput("Nothing was typed.", "Try again, or stop with Ctrl-C.") from None
    except UnicodeDecodeError:
        raise _not_utf8() from None


def asked_twice() -> str:
    """A new passphrase, typed the same way twice."""
    for _ in range(3):
        first = _filled(asked("New passphrase: "))
        if asked("The same again: ") == first:
            return first
        tell("The two were not the same. Once more.")
    raise BadInput("The two passphrases were not the same.", "Try again when you are ready.")


def new_passphrase(descriptor: int | None, *, command: bool = True) -> str:
    """A passphrase for a new lock, with its strength told; a weak one is warned of and not refused."""
    given = given_passphrase(descriptor) if command or descriptor is not None else None
    passphrase = asked_twice() if given is None else given
    tell_strength(passphrase)
    return passphrase


def tell_strength(passphrase: str) -> None:
    """Say in words how long a passphrase would hold."""
    from journal.service.opening import passphrase_strength

    strength = passphrase_strength(passphrase)
    tell(f"Strength of the passphrase: {strength.words}.")
    if strength.score < 3:
        advice = f" {strength.advice}" if strength.advice else ""
        tell(f"  Somebody with a copy of your files could guess it.{advice}")
        tell("  Four or five words that do not belong together are better: journal passphrase")


def line_of(descriptor: int) -> bytes:
    """One line of a descriptor, without its end; what follows the line is left there to be read."""
    found = bytearray()
    try:
        while (byte := os.read(descriptor, 1)) and byte != b"\n":
            found += byte
            if len(found) > LONGEST:
                raise BadInput("The passphrase is too long.", f"Give at most {LONGEST:,} bytes.")
    except OSError:
        raise _unreadable(descriptor) from None
    return bytes(found).removesuffix(b"\r")


def line_of_text(descriptor: int) -> str:
    """The next line of a descriptor."""
    return _decoded(line_of(descriptor))


def all_of(descriptor: int) -> str:
    """All a descriptor holds, for the recovery words, which may stand on many lines."""
    found = bytearray()
    try:
        while part := os.read(descriptor, 4096):
            found += part
            if len(found) > LONGEST:
                raise BadInput("That is too long to be 24 words.", "Give the recovery words alone.")
    except OSError:
        raise _unreadable(descriptor) from None
    return _decoded(bytes(found))


def _printed_by(command: str) -> str:
    try:
        words = shlex.split(command)
        # The person's own command, run as it stands and without a shell; its own prompts use the terminal.
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)  # noqa: S603
    except (OSError, ValueError, IndexError):
        raise BadInput(f"The command in {COMMAND} cannot be run.", "Put it right, or unset it.") from None
    if done.returncode != 0:
        raise BadInput(f"The command in {COMMAND} failed (exit code {done.returncode}).", "Put it right, or unset it.")
    return _decoded(done.stdout.split(b"\n", 1)[0].removesuffix(b"\r"))


def _filled(passphrase: str) -> str:
    if not passphrase.strip():
        raise BadInput("The passphrase is empty.", "Give one; a few unrelated words are easy to keep.")
    return passphrase


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> BadInput:
    return BadInput("The passphrase is not UTF-8.", "Give it as text in UTF-8.")


def _unreadable(descriptor: int) -> BadInput:
    return BadInput(
        f"File descriptor {descriptor} cannot be read.", "Open it in the shell, as in: … 3< passphrase-file"
    )
