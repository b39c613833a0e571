"""Kills a journal at random moments, over and over, and looks whether anything that was acknowledged is lost.

Run: uv run python tests/benchmarks/endure.py [ROUNDS] [--app ROUNDS] [--seed N] [--cuts]

Each scripted round is a process that writes, revises, drafts, bins, restores, deletes, imports, changes the passphrase
and makes backups until SIGKILL. Each round in the app types into it in a real terminal. `--cuts` also opens every disk
that a power cut could have left while a journal was used (tests/vault/test_power_loss.py takes a sample of them).
POSIX only. It ends with a failure where something was lost.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import select
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.domain import EntryContent, Filters
from journal.importers.jsonl import Record
from journal.service import Journal, opening, safekeeping
from journal.vault.keys import CHEAP, FLOOR

TESTS = Path(__file__).parent.parent
sys.path.insert(0, str(TESTS / "tui"))

from terminal import CTRL_S, ENTER, ESCAPE, Terminal  # noqa: E402 - a module of the tests

PHRASES = ("wrong horse staple lamp", "another 'phrase' altogether")
DRAFT = "d" * 32
ROUNDS_OF_A_VAULT = 50
LONGEST_ROUND = 1.0
"""Seconds after unlocking within which a scripted round is killed."""
OLDEST_DRAFT = 2.0
"""Seconds."""
WITHOUT_READING = """
import sys
from pathlib import Path
from journal.tui.app import SmallL
SmallL(Path(sys.argv[1]), analyse=False).run()
"""


@dataclass
class Held:
    """What a journal must hold: for each entry, known by its first text, its texts and whether it is in the bin."""

    entries: dict[str, tuple[list[str], bool]] = field(default_factory=dict)
    draft: str | None = None
    phrase: int = 0
    backup: bool = False

    def after(self, act: list[Any]) -> Held:
        """The same after one more act."""
        new = Held(dict(self.entries), self.draft, self.phrase, self.backup)
        kind, *given = act
        if kind == "write":
            new.entries[given[0]], new.draft = ([given[0]], False), None
        elif kind == "revise":
            new.entries[given[0]] = ([*self.entries[given[0]][0], given[1]], False)
        elif kind in ("bin", "restore"):
            new.entries[given[0]] = (self.entries[given[0]][0], kind == "bin")
        elif kind == "delete":
            del new.entries[given[0]]
        elif kind == "draft":
            new.draft = given[0]
        elif kind == "import":
            new.entries |= {text: ([text], False) for text in given[0]}
        elif kind == "passphrase":
            new.phrase = 1 - self.phrase
        elif kind == "backup":
            new.backup = True
        return new


def held_by(journal: Journal) -> tuple[dict[str, tuple[list[str], bool]], str | None]:
    rows = [row for bin_ in (False, True) for row in journal.entries(Filters(bin=bin_), limit=100_000)]
    texts = {row.id: [revision.content.text for revision in journal.revisions(row.id)] for row in rows}
    draft = journal.draft()
    return {texts[r.id][0]: (texts[r.id], bool(r.deleted)) for r in rows}, draft.content.text if draft else None


# --------------------------------------------------------------------------- scripted rounds


def work(home: Path, file: Path, held: Held, chance: random.Random, say: Callable[[list[Any]], None]) -> None:
    """Open the journal and do one thing after the other, saying each before and after, until it is killed."""
    journal = opening.unlock(home, PHRASES[held.phrase], floor=CHEAP)
    ids = {
        journal.revisions(row.id)[0].content.text: row.id
        for bin_ in (False, True)
        for row in journal.entries(Filters(bin=bin_), limit=100_000)
    }
    say(["open"])
    while True:
        act = chosen(held, chance)
        say(["try", *act])
        carry_out(journal, file, held, act, ids)
        say(["done"])
        held = held.after(act)


def chosen(held: Held, chance: random.Random) -> list[Any]:
    there = sorted(text for text, (_, binned) in held.entries.items() if not binned)
    binned = sorted(held.entries.keys() - set(there))
    weights = {
        "write": 5, "draft": 6, "import": 1, "passphrase": 1, "backup": 1,
        "revise": 4 * bool(there), "bin": 3 * bool(there), "restore": bool(binned), "delete": 2 * bool(binned),
    }  # fmt: skip
    kind = chance.choices(list(weights), list(weights.values()))[0]
    text = f"{chance.getrandbits(64):016x} " + "words of a day " * chance.randint(1, 400)
    if kind in ("write", "draft"):
        return [kind, text]
    if kind == "import":
        return [kind, [f"{number} {text}" for number in range(5)]]
    if kind in ("revise", "bin"):
        return [kind, chance.choice(there), *([text] if kind == "revise" else [])]
    return [kind, chance.choice(binned)] if kind in ("restore", "delete") else [kind]


def carry_out(journal: Journal, file: Path, held: Held, act: list[Any], ids: dict[str, str]) -> None:
    kind, *given = act
    if kind == "write":
        ids[given[0]] = journal.write(EntryContent(given[0]), draft_id=DRAFT).id
    elif kind == "revise":
        journal.revise(ids[given[0]], EntryContent(given[1]))
    elif kind == "bin":
        journal.put_in_bin(ids[given[0]])
    elif kind == "restore":
        journal.restore(ids[given[0]])
    elif kind == "delete":
        journal.delete_for_good(ids[given[0]])
    elif kind == "draft":
        journal.save_draft(EntryContent(given[0]), DRAFT)
    elif kind == "import":
        written = journal.now().isoformat(timespec="seconds")
        kept = journal.keep_records(Record(None, written, EntryContent(text), 0) for text in given[0])
        ids |= {entry.content.text: entry.id for entry in kept}
    elif kind == "passphrase":
        journal.change_passphrase(PHRASES[held.phrase], PHRASES[1 - held.phrase])
    elif kind == "backup":
        journal.safekeeping.back_up(file)


def killed_round(home: Path, file: Path, held: Held, chance: random.Random) -> tuple[Held, Held | None, Counter[str]]:
    """What must be there after a round, what may be there instead, and how often each act was acknowledged."""
    end, start = os.pipe()
    seed = chance.getrandbits(32)
    if not (child := os.fork()):
        try:
            work(home, file, held, random.Random(seed), lambda act: os.write(start, json.dumps(act).encode() + b"\n"))
        finally:
            os._exit(1)
    os.close(start)
    told, until = b"", None
    patience = None if chance.random() < 0.9 else chance.random() * 0.05  # some die before the journal is open
    while True:
        if until is None and b"\n" in told:
            until = time.monotonic() + chance.random() * LONGEST_ROUND
        left = patience if until is None else until - time.monotonic()
        if (left is not None and left <= 0) or not select.select([end], [], [], left)[0]:
            break
        if not (part := os.read(end, 1 << 20)):
            raise AssertionError("the child failed by itself")
        told += part
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(end, 1 << 20):
        told += part
    os.close(end)
    acts = [json.loads(line) for line in told.splitlines(keepends=True) if line.endswith(b"\n")]
    return after_all(held, acts)


def after_all(held: Held, acts: list[list[Any]]) -> tuple[Held, Held | None, Counter[str]]:
    done: Counter[str] = Counter()
    trying: list[Any] | None = None
    for kind, *given in acts:
        if kind == "try":
            trying = given
        elif kind == "done" and trying:
            held = held.after(trying)
            done[trying[0]] += 1
            trying = None
    return held, held.after(trying) if trying else None, done


def looked_at(home: Path, file: Path, words: str, must: Held, may: Held | None) -> Held:
    """Open the journal and say which of the two it is; raises AssertionError where it is neither, or unsound."""
    for state in (must, *([may] if may else [])):
        try:
            journal = opening.unlock(home, PHRASES[state.phrase], floor=CHEAP)
            break
        except opening_refused() as error:
            refusal = error
    else:
        raise AssertionError(f"it does not open: {refusal.title}")
    try:
        entries, draft = held_by(journal)
        assert (wrong := [check for check in journal.check() if not check.ok]) == [], wrong
    finally:
        journal.close()
    if must.backup:
        safekeeping.check_file(file, "", words, lambda done, of: None, CHEAP)
    for found in (must, may):
        if found and (found.entries, found.draft) == (entries, draft):
            if found is must and may and may.phrase != must.phrase and state is may:
                return may
            return found
    raise AssertionError(f"{len(must.entries.keys() - entries.keys())} entries missing; draft: {must.draft == draft}")


def opening_refused() -> type[Exception]:
    from journal.errors import WrongPassphrase

    return WrongPassphrase


def scripted(rounds: int, chance: random.Random, place: Path) -> tuple[list[tuple[str, str]], list[str]]:
    done: Counter[str] = Counter()
    cut, survived, torn, lost = 0, 0, 0, list[str]()
    for number in range(rounds):
        if number % ROUNDS_OF_A_VAULT == 0:
            home, file, held = place / f"vault{number}", place / f"{number}.backup", Held()
            new = opening.new_keys()
            opening.create(home, new, PHRASES[0], kdf=CHEAP).close()
        must, may, acts = killed_round(home, file, held, chance)
        torn += (home / "journal.db-journal").stat().st_size > 0 if (home / "journal.db-journal").exists() else 0
        try:
            held = looked_at(home, file, " ".join(new.words), must, may)
        except Exception as error:  # every failure is one round of the table
            lost.append(f"round {number}: {type(error).__name__}: {error}")
            shutil.copytree(home, place / f"lost{number}")
            held = Held()
            home = place / f"vault{number}again"
            new = opening.new_keys()
            opening.create(home, new, PHRASES[0], kdf=CHEAP).close()
        done += acts
        cut += may is not None
        survived += may is not None and held is may
        if number % 50 == 49:
            print(f"  … {number + 1} rounds, {done.total():,} acts", file=sys.stderr, flush=True)
    rows = [
        ("rounds, each ended by SIGKILL", f"{rounds:,}"),
        ("acts acknowledged", f"{done.total():,}"),
        *((f"  {kind}", f"{count:,}") for kind, count in sorted(done.items())),
        ("killed in the middle of an act", f"{cut:,}"),
        ("  of which it was durable all the same", f"{survived:,}"),
        ("killed within a transaction (journal.db-journal to roll back)", f"{torn:,}"),
        ("rounds in which something was lost or wrong", f"{len(lost):,}"),
    ]
    return rows, lost


# --------------------------------------------------------------------------- rounds in the app


@dataclass
class Typed:
    """What was typed into one page, and when."""

    text: str = ""
    at: list[float] = field(default_factory=list)
    saving: bool = False

    def type_into(self, app: Terminal, words: str, chance: random.Random, until: float) -> None:
        for character in words:
            if time.monotonic() >= until:
                return
            app.press(character)
            self.text += character
            self.at.append(time.monotonic())
            app.watch(min(chance.expovariate(1 / 0.06), max(until - time.monotonic(), 0)))


def leave_entry(app: Terminal) -> None:
    """Go back to Today, past what may be asked after an entry."""
    for _ in range(5):
        app.press(ESCAPE)
        with contextlib.suppress(AssertionError):
            return app.until("Free", seconds=6)
    raise AssertionError("Today was not shown")


def app_round(command: list[str], chance: random.Random, number: int) -> tuple[list[str], Typed, float]:
    """Type and save in the app until it is killed: texts seen to be saved, the page then open, and the moment."""
    saved: list[str] = []
    page = Typed()
    with Terminal(command, {**os.environ, "JOURNAL_CONFIG": "/nonexistent"}) as app:
        app.until("locked")
        app.press(PHRASES[0], ENTER)
        app.until("Free")
        app.press("f")
        app.until("Begin anywhere")
        until = time.monotonic() + chance.uniform(0.2, 12)
        while time.monotonic() < until:
            page.type_into(app, f"{number} {chance.getrandbits(32):08x} came late again ", chance, until)
            if chance.random() < 0.5 and page.text and time.monotonic() < until:
                page.saving = True
                app.press(CTRL_S)
                if chance.random() < 0.3:  # killed while it saves
                    app.watch(chance.random() * 0.2)
                    break
                app.until("saved")
                saved.append(page.text)
                page = Typed()
                leave_entry(app)
                app.press("f")
                app.until("Begin anywhere")
        os.kill(app.pid, signal.SIGKILL)
        killed = time.monotonic()
    return saved, page, killed


def in_the_app(rounds: int, chance: random.Random, place: Path) -> tuple[list[tuple[str, str]], list[str]]:
    home, lost, ages, kept = place / "app", list[str](), list[float](), list[str]()
    opening.create(home, opening.new_keys(), PHRASES[0], kdf=FLOOR).close()
    for number in range(rounds):
        reading = number % 10 == 0
        command = ["-m", "journal", "--home", str(home)] if reading else ["-c", WITHOUT_READING, str(home)]
        saved, page, killed = app_round([sys.executable, *command], chance, number)
        kept += saved
        journal = opening.unlock(home, PHRASES[0])
        texts = {entry.content.text for entry in journal.all_entries()}
        draft = journal.draft()
        found = draft.content.text if draft else ""
        wrong = [check.name for check in journal.check() if not check.ok]
        if draft:
            journal.discard_draft(draft.id)
        journal.close()
        missing = [text for text in kept if text not in texts and text.rstrip() not in texts]
        extra = texts - set(kept) - ({page.text} if page.saving else set())
        if missing or extra or wrong or not page.text.startswith(found):
            lost.append(f"app round {number}: {len(missing)} missing, {len(extra)} unknown, {wrong}")
        if page.text in texts:
            found = page.text
            kept.append(found)
        age = killed - page.at[len(found)] if len(found) < len(page.text) else 0.0
        ages.append(age)
        if age > OLDEST_DRAFT:
            lost.append(f"app round {number}: the draft lacks what was typed {age:.2f} s before")
        if number % 10 == 9:
            print(f"  … {number + 1} rounds in the app", file=sys.stderr, flush=True)
    rows = [
        ("rounds in the app, each ended by SIGKILL", f"{rounds:,}"),
        ("entries seen to be saved", f"{len(kept):,}"),
        ("age of what a draft lacked: median", f"{statistics.median(ages):.2f} s"),
        ("  worst", f"{max(ages):.2f} s (wanted: under {OLDEST_DRAFT:g})"),
        ("rounds in which something was lost or wrong", f"{len(lost):,}"),
    ]
    return rows, lost


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", nargs="?", type=int, default=500)
    parser.add_argument("--app", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cuts", action="store_true")
    given = parser.parse_args()
    place, lost = Path(tempfile.mkdtemp(prefix="endure-")), list[str]()
    for wanted, rounds in ((scripted, given.rounds), (in_the_app, given.app)):
        if rounds:
            rows, found = wanted(rounds, random.Random(given.seed), place)
            lost += found
            for name, value in rows:
                print(f"{name:<64}{value:>10}")
            print(flush=True)
    if given.cuts:
        tests = [sys.executable, "-m", "pytest", "-n", "0", str(TESTS / "vault" / "test_power_loss.py")]
        lost += ["power cuts"] * bool(subprocess.call(tests, env={**os.environ, "JOURNAL_EVERY_CUT": "1"}))
    print(*lost, sep="\n")
    if lost:
        print(f"The journals are in {place}")
        return 1
    shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
