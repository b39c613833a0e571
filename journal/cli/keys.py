"""The ways into a journal: `keys`, `keys add`, `keys remove`, `keys keyring`, `keys renew`."""

from __future__ import annotations

import click

from journal.cli.opening import Where, home_option, json_option, passphrase_option, require_journal
from journal.cli.saying import flush, say, say_json, tell
from journal.cli.secrets import asked, given_passphrase, line_of_text, new_passphrase
from journal.cli.starting import prove_by_hand, say_words
from journal.errors import BadInput

_RECOVERY = ("recovery words", "recovery words", "24 words, wherever you keep them")


@click.group("keys", invoke_without_command=True)
@home_option
@passphrase_option
@json_option
@click.pass_context
def keys(ctx: click.Context, as_json: bool) -> None:
    """Show what opens the journal, and change it.

    Alone, it lists every way in: its kind, its name, and what each guess at it costs. It asks for no passphrase and
    shows no secret; the names can be read by whoever has the files. With --json: {"kind", "name", "cost"}.
    """
    from journal.service import keys as service

    where = ctx.ensure_object(Where)
    if ctx.invoked_subcommand is not None:
        return
    require_journal(where.home)
    ways = [(way.kind, way.name, way.cost) for way in service.ways_in(where.home)]
    for kind, name, cost in (*ways, _RECOVERY):
        if as_json:
            say_json({"kind": kind, "name": name, "cost": cost})
        else:
            say(f"{kind:<15} {name if name != kind else '':<24} {cost}".rstrip())
    if service.renewal_to_end(where.home):
        tell("A renewal of the keys was cut off; the next opening of the journal ends it. Keep both sets of words.")


@keys.command()
@click.option("--name", metavar="NAME", help="What to call it, such as: for my partner. Others can read it.")
@click.option(
    "--new-passphrase-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the new passphrase from file descriptor N (its next line, where it is that of --passphrase-fd).",
)
@home_option
@passphrase_option
@click.pass_obj
def add(where: Where, name: str | None, new_passphrase_fd: int | None) -> None:
    """Add a passphrase that opens the journal too.

    Whoever knows it can read everything. To take it back later: journal keys remove, and then journal keys renew,
    since a copy of the files from before would still open with it.
    """
    from journal.service import keys as service

    with service.changing(where.home, _known(where), floor=where.floor) as ways:
        ways.free_name(name)
        added = ways.add(new_passphrase(new_passphrase_fd, command=False), name)
    tell(f"The journal opens with the passphrase named “{added}” too.")


@keys.command()
@click.argument("name")
@home_option
@passphrase_option
@click.pass_obj
def remove(where: Where, name: str) -> None:
    """Remove the passphrase of that NAME.

    The last one is never removed. Copies made of the files before still open with it.
    """
    from journal.service import keys as service

    with service.changing(where.home, _known(where), floor=where.floor) as ways:
        ways.remove(name)
    tell(
        "It is removed. Copies of the files from before still open with it; journal keys renew shuts out what follows."
    )


@keys.command()
@click.argument("state", type=click.Choice(["on", "off"]))
@home_option
@passphrase_option
@click.pass_obj
def keyring(where: Where, state: str) -> None:
    """Let the keyring of this computer open the journal, or stop it.

    While it is on, anybody at this login can open the journal without a passphrase: wrong on a shared computer.
    Switching it on asks for the passphrase, switching it off does not.
    """
    from journal.service import keys as service

    if state == "off":
        require_journal(where.home)
        closed = service.close_keyring(where.home)
        tell("The journal opens by passphrase only." if closed else "It was off already.")
        return
    tell("Anybody at this login will be able to open the journal. On a shared computer that is wrong.")
    with service.changing(where.home, _known(where), floor=where.floor) as ways:
        ways.open_keyring()
    tell("The keyring of this computer opens the journal now. To stop it: journal keys keyring off")


@keys.command()
@click.option(
    "--words-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the 24 new words back, on one line, from file descriptor N instead of asking for three of them.",
)
@json_option
@home_option
@passphrase_option
@click.pass_obj
def renew(where: Where, words_fd: int | None, as_json: bool) -> None:
    """Make a new key and new recovery words, when somebody may have seen the old ones.

    The whole journal is encrypted anew. The old words no longer open it, and of the passphrases only the one you
    give still does. Copies and backups from before stay under the old words; delete those you do not need.
    Nothing changes before the new words were typed back. With --json: {"recovery"}, before they are asked back.
    """
    from journal.service import keys as service
    from journal.service import opening

    with service.changing(where.home, _known(where), floor=where.floor) as ways:
        for name in ways.closed_by_renewal:
            tell(f"The passphrase “{name}” will no longer open the journal; add it again afterwards.")
        new = opening.new_keys()
        if as_json:
            say_json({"recovery": " ".join(new.words)})
        else:
            say_words(new.words)
        flush()
        if words_fd is None:
            prove_by_hand(new.words)
        elif not service.proved(new, line_of_text(words_fd)):
            raise BadInput("These are not the new words, so nothing was changed.", "Run it again when you are ready.")
        ways.renew(new.root)
    tell("The journal has a new key. Destroy the old words: they open nothing but old copies.")


def _known(where: Where) -> str:
    """A passphrase that holds now; the keyring is not enough to change the ways in."""
    require_journal(where.home)
    return given_passphrase(where.passphrase_fd) or asked("A passphrase that opens it now: ")
