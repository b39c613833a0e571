"""The errors of this room: each says what is so and what to do next, and never holds a word of what was shared."""

from __future__ import annotations

from journal.errors import BadInput


def damaged(what: str) -> BadInput:
    """The refusal of something that is not what was written."""
    return BadInput(
        f"This {what} is damaged, or a part of it is missing.",
        "Copy or save it again, whole; if that does not help, ask for it to be sent again. Nothing was changed.",
    )


def newer(what: str) -> BadInput:
    """The refusal of a version this program does not know."""
    return BadInput(
        f"This {what} is of a form this program does not know.",
        "It may come from a newer version: update Small L and open it again. Nothing was changed.",
    )


def too_large(what: str) -> BadInput:
    """The refusal of more than could be one."""
    return BadInput(
        f"This is too large to be a {what}.", "Look whether it is the right file or text. Nothing was changed."
    )


def none_here(what: str) -> BadInput:
    """The refusal of something else altogether."""
    return BadInput(
        f"There is no {what} in this.", "Give the whole of it, with its first and last lines. Nothing was changed."
    )


def does_not_open(what: str) -> BadInput:
    """The refusal where the key is another, or what it should open was changed on the way."""
    return BadInput(
        f"This {what} does not open: it was sealed with another key, or changed on the way.",
        "Ask whether it was meant for you, and for it to be sent again. Nothing was changed.",
    )


def other_share() -> BadInput:
    """The refusal of a reply that answers something else."""
    return BadInput(
        "This reply belongs to another excerpt.", "Open it with the entry that it answers. Nothing was changed."
    )
