"""Merging another copy of a journal into this one: all of it in one transaction, nothing lost on either side."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from journal.domain import EntryContent, MergeItem, MergeReport
from journal.errors import BadInput, VaultDamaged
from journal.vault.backup import taken_out
from journal.vault.backup_file import SafeKeys, Unlocking, read_sealed, writing_backup
from journal.vault.chain import Chain
from journal.vault.copies import newest_form, scratch
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.entries import Entries
from journal.vault.grafting import Grafting
from journal.vault.histories import Branch, histories
from journal.vault.keeping_beside import KeepingBeside
from journal.vault.keyfile import read_key_file
from journal.vault.keys import derived
from journal.vault.looking import copy_files, held_for_looking, refuse_missing
from journal.vault.merge_beside import Beside
from journal.vault.merge_learning import take_learning
from journal.vault.merge_plan import Step, steps


class Merging:
    """Merges into an open vault."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database

    def merge(
        self,
        other: Path,
        unlocking: Unlocking,
        at: str,
        *,
        bring_back: bool = False,
        another: bool = False,
        dry_run: bool = False,
    ) -> MergeReport:
        """Take in what another folder or a backup holds and this vault does not; the other one is only read.

        `bring_back` takes what was deleted for good here, too; `another` allows a journal that is no copy of this one;
        with `dry_run` everything is carried out and then undone. Raises BadInput, NoVault, WrongPassphrase,
        VaultDamaged, VaultBusy, CannotWrite; nothing was changed then.
        """
        with writing_backup(self._folder), scratch(self._folder) as place, _opened(other, unlocking, place) as theirs:
            if not another:
                self._refuse_another(theirs)
            trial: Callable[[], AbstractContextManager[None]]
            trial = self._database.unchanged if dry_run else self._database.atomic
            with trial():
                return _Taking(self._database, theirs, at).all(bring_back)

    def kin(self, entry_id: str) -> tuple[str, ...]:
        """Ids of the other entries that grew out of the same one, where two copies changed it. Raises NotFound."""
        own = Entries(self._database).get(entry_id).id
        first = self._database.value("SELECT first FROM kin WHERE entry_id = ?", (own,)) or own
        query = """SELECT id FROM entries WHERE (id = ? OR id IN (SELECT entry_id FROM kin WHERE first = ?))
                   AND id <> ? AND deleted IS NULL ORDER BY place"""
        return tuple(row["id"] for row in self._database.rows(query, (first, first, own)))

    def _refuse_another(self, theirs: Database) -> None:
        query = "SELECT id FROM vault"
        if theirs.value(query) != self._database.value(query):
            raise BadInput(
                "That is another journal, not a copy of this one.",
                "If you want all of it in this journal, say so with --another-journal. Nothing was changed.",
            )


@contextlib.contextmanager
def _opened(other: Path, unlocking: Unlocking, place: Path) -> Iterator[Database]:
    """An encrypted copy of the other's database, so that nothing there is touched. Raises OSError."""
    other, copied = other.absolute(), place / DATABASE_FILE
    if other.is_dir():
        refuse_missing(other)
        keys = read_key_file(other)
        root = unlocking.root(keys)
        with held_for_looking(other):
            copy_files(other, place)
        roots = [root, *([old] if (old := keys.old_root(root)) else [])]
    else:
        sealed = read_sealed(other)
        roots = [sealed.root(unlocking)]
        taken_out(sealed, SafeKeys.of(roots[0]), copied)
    try:
        theirs = _newest_form(copied, roots)
    except VaultDamaged as error:
        raise VaultDamaged(
            f"The journal in {other} is damaged. {error.title}", "Run journal doctor on it. Nothing was changed here."
        ) from None
    try:
        yield theirs
    finally:
        theirs.close()


def _newest_form(copied: Path, roots: Sequence[bytes]) -> Database:
    """Under the first root key that fits; there are two where a renewal was cut off."""
    for root in roots[:-1]:
        with contextlib.suppress(VaultDamaged):
            return newest_form(copied, derived(root, "database"))
    return newest_form(copied, derived(roots[-1], "database"))


@dataclass
class _Taking:
    """One merge on its way; within a transaction."""

    ours: Database
    theirs: Database
    at: str
    places: dict[str, str] = field(default_factory=dict)
    """Their entry ids, and the entries here that hold the same."""
    since: dict[str, int] = field(default_factory=dict)
    """Their entry ids, and the first of their revisions that was not here."""

    def all(self, bring_back: bool) -> MergeReport:
        grafting, same, items = Grafting(self.ours), 0, list[MergeItem]()
        mine, other = histories(self.ours), histories(self.theirs)
        for step in steps(mine, other, bring_back):
            items += [self._item(step)] if step.kind else []
            same += step.kind is None
            if step.theirs:
                self._take(grafting, step, step.theirs)
        beside = Beside(self.ours, self.theirs, self.places, self.since)
        acts, differing = beside.acts()
        learning, learning_held = take_learning(self.ours, self.theirs, self.places, self.at, bring_back)
        keeping = KeepingBeside(self.ours, self.theirs)
        report = MergeReport(
            same,
            tuple(items),
            beside.drafts(),
            beside.lifts(),
            acts,
            beside.corrections(),
            learning,
            learning_held,
            differing,
            keeping.departures(),
            keeping.hold(),
        )
        Chain(self.ours).check_head()
        return report

    def _take(self, grafting: Grafting, step: Step, branch: Branch) -> None:
        if step.kind == "held_back":
            return
        self.places[branch.entry_id] = step.entry_id
        if step.kind not in ("new", "continued", "both_kept"):
            return
        revisions = Entries(self.theirs).revisions(branch.entry_id)
        if step.kind == "continued":
            assert step.ours is not None  # noqa: S101 - it continues one
            here = len(grafting.revisions(step.entry_id))
            grafting.extend(step.entry_id, revisions[here:])
            if not branch.binned:
                grafting.restore(step.entry_id)  # new words are not left in a bin that empties itself
        else:
            here = 0
            grafting.plant(step.entry_id, branch.written, revisions, self.at if branch.binned else None)
            if step.entry_id != branch.first:
                values = (step.entry_id, branch.first)
                self.ours.run("INSERT OR REPLACE INTO kin VALUES (?, ?)", values)
        self.since[branch.entry_id] = here + 1

    def _item(self, step: Step) -> MergeItem:
        """Made before the step is taken, so that ours is shown as it was."""
        branch = step.theirs or step.ours
        assert step.kind is not None  # noqa: S101 - only such a step is told of
        assert branch is not None  # noqa: S101 - it is theirs, or ours where they have none
        ours = theirs = None
        if step.kind == "both_kept" and step.ours and step.theirs:
            ours = _newest(self.ours, step.ours.entry_id)
            theirs = _newest(self.theirs, step.theirs.entry_id)
        new = len(branch.prints) if step.kind in ("new", "both_kept", "held_back") else 0
        if step.kind == "continued" and step.ours:
            new = len(branch.prints) - len(step.ours.prints)
        own = step.ours.entry_id if step.ours and step.kind == "both_kept" else step.entry_id
        beside = step.entry_id if step.kind == "both_kept" else ""
        return MergeItem(step.kind, own, branch.written, new, ours, theirs, beside)


def _newest(database: Database, entry_id: str) -> EntryContent:
    return Entries(database).get(entry_id).content
