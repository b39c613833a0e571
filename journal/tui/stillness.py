"""How long nobody has touched the journal, by a clock that the sleep of the computer does not stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]


@dataclass(slots=True)
class Stillness:
    """Seconds since the last touch: the longer of what two clocks say, each in seconds from any start.

    The steady one does not count the sleep of a computer and the clock on the wall can be set back; together they
    miss neither a closed lid nor a clock that jumps.
    """

    steady: Clock = time.monotonic
    wall: Clock = time.time
    _steady_then: float = 0.0
    _wall_then: float = 0.0

    def __post_init__(self) -> None:
        self.touched()

    def touched(self) -> None:
        self._steady_then, self._wall_then = self.steady(), self.wall()

    def seconds(self) -> float:
        return max(self.steady() - self._steady_then, self.wall() - self._wall_then)
