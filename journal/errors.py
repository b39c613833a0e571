"""Every error a person may meet: a title that says what is so, and advice that says what to do next."""


class JournalError(Exception):
    """What a person can act on: `title` states the fact, `advice` the next step; never journal text."""

    exit_code = 1

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice


class WrongPassphrase(JournalError):
    """The passphrase or the recovery words do not open this journal."""

    exit_code = 3


class NoVault(JournalError):
    """There is no journal where one was looked for."""

    exit_code = 4


class VaultDamaged(JournalError):
    """A file of the vault is not what was written."""

    exit_code = 5


class VaultBusy(JournalError):
    """Another running journal holds this vault."""

    exit_code = 6


class CannotWrite(JournalError):
    """The disk is full, or the folder may not be written; what was saved before is safe."""

    exit_code = 7


class NotFound(JournalError):
    """No such entry, revision, prompt or small act."""


class BadInput(JournalError):
    """Something given from outside cannot be used; nothing was changed."""

    exit_code = 2


class OnHold(JournalError):
    """The legal hold is on, and nothing may be deleted while it is."""


class AnalysisUnavailable(JournalError):
    """The language model is missing, altered or failed; writing still works."""


class ResourceMissing(JournalError):
    """A packaged folder is not where the installation should have put it."""
