"""A box that is ticked or not, and looks it without colour."""

from textual.widgets import Checkbox


class Tick(Checkbox):
    """Textual's own marks off and on by colour alone."""

    BUTTON_LEFT = ""
    BUTTON_RIGHT = ""

    @property
    def BUTTON_INNER(self) -> str:  # type: ignore[override]
        """The mark itself."""
        return "[x]" if self.value else "[ ]"
