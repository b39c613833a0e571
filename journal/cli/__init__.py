"""The command line: every command of `journal`, over the same service as the app."""

import sys
from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run `journal` with these arguments, else those of the command line.

    Always ends by `SystemExit`, with one of the documented codes.
    """
    try:
        from journal.machine.process import keep_private

        keep_private()
        from journal.cli.root import journal  # inside the guard: Ctrl-C is quiet while this loads, too
    except KeyboardInterrupt:
        sys.exit(130)
    journal.main(args)
