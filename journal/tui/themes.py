"""Two themes of our own, warm paper by day and a dim ward by night, and one of high contrast."""

from textual.theme import Theme

DARK = "small-l-night"
LIGHT = "small-l-day"
CONTRAST = "small-l-contrast"

THEMES = (
    Theme(
        name=DARK,
        primary="#8fbfae",
        secondary="#a9b7c6",
        accent="#e3b25f",
        warning="#e3b25f",
        error="#e08a7d",
        success="#8fbfae",
        foreground="#dcd7cc",
        background="#15181a",
        surface="#1b1f22",
        panel="#23292c",
        dark=True,
        variables={
            "quiet": "#8b9490",
            "level-task": "#a9b7c6",
            "level-team": "#8fbfae",
            "level-system": "#e3b25f",
            "block-cursor-background": "#2b3438",
            "block-cursor-foreground": "#f3efe6",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#23292c",
            "block-cursor-blurred-foreground": "#dcd7cc",
            "footer-key-foreground": "#e3b25f",
            "footer-background": "#15181a",
            "footer-description-foreground": "#9aa19d",
            "input-selection-background": "#8fbfae 35%",
            "border": "#3a4448",
            "border-blurred": "#2b3235",
        },
    ),
    Theme(
        name=LIGHT,
        primary="#23695a",
        secondary="#46586b",
        accent="#8a5300",
        warning="#8a5300",
        error="#a4352a",
        success="#23695a",
        foreground="#292823",
        background="#f8f5ee",
        surface="#fffdf8",
        panel="#ece7dc",
        dark=False,
        variables={
            "quiet": "#69655b",
            "level-task": "#46586b",
            "level-team": "#23695a",
            "level-system": "#8a5300",
            "block-cursor-background": "#e2ddcf",
            "block-cursor-foreground": "#1b1a17",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#ece7dc",
            "block-cursor-blurred-foreground": "#292823",
            "footer-key-foreground": "#8a5300",
            "footer-background": "#f8f5ee",
            "footer-description-foreground": "#5d5a51",
            "input-selection-background": "#23695a 25%",
            "border": "#c9c2b2",
            "border-blurred": "#ddd7c9",
        },
    ),
    Theme(
        name=CONTRAST,
        primary="#5fffd7",
        secondary="#ffffff",
        accent="#ffd75f",
        warning="#ffd75f",
        error="#ff8787",
        success="#5fffd7",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#121212",
        dark=True,
        text_alpha=1.0,
        variables={
            "quiet": "#d0d0d0",
            "level-task": "#ffffff",
            "level-team": "#5fffd7",
            "level-system": "#ffd75f",
            "block-cursor-background": "#ffffff",
            "block-cursor-foreground": "#000000",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#3a3a3a",
            "block-cursor-blurred-foreground": "#ffffff",
            "footer-key-foreground": "#ffd75f",
            "footer-background": "#000000",
            "footer-description-foreground": "#ffffff",
            "border": "#ffffff",
            "border-blurred": "#8a8a8a",
        },
    ),
)

CHOICES = (
    (DARK, "Night"),
    (LIGHT, "Day"),
    (CONTRAST, "High contrast"),
    ("ansi-dark", "My terminal's own colours, dark"),
    ("ansi-light", "My terminal's own colours, light"),
)
"""Themes offered in the settings: their names, and what a person calls them."""
FALLBACK_VARIABLES = {
    "quiet": "ansi_bright_black",
    "level-task": "ansi_default",
    "level-team": "ansi_cyan",
    "level-system": "ansi_yellow",
}
"""Our own variables, for themes that do not define them."""
