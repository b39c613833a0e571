"""The backup that makes itself, and the one line Today has for it."""

from pathlib import Path

from textual.widgets import Input

from journal.domain import BackupPlan
from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.widgets.backup_line import SOME_ENTRIES, BackupLine


async def line_of(pilot) -> str:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    line = pilot.app.screen.query_one(BackupLine)
    return "" if line.has_class("hidden") else str(line.content)


async def test_a_new_journal_is_not_pestered_and_one_with_some_entries_is_told_once_quietly(app: SmallL, wrote) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        assert await line_of(pilot) == ""
        for number in range(SOME_ENTRIES):
            wrote(f"entry {number}")
        app.screen.refresh_all()
        assert await line_of(pilot) == "No backup yet · settings make one each week"


async def test_the_age_of_the_last_backup_is_told(app: SmallL, journal: Journal, clock, tmp_path: Path, wrote) -> None:
    wrote("something")
    journal.safekeeping.back_up(tmp_path / "x.backup")
    clock.forward(days=3)
    async with app.run_test(size=(80, 24)) as pilot:
        assert await line_of(pilot) == "Last backup 3 days ago"
        clock.forward(days=40)
        app.screen.refresh_all()
        assert "settings make one each week" in await line_of(pilot)
        clock.forward(days=-90)
        app.screen.refresh_all()
        assert await line_of(pilot) == "Last backup today"


async def test_a_backup_that_is_due_is_made_after_unlocking_while_the_app_goes_on(
    app: SmallL, journal: Journal, clock, tmp_path: Path, wrote
) -> None:
    wrote("something")
    journal.safekeeping.set_plan(BackupPlan(tmp_path / "stick", keep=2, every=7))
    async with app.run_test(size=(80, 24)) as pilot:
        assert await line_of(pilot) == "Last backup today"
    assert len(list((tmp_path / "stick").iterdir())) == 1
    clock.forward(days=6)
    again = SmallL(journal.home, journal=journal, analyse=False)
    async with again.run_test(size=(80, 24)) as pilot:
        assert await line_of(pilot) == "Last backup 6 days ago"
    assert len(list((tmp_path / "stick").iterdir())) == 1


async def test_a_folder_named_in_the_settings_gets_a_backup_on_the_way_back_to_today(
    app: SmallL, journal: Journal, tmp_path: Path, wrote
) -> None:
    wrote("something")
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        field = app.screen.query_one("#backups", Input)
        field.value = str(journal.home)
        await field.action_submit()
        await pilot.pause()
        assert field.value == ""
        assert journal.safekeeping.state().plan is None
        field.value = str(tmp_path / "stick")
        field.focus()
        await pilot.press("tab")
        await pilot.pause()
        assert journal.safekeeping.state().plan == BackupPlan(tmp_path / "stick")
        await pilot.press("escape")
        assert await line_of(pilot) == "Last backup today"
    assert len(list((tmp_path / "stick").iterdir())) == 1


async def test_a_disk_that_is_not_there_is_told_calmly_with_what_to_do(
    app: SmallL, journal: Journal, clock, tmp_path: Path, wrote
) -> None:
    wrote("something")
    journal.safekeeping.set_plan(BackupPlan(tmp_path / "stick", every=7))
    journal.safekeeping.back_up_as_planned()
    (tmp_path / "stick").rename(tmp_path / "unplugged")
    clock.forward(days=8)
    async with app.run_test(size=(80, 24)) as pilot:
        told = await line_of(pilot)
        assert "could not be made" in told
        assert "Plug its disk in" in told
        assert "8 days ago" in told
    assert not (tmp_path / "stick").exists()
