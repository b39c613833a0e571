"""The help of each screen, as Markdown files beside this one."""

from pathlib import Path


def help_text(name: str) -> str:
    """The help of one screen in Markdown."""
    return (Path(__file__).parent / f"{name}.md").read_text("utf-8")
