"""What a window too small for the journal says instead of cutting it."""

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """Covers everything until there is room again; nothing typed is touched."""

    DEFAULT_CSS = """
    TooSmallScreen { background: $background; align: left top; }
    TooSmallScreen Static { width: 100%; height: auto; }
    """

    def __init__(self, smallest: tuple[int, int]) -> None:
        super().__init__()
        self._smallest = smallest

    def compose(self) -> ComposeResult:
        yield Static(self._words())

    def on_resize(self, event: Resize) -> None:
        self.query_one(Static).update(self._words())

    def _words(self) -> str:
        width, height = self._smallest
        now = self.app.size
        return f"{now.width}×{now.height} is too small.\nMake it {width}×{height}.\nYour text is kept."
