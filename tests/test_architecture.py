"""The directions of import, so that every value travels one way."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "journal"
BASE = {"domain", "english", "errors", "files", "limits", "lines", "machine", "resources", "paths"}
MAY_SEE = {
    "domain": set(),
    "errors": set(),
    "english": {"errors", "resources"},
    "files": set(),
    "limits": {"errors"},
    "lines": {"errors", "limits"},
    "resources": {"errors"},
    "paths": set(),
    "machine": {"domain"},
    "prompting": BASE,
    "vault": BASE,
    "analysis": BASE,
    "privacy": BASE,
    "importers": BASE,
    "exporters": BASE,
    "sharing": BASE,
    "scoring": BASE | {"analysis"},
    "service": BASE | {"prompting", "vault", "analysis", "privacy", "importers", "sharing"},
    "tui": BASE | {"service"},
    "cli": BASE | {"service", "scoring", "tui"},
    "__init__": set(),
    "__main__": {"cli"},
}
EXCEPTIONS = {
    ("tui/reader.py", "analysis"): "the app's child process is a reader of plain values, owned by the event loop",
    ("cli/exchange.py", "importers"): "a foreign file becomes plain records before a journal is asked to keep any",
    ("cli/exchange.py", "exporters"): "a whole journal becomes plain files, named and guarded by the command",
}


def rooms_imported(path: Path) -> set[str]:
    """The rooms a file imports, lazily or not."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "journal" else [f"journal.{a.name}" for a in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("journal.")}
    return found


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_imports_only_rooms_its_own_room_may_see(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    allowed = MAY_SEE[room] | {room} | {other for (file, other) in EXCEPTIONS if file == name}
    assert rooms_imported(path) - {"__version__"} <= allowed


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_the_app_knows_textual_and_nobody_imports_the_data_folders(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    tops = {alias.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    tops |= {n.module.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert not tops & {"models", "prompts", "requests", "urllib", "http", "socket"}
    if path.relative_to(PACKAGE).parts[0] != "tui":
        assert "textual" not in tops


def test_every_exception_to_the_directions_is_still_needed() -> None:
    for file, room in EXCEPTIONS:
        assert room in rooms_imported(PACKAGE / file)
