"""An unexpected error, told without a word of what was written."""

import traceback
from pathlib import Path

ADVICE = (
    "Small L stopped because of an error of its own. What you saved is safe, and so is your draft\n"
    "up to its last pause; it will be offered when you start again. If you report this, these lines\n"
    "hold no journal text:"
)


def safe_report(error: BaseException) -> str:
    """The kind of an error and the places it passed, file and line only: no message, no values, no text.

    An exception's message may quote what was being written, so it is left out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames[-12:]]
    return "\n".join([ADVICE, f"  {type(error).__module__}.{type(error).__qualname__}", *places])
