"""What keeps copies of a journal is seen, and nothing else is suspected."""

from pathlib import Path

import pytest

from journal.machine.surroundings import notices, parent_programs


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Some Trust/journal", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud"),
        ("Dropbox/private/journal", "Dropbox"),
        ("Dropbox (Personal)/journal", "Dropbox"),
        ("Google Drive/journal", "Google Drive"),
        ("Nextcloud/journal", "Nextcloud"),
        ("Library/CloudStorage/Any/journal", "a cloud store"),
    ],
)
def test_a_journal_in_a_synced_folder_is_noticed(tmp_path: Path, folder: str, service: str) -> None:
    (notice,) = notices(tmp_path / folder, {}, ())
    assert notice.kind == "synced"
    assert service in notice.title
    assert "Move the whole folder" in notice.advice


def test_a_synced_folder_is_seen_through_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "journal").mkdir(parents=True)
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox" / "journal")
    assert [notice.kind for notice in notices(tmp_path / "mine", {}, ())] == ["synced"]


def test_onedrive_under_another_name_and_syncthing_are_seen(tmp_path: Path) -> None:
    (tmp_path / "Files" / "journal").mkdir(parents=True)
    environment = {"OneDriveCommercial": str(tmp_path / "Files")}
    assert [n.title for n in notices(tmp_path / "Files" / "journal", environment, ())] == [
        "This journal lies in a folder that OneDrive copies."
    ]
    (tmp_path / ".stfolder").mkdir()
    assert "Syncthing" in notices(tmp_path / "other", {}, ())[0].title


@pytest.mark.parametrize("folder", ["journal", "boxes/journal", "dropboxes/journal", "my drives/journal"])
def test_an_ordinary_folder_raises_nothing(tmp_path: Path, folder: str) -> None:
    assert notices(tmp_path / folder, {"TERM": "xterm", "TMUX": ""}, ("bash", "sshd", "systemd")) == ()


def test_a_multiplexer_and_a_recorder_are_noticed(tmp_path: Path) -> None:
    found = notices(tmp_path, {"TMUX": "/tmp/tmux-0/default,1,0"}, ("bash", "script", "sshd"))
    assert [notice.kind for notice in found] == ["multiplexer", "recorder"]
    assert "script" in found[1].title
    assert notices(tmp_path, {"ASCIINEMA_REC": "1"}, ())[0].kind == "recorder"


@pytest.mark.skipif(not Path("/proc/self/comm").exists(), reason="the system does not name the programs around")
def test_the_program_this_one_runs_in_is_named() -> None:
    import os

    assert parent_programs()[0] == Path(f"/proc/{os.getppid()}/comm").read_text().strip()
