"""What a process wrote, recorded call by call, and the folder as a disk could hold it after the power went."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STRACE = shutil.which("strace")

_MODELLED = "openat,close,lseek,write,pwrite64,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir,fsync"
_MODELLED += ",fdatasync"
_OTHERS = "open,creat,dup,dup2,dup3,writev,pwritev,pwritev2,truncate,fallocate,link,linkat,symlink,symlinkat,mkdirat"
_OTHERS += ",sendfile,copy_file_range"
"""Calls that would change a folder, too, and that the record does not follow: it is refused where one is met."""

_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_CUT = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OF = re.compile(r"(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file; `data` None is a new size, given as `at`."""

    file: int
    at: int
    data: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rename:
    """A name that came, went or changed folder: what `number` was called and is called now; None for not at all."""

    number: int
    old: tuple[int, str] | None
    new: tuple[int, str] | None
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Sync:
    number: int


@dataclass(frozen=True, slots=True)
class Said:
    """A line that the process printed once it was sure of something."""

    line: str


Step = Write | Rename | Sync | Said
TOP = 0


class Disk:
    """Folders and files by numbers, which stay theirs when they are renamed; the top folder is number 0."""

    def __init__(self, top: Path) -> None:
        self.folders: dict[int, dict[str, int]] = {}
        self.files: dict[int, bytearray] = {}
        self._take(top, TOP)

    def _take(self, folder: Path, number: int) -> None:
        names = self.folders.setdefault(number, {})
        for path in sorted(folder.iterdir()):
            names[path.name] = inner = len(self.folders) + len(self.files)
            if path.is_dir():
                self._take(path, inner)
            else:
                self.files[inner] = bytearray(path.read_bytes())

    def copy(self) -> Disk:
        made = Disk.__new__(Disk)
        made.folders = {number: dict(names) for number, names in self.folders.items()}
        made.files = {number: bytearray(content) for number, content in self.files.items()}
        return made

    def carry_out(self, step: Step) -> None:
        if isinstance(step, Write):
            content = self.files.setdefault(step.file, bytearray())
            end = step.at + len(step.data or b"")
            if len(content) < end:
                content.extend(bytes(end - len(content)))
            content[step.at : end] = step.data or b""
            if step.data is None:
                del content[step.at :]
        elif isinstance(step, Rename):
            if step.folder:
                self.folders.setdefault(step.number, {})
            if step.old:
                self.folders[step.old[0]].pop(step.old[1], None)
            if step.new:
                self.folders[step.new[0]][step.new[1]] = step.number

    def number(self, path: str) -> int | None:
        """What a path below the top stands for now."""
        number: int | None = TOP
        for name in path.split("/") if path else ():
            number = self.folders.get(number, {}).get(name) if number is not None else None
        return number

    def written(self) -> Iterator[tuple[str, bytes | None]]:
        """Every path below the top, a folder before what it holds, with its bytes; None for a folder."""
        yield from self._within(TOP, "")

    def _within(self, number: int, above: str) -> Iterator[tuple[str, bytes | None]]:
        for name, inner in sorted(self.folders[number].items()):
            if inner in self.folders:
                yield above + name, None
                yield from self._within(inner, f"{above}{name}/")
            else:
                yield above + name, bytes(self.files.get(inner, b""))

    def put(self, place: Path) -> None:
        """Write all of it below a folder that is made for it, without access for others."""
        place.mkdir(mode=0o700)
        for path, content in self.written():
            if content is None:
                (place / path).mkdir(mode=0o700)
            else:
                with os.fdopen(os.open(place / path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as stream:
                    stream.write(content)

    def fingerprint(self) -> str:
        hashed = hashlib.sha256()
        for path, content in self.written():
            hashed.update(repr((path, content is None, len(content or b""))).encode() + (content or b""))
        return hashed.hexdigest()


# --------------------------------------------------------------------------- recording


@dataclass(frozen=True, slots=True)
class Record:
    """The folder before, and every step that followed."""

    before: Disk
    steps: tuple[Step, ...]

    def said(self, until: int) -> list[str]:
        """What had been printed by then."""
        return [step.line for step in self.steps[:until] if isinstance(step, Said)]


def record(command: Sequence[str], top: Path, trace: Path, **environment: str) -> Record:
    """Run a command and record all that it does below `top`; what it prints are its acknowledgements."""
    before, top = Disk(top), top.resolve()
    watch = [
        str(STRACE),
        "-f",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "-o",
        str(trace),
        "-e",
        f"trace={_MODELLED},{_OTHERS}",
    ]
    done = subprocess.run([*watch, *command], capture_output=True, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise AssertionError(done.stderr.decode()[-2000:])
    reader = _Reader(top, before.copy())
    for line in _whole_lines(trace.read_text("ascii")):
        reader.take(line)
    return Record(before, tuple(reader.steps))


def _whole_lines(trace: str) -> Iterator[str]:
    """Each call on one line, at the moment it returned."""
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        if cut := _CUT.match(line):
            begun[cut[1]] = cut[2]
        elif rest := _RESUMED.match(line):
            yield f"{rest[1]} {begun.pop(rest[1], '')}{rest[2]}"
        else:
            yield line


def _decoded(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


class _Reader:
    """Turns the lines of a trace into steps, by following names and descriptors."""

    def __init__(self, top: Path, live: Disk) -> None:
        self._top = str(top)
        self._live = live
        self._next = 1000
        self._open: dict[str, list[int]] = {}
        """Descriptor: the number of what it is open on, and the place in it where `write` writes."""
        self.steps: list[Step] = []

    def take(self, line: str) -> None:
        if not (call := _CALL.match(line)) or int(call[4]) < 0:
            return
        _, name, given, answer = call.groups()
        if '"...' in given:
            raise AssertionError("a write was longer than is recorded")
        known = {
            "openat": self._opened, "close": self._closed, "lseek": self._moved, "write": self._wrote,
            "pwrite64": self._wrote, "ftruncate": self._resized, "rename": self._renamed, "renameat": self._renamed,
            "renameat2": self._renamed, "unlink": self._removed, "unlinkat": self._removed, "rmdir": self._removed,
            "mkdir": self._made_folder, "fsync": self._synced, "fdatasync": self._synced,
        }  # fmt: skip
        if name in known:
            known[name](given, int(answer))
        elif self._top.encode().hex() in given.replace("\\x", ""):
            raise AssertionError(f"{name} is not followed")

    def _do(self, step: Step) -> None:
        self.steps.append(step)
        self._live.carry_out(step)

    def _paths(self, given: str) -> list[str | None]:
        """The paths of a call, from the top on; None for one elsewhere."""
        starts = [_decoded(found[1]).decode() for found in _OF.finditer(given)] or [str(Path.cwd())]
        texts = [_decoded(found[1]).decode() for found in _TEXT.finditer(given)]
        whole = [os.path.normpath(Path(start, text)) for start, text in zip(starts * 2, texts, strict=False)]
        return [None if self._outside(path) else path[len(self._top) + 1 :] for path in whole]

    def _outside(self, path: str) -> bool:
        return path != self._top and not path.startswith(self._top + "/")

    def _parent(self, path: str) -> tuple[int, str]:
        above, _, name = path.rpartition("/")
        number = self._live.number(above)
        assert number is not None, path
        return number, name

    def _opened(self, given: str, descriptor: int) -> None:
        path = self._paths(given)[0]
        self._open.pop(str(descriptor), None)
        if path is None:
            return
        number = self._live.number(path)
        if number is None:
            assert "O_CREAT" in given, given
            number = self._next = self._next + 1
            self._do(Rename(number, None, self._parent(path)))
            self._do(Write(number, 0, None))
        elif "O_TRUNC" in given:
            self._do(Write(number, 0, None))
        assert "O_APPEND" not in given, given
        self._open[str(descriptor)] = [number, 0]

    def _file(self, given: str) -> list[int] | None:
        return self._open.get(given.partition("<")[0])

    def _closed(self, given: str, _: int) -> None:
        self._open.pop(given.partition("<")[0], None)

    def _moved(self, given: str, place: int) -> None:
        if found := self._file(given):
            found[1] = place

    def _wrote(self, given: str, size: int) -> None:
        text = _TEXT.search(given)
        assert text, given[:200]
        data = _decoded(text[1])[:size]
        if (found := self._file(given)) is None:
            if given.startswith("1<"):
                self.steps += [Said(line) for line in data.decode().splitlines()]
            return
        after = given[text.end() :].split(", ")  # "", size asked for, and for pwrite64 the place
        place = int(after[2]) if len(after) > 2 else found[1]
        if len(after) == 2:
            found[1] += size
        self._do(Write(found[0], place, data))

    def _resized(self, given: str, _: int) -> None:
        if found := self._file(given):
            self._do(Write(found[0], int(given.rpartition(", ")[2]), None))

    def _synced(self, given: str, _: int) -> None:
        if found := self._file(given):
            self._do(Sync(found[0]))

    def _renamed(self, given: str, _: int) -> None:
        old, new = self._paths(given)
        if old is None and new is None:
            return
        if old is None or new is None:
            raise AssertionError("a rename over the border of what is recorded")
        number = self._live.number(old)
        assert number is not None, old
        self._do(Rename(number, self._parent(old), self._parent(new)))

    def _removed(self, given: str, _: int) -> None:
        path = self._paths(given)[0]
        if path is not None and (number := self._live.number(path)) is not None:
            self._do(Rename(number, self._parent(path), None))

    def _made_folder(self, given: str, _: int) -> None:
        path = self._paths(given)[0]
        if path:
            self._next += 1
            self._do(Rename(self._next, None, self._parent(path), folder=True))
