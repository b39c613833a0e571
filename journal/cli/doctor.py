"""`doctor`: whether the installation and the journal are as they should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from journal.cli.opening import Where, json_option, over_a_journal
from journal.cli.saying import flush, say, say_json, tell
from journal.cli.secrets import given_passphrase

if TYPE_CHECKING:
    from journal.domain import Check


@click.command()
@json_option
@over_a_journal
@click.pass_context
def doctor(ctx: click.Context, where: Where, as_json: bool) -> None:
    """Check the installation and the journal.

    It never changes anything. The journal is looked into where a passphrase is given, which comes from
    --passphrase-fd or JOURNAL_PASSPHRASE_COMMAND and is not asked for. Exit code 0 when
    all is well, 1 when something is not. With --json: {"name", "ok", "detail", "advice"}.
    """
    well = True
    for check in _checks(where):
        well = well and check.ok
        if as_json:
            advice = "" if check.ok else check.advice
            say_json({"name": check.name, "ok": check.ok, "detail": check.detail, "advice": advice})
        else:
            _say(check)
        flush()
    tell("All is well." if well else "Something is wrong; see above.")
    ctx.exit(0 if well else 1)


def _checks(where: Where) -> Iterator[Check]:
    from journal.service import health, opening

    passphrase = given_passphrase(where.passphrase_fd)
    yield from health.installation()
    yield from health.journal(where.home, passphrase, opening.local_now, where.floor)


def _say(check: Check) -> None:
    say(f"{'ok   ' if check.ok else 'WRONG'}  {check.name}: {check.detail}")
    if not check.ok:
        for line in check.advice.splitlines():
            say(f"       {line}")
