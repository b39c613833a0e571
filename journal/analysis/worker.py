"""The child process of the app: it reads sentences, and reckons the shift.

JSON lines: {"id", "text"} in, {"id", "analysis"} out; {"id", "texts"} in, {"id", "analyses"} out; {"id", "points"} in,
{"id", "shift"} out; {"id", "error"} where that fails. The first line out is {"ready": model}. Errors name a kind, never
text. Ends when its input ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from typing import IO, Any

from journal.analysis.analyser import Analyser
from journal.analysis.codec import to_dict
from journal.analysis.rates import rates
from journal.analysis.shift import shift
from journal.analysis.shift_codec import point_from_dict, shift_to_dict
from journal.errors import AnalysisUnavailable
from journal.machine.process import keep_private

IDLE = 10
"""Added niceness: writing comes first."""


def main() -> int:
    """Serve until end of input; 1 where the model is unavailable."""
    keep_private()
    out, sys.stdout = sys.stdout, sys.stderr  # a library's print must not land among the answers
    with contextlib.suppress(AttributeError, OSError):
        os.nice(IDLE)
    analyser = Analyser()
    try:
        _send(out, {"ready": analyser.model})
    except AnalysisUnavailable as problem:
        _send(out, {"error": "unavailable", "title": problem.title, "advice": problem.advice})
        return 1
    threading.Thread(target=_warm, daemon=True).start()
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        for line in sys.stdin.buffer:
            if line.strip():
                _send(out, answer(analyser, line))
    return 0


def _warm() -> None:
    """Load what the shift needs (seconds) while nothing is asked; unimportant if it fails, for the shift then tries."""
    with contextlib.suppress(Exception):
        import journal.analysis.shift_model  # noqa: F401


def answer(analyser: Analyser, line: bytes) -> dict[str, Any]:
    """The reply to one line; never raises, never repeats what it was given but the id."""
    request_id: object = None
    try:
        request = json.loads(line)
        request_id = request["id"]
        if not isinstance(request_id, str | int):
            return {"id": None, "error": "bad_request"}
        if "points" in request:
            points = [point_from_dict(point) for point in request["points"]]
            return {"id": request_id, "shift": shift_to_dict(shift(points, confusion=rates().confusion))}
        if "texts" in request:
            analyses = analyser.analyse_many([str(text) for text in request["texts"]])
            return {"id": request_id, "analyses": [to_dict(analysis) for analysis in analyses]}
        return {"id": request_id, "analysis": to_dict(analyser.analyse(str(request["text"])), str(request_id))}
    except AnalysisUnavailable:
        return {"id": request_id, "error": "failed"}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"id": request_id, "error": "bad_request"}
    except Exception:  # a bug of ours must not end the process or show a traceback with text
        return {"id": request_id, "error": "failed"}


def _send(out: IO[str], message: dict[str, Any]) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
