"""The app in a real terminal: what was written is on its own screen while it runs, and nowhere else, ever."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal.service import opening
from journal.vault.keys import FLOOR

if os.name == "nt":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from terminal import CTRL_L, CTRL_Q, CTRL_S, DELETE, DOWN, ENTER, F1, F4, Terminal, shown

STRACE = shutil.which("strace")
CANARY = "zanzibar lorikeet"
PASSPHRASE = "wrong horse staple lamp"
ON, OFF = b"\x1b[?1049h", b"\x1b[?1049l"
"""To the alternate screen, which terminals keep no history of, and back."""
TITLE = re.compile(rb"\x1b\](?:0|1|2|52);([^\x07\x1b]*)")
"""What sets a terminal's title, or its clipboard."""
FAILING = """
import sys
from pathlib import Path
from journal.tui.app import SmallL

class Failing(SmallL):
    def action_help(self):
        note = self.screen.content()
        raise RuntimeError(note.text)

app = Failing(Path(sys.argv[1]), analyse=False)
app.run()
sys.exit(app.return_code)
"""
Start = Callable[..., Terminal]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with nothing in it, as a first run leaves it."""
    home = tmp_path_factory.mktemp("made") / "journal"
    opening.create(home, opening.new_keys(), PASSPHRASE, kdf=FLOOR).close()
    return home


@pytest.fixture
def own(tmp_path: Path, made: Path) -> dict[str, str]:
    """An environment whose every place for files lies in `tmp_path`; the journal is there, too."""
    places = {"HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    places |= {"XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run"}
    for name in places.values():
        (tmp_path / name).mkdir(mode=0o700)
    shutil.copytree(made, tmp_path / "home" / "journal")
    whole = {**os.environ, **{name: str(tmp_path / place) for name, place in places.items()}}
    return whole | {"JOURNAL_HOME": str(tmp_path / "home" / "journal"), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.fixture
def start(own: dict[str, str]) -> Iterator[Start]:
    """Start the app and unlock it."""
    running: list[Terminal] = []

    def begin(*command: str) -> Terminal:
        app = Terminal(command, own)
        running.append(app)
        app.until("locked")
        unlock(app)
        return app

    yield begin
    for app in running:
        app.kill()


def unlock(app: Terminal) -> None:
    app.press(PASSPHRASE, ENTER)
    app.until("Free")


def type_freely(app: Terminal, text: str) -> None:
    app.press("f")
    app.until("Begin anywhere")
    app.press(text)
    app.until("draft kept")


def on_the_ordinary_screen(app: Terminal) -> bytes:
    """What it wrote before it went to the alternate screen, and after it came back."""
    before, _, rest = app.transcript.partition(ON)
    while OFF in rest:
        between, _, rest = rest.partition(OFF)
        if ON in rest:
            between, _, rest = rest.partition(ON)
            before += between
        else:
            return before + rest
    return before


def holding(folder: Path) -> list[Path]:
    """Files whose bytes hold the phrase, either of its words, or the passphrase."""
    texts = (CANARY, *CANARY.split(), PASSPHRASE)
    wanted = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-32-le")]
    return [path for path in folder.rglob("*") if path.is_file() and any(one in path.read_bytes() for one in wanted)]


def told_of_processes(first: int) -> bytes:
    """What the system tells of a process and its children: how they were started, and their environment."""
    told, waiting = b"", [first]
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        for name in ("cmdline", "environ"):
            try:
                told += (process / name).read_bytes()
            except PermissionError:
                continue  # not even its owner may
        waiting += map(int, (process / "task" / process.name / "children").read_text().split())
    return told


def keeps_to_itself(app: Terminal, folder: Path) -> None:
    assert CANARY in shown(app.transcript), "it was never written"
    ordinary = on_the_ordinary_screen(app)
    for word in (CANARY, *CANARY.split(), PASSPHRASE):
        assert word not in shown(ordinary)
        assert not any(word.encode() in title for title in TITLE.findall(app.transcript))
    assert PASSPHRASE not in shown(app.transcript)
    assert holding(folder) == []


def watched(trace: Path) -> list[str]:
    """What to start a program with so that its connections and the files it opens are written down."""
    calls = "trace=connect,bind,sendto,sendmsg,sendmmsg,openat,open,creat"
    return [STRACE, "-f", "--seccomp-bpf", "-o", str(trace), "-e", calls] if STRACE else []


def sends_nothing_and_writes_only_within(home: Path, trace: Path) -> None:
    lines = [line for line in trace.read_text("utf-8", "replace").splitlines() if " = -1 " not in line]
    sent = re.compile(r"\b(?:connect|bind|sendto|sendmsg|sendmmsg)\(.*AF_(?:INET|UNIX)")
    assert [line for line in lines if sent.search(line)] == []
    opened = re.compile(r'\b(?:open|openat|creat)\((?:AT_FDCWD, )?"([^"]+)", \S*O_(?:WRONLY|RDWR|CREAT)')
    written = {found[1] for line in lines if (found := opened.search(line))}
    assert f"{home}/journal.db" in written
    assert {path for path in written if not path.startswith((str(home), "/dev/", "/proc/self/"))} == set()


def test_a_phrase_taken_through_the_app_is_found_nowhere_outside_it(start: Start, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    app = start(*watched(trace), sys.executable, "-m", "journal")
    type_freely(app, f"The {CANARY} sang at handover")
    app.press(CTRL_S)
    app.until("saved")
    if Path("/proc/self/task").is_dir():
        told = told_of_processes(app.pid)
        assert b"journal" in told
        assert not any(word.encode() in told for word in (*CANARY.split(), PASSPHRASE))
    app.press("e")
    app.until("Leave, keep draft")
    app.press(f", the {CANARY} again")
    app.until("draft kept")
    app.press(CTRL_S)
    app.until("saved")
    app.press(CTRL_L)
    app.until("locked")
    assert holding(tmp_path) == []
    unlock(app)
    app.press("e")
    app.until("1 entry")
    app.press("lorikeet")
    app.until("1 entry found")
    app.press(DOWN, DELETE)
    app.until("In the bin")
    app.press(F4)
    app.until("deleted on")
    app.press("r")
    app.until("Brought back")
    app.press(CTRL_Q)
    assert os.waitstatus_to_exitcode(app.wait()) == 0
    keeps_to_itself(app, tmp_path)
    if STRACE:
        sends_nothing_and_writes_only_within(tmp_path / "home" / "journal", trace)


@pytest.mark.parametrize("ending", ["hang-up", "kill -9", "crash"])
def test_however_it_ends_the_draft_is_kept_and_the_screen_tells_nothing(
    start: Start, tmp_path: Path, own: dict[str, str], ending: str
) -> None:
    app = start(sys.executable, "-c", FAILING, own["JOURNAL_HOME"])
    type_freely(app, f"The {CANARY}")
    if ending == "crash":
        app.press(F1)
        assert os.waitstatus_to_exitcode(app.wait()) == 1
        assert "RuntimeError" in shown(on_the_ordinary_screen(app))
    else:
        os.kill(app.pid, signal.SIGHUP if ending == "hang-up" else signal.SIGKILL)
        app.wait()
    keeps_to_itself(app, tmp_path)
    assert OFF in app.transcript or ending == "kill -9"
    journal = opening.unlock(Path(own["JOURNAL_HOME"]), PASSPHRASE)
    draft = journal.draft()
    journal.close()
    assert draft is not None
    assert draft.content.text == f"The {CANARY}"
