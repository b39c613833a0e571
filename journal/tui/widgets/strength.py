"""A passphrase's strength while it is typed, in words and in blocks."""

from textual.reactive import reactive
from textual.widgets import Static

from journal.service.opening import passphrase_strength


class StrengthLine(Static):
    """Says how guessable `passphrase` is; never shows it."""

    DEFAULT_CSS = "StrengthLine { height: 2; padding: 0 2; color: $quiet; }"

    passphrase: reactive[str] = reactive("", repaint=False)

    def watch_passphrase(self, passphrase: str) -> None:
        if not passphrase:
            self.update("")
            return
        found = passphrase_strength(passphrase)
        blocks = "■" * (found.score + 1) + "□" * (4 - found.score)
        advice = found.advice or ("Four or more random words are easy to keep." if found.score < 3 else "")
        colour = "$error" if found.score < 2 else "$warning" if found.score < 3 else "$success"
        self.update(f"[{colour}]{blocks}[/] {found.words}\n{advice}")
