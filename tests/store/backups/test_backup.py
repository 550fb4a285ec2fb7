"""Backups: whole, never in the way, named by their time, and as many as are wanted."""

import os
import random
import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

from store.backups import backup, hourly
from store.backups.backup import back_up, backups_of, prune
from store.common.errors import StoreError
from store.database.findings import Report
from store.database.places import backups_folder
from store.database.seals import seal_all
from store.database.verify import verify
from store.records import Item
from store.workspace.workspace import Workspace
from tests.store.helpers import content, fresh, item, put, with_sizes
from tests.store.unawares import unawares

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    with fresh(tmp_path / "a.db") as workspace:
        workspace.apply(with_sizes())
    return tmp_path / "a.db"


class Clock:
    def __init__(self, monkeypatch):
        self.at = START
        for module in (backup, hourly):
            monkeypatch.setattr(module, "now", lambda: self.at)

    def later(self, **how):
        self.at += timedelta(**how)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


class TestAsked:
    def test_holds_the_same_and_opens_by_itself(self, path, tmp_path, clock):
        with Workspace.open(path, read_only=True) as workspace:
            before = content(workspace.load())
        made = back_up(path)
        assert made.report.sound
        assert made.path == backups_folder(path) / "20261121T100000Z-asked.db"
        assert os.listdir(made.path.parent) == [made.path.name]
        with Workspace.open(made.path, read_only=True) as copy:
            assert content(copy.load()) == before

    def test_while_others_write(self, path):
        with fresh(path, actor="grace") as workspace:
            stop = threading.Event()
            written = []

            def write():
                while not stop.is_set():
                    written.append(workspace.apply(put(item(-1))).event.seq)

            writer = threading.Thread(target=write)
            writer.start()
            made = [back_up(path) for _ in range(3)]
            stop.set()
            writer.join()
            events = len(workspace.events())
        assert all(one.report.sound for one in made)
        assert len({one.path for one in made}) == 3
        counts = [one.report.events for one in made]
        assert counts == sorted(counts)
        assert events == len(written) + 2

    def test_two_in_one_second_have_two_names_that_sort(self, path, clock):
        names = [back_up(path).path.name for _ in range(3)]
        assert names == [f"20261121T10000{n}Z-asked.db" for n in range(3)]
        assert [one.path.name for one in backups_of(path)] == names[::-1]

    def test_to_a_file_or_a_folder_and_over_nothing(self, path, tmp_path, clock):
        (tmp_path / "safe").mkdir()
        assert back_up(path, tmp_path / "safe").path == tmp_path / "safe" / "20261121T100000Z-asked.db"
        assert back_up(path, tmp_path / "new" / "b.db").path.exists()
        (tmp_path / "mine.txt").write_text("mine")
        with pytest.raises(StoreError, match="not overwritten"):
            back_up(path, tmp_path / "mine.txt")
        assert (tmp_path / "mine.txt").read_text() == "mine"

    def test_of_nothing_or_of_another_programs_file(self, tmp_path):
        with pytest.raises(StoreError, match="no workspace at"):
            back_up(tmp_path / "no.db")
        (tmp_path / "x.db").write_text("x" * 600)
        with pytest.raises(StoreError, match="not a makeroom workspace"):
            back_up(tmp_path / "x.db")
        assert os.listdir(tmp_path) == ["x.db"]

    def test_no_room_is_a_sentence_and_leaves_nothing(self, path, monkeypatch):
        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(backup, "sync", full)
        with pytest.raises(StoreError, match="No space left on device"):
            back_up(path)
        assert not os.listdir(backups_folder(path))

    def test_a_damaged_workspace_is_copied_and_said_to_be(self, path):
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET label = 'other' WHERE seq = 2")
        raw.close()
        made = back_up(path)
        assert made.path.exists()
        assert any("entry 2 of the journal" in one.what for one in made.report.of("broken"))

    def test_of_a_file_that_may_only_be_read(self, path, tmp_path, monkeypatch):
        may = os.access
        monkeypatch.setattr(os, "access", lambda asked, mode: asked not in (path, path.parent) and may(asked, mode))
        monkeypatch.setattr(os, "access", lambda asked, mode: mode == os.R_OK or asked not in (path, path.parent))
        assert back_up(path, tmp_path / "b.db").report.sound


def wait(workspace):
    workspace._hourly.finish()


class TestHourly:
    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch):
        monkeypatch.setattr(hourly, "AFTER_OPENING", 0.0)

    def events_began(self, path, at):
        """The workspace was begun at another time (its journal's first entry, sealed anew)."""
        with unawares(path, "events", "seals") as raw:
            raw.execute("UPDATE events SET at = ?", (at.isoformat(),))
            raw.execute("DELETE FROM seals")
            seal_all(raw)

    def names(self, path):
        return [one.path.name for one in reversed(backups_of(path))]

    def test_none_in_the_first_hour_then_one_an_hour(self, path, clock, monkeypatch):
        self.events_began(path, START)
        ticks = [0.0]
        monkeypatch.setattr(hourly.time, "monotonic", lambda: ticks[0])

        def later(workspace, minutes):
            clock.later(minutes=minutes)
            ticks[0] += minutes * 60
            workspace.apply(put(item(-1)))
            wait(workspace)

        with fresh(path) as workspace:
            later(workspace, 30)
            assert self.names(path) == []
            later(workspace, 31)
            assert self.names(path) == ["20261121T110100Z-hourly.db"]
            later(workspace, 58)
            assert len(self.names(path)) == 1
            later(workspace, 3)
            assert self.names(path)[1:] == ["20261121T120200Z-hourly.db"]
            assert workspace.backup_trouble() == ""
        assert all(verify(one.path).sound for one in backups_of(path))

    def test_at_opening_and_not_again_without_a_change(self, path, clock):
        self.events_began(path, START - timedelta(days=3))
        for _ in range(3):
            with fresh(path) as workspace:
                workspace._hourly._thread.join()
            clock.later(hours=2)
        assert len(self.names(path)) == 1

    def test_a_short_visit_without_a_change_makes_none(self, path, clock, monkeypatch):
        monkeypatch.setattr(hourly, "AFTER_OPENING", 60.0)
        self.events_began(path, START - timedelta(days=3))
        fresh(path).close()
        assert self.names(path) == []
        with fresh(path) as workspace:
            workspace.apply(put(item(-1)))
        assert len(self.names(path)) == 1

    def test_two_seats_make_one(self, path, clock):
        self.events_began(path, START - timedelta(days=3))
        with fresh(path) as one:
            one.apply(put(item(-1)))
            wait(one)
            with fresh(path) as other:
                other.apply(put(item(-1)))
                wait(other)
        assert len(self.names(path)) == 1

    def test_a_clock_that_was_set_back_still_gets_one(self, path, clock):
        back_up(path)
        clock.at = datetime(1999, 1, 1, tzinfo=UTC)
        with fresh(path) as workspace:
            workspace.apply(put(item(-1)))
        assert self.names(path) == ["19990101T000000Z-hourly.db", "20261121T100000Z-asked.db"]

    def test_one_that_fails_disturbs_nothing_and_is_told(self, path, clock, monkeypatch):
        self.events_began(path, START - timedelta(days=3))
        backups_folder(path).write_text("in the way")
        with fresh(path) as workspace:
            assert workspace.apply(put(item(-1))).ids
            wait(workspace)
            assert "No backup of" in workspace.backup_trouble()
            assert workspace.backup_trouble().endswith(".")
            assert len(workspace.load().all(Item)) == 2
        assert backups_folder(path).read_text() == "in the way"

    def test_one_of_a_damaged_workspace_pushes_none_out(self, path, clock):
        self.events_began(path, START - timedelta(days=3))
        raw = sqlite3.connect(path, isolation_level=None)
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET label = 'other' WHERE seq = 2")
        raw.close()
        with fresh(path) as workspace:
            wait(workspace)
            assert "damaged (" in workspace.backup_trouble()
        assert self.names(path) == []


class TestHowManyStay:
    def make(self, path, *times, kind="hourly"):
        backups_folder(path).mkdir(exist_ok=True)
        for at in times:
            (backups_folder(path) / f"{at:%Y%m%dT%H%M%SZ}-{kind}.db").write_text("x")

    def test_the_last_24_and_one_a_day_for_30_days(self, path, monkeypatch):
        # Every hour of 40 days; the newest at 10:00.
        hours = [START - timedelta(hours=n) for n in range(40 * 24)]
        self.make(path, *hours)
        newest = backups_of(path)[0].path
        # A new one never costs more than two old ones; here all that are too many go at once.
        assert prune(path, newest) == [backups_folder(path) / f"{at:%Y%m%dT%H%M%SZ}-hourly.db" for at in hours[-2:]]
        monkeypatch.setattr(backup, "_MOST_AT_ONCE", 10_000)
        prune(path, newest)
        left = [one.at for one in backups_of(path)]
        assert left[:24] == hours[:24]
        # By hand: the 24 reach back to yesterday 11:00, so yesterday's last (23:00) is among them. Then the last of
        # each day before, as long as it is no older than 30 days: 19 November to 22 October, all at 23:00.
        assert left[24:] == [datetime(2026, 11, 21, 23, tzinfo=UTC) - timedelta(days=n) for n in range(2, 31)]

    def test_others_than_hourly_ones_stay(self, path):
        old = [START - timedelta(days=400 + n) for n in range(40)]
        for kind in ("asked", "before-restore", "before-version-3"):
            self.make(path, *old, kind=kind)
        (backups_folder(path) / "notes.txt").write_text("mine")
        (backups_folder(path) / "99999999T999999Z-hourly.db").write_text("no date")
        prune(path, path)
        assert len(backups_of(path)) == 120
        assert (backups_folder(path) / "notes.txt").exists()
        assert (backups_folder(path) / "99999999T999999Z-hourly.db").exists()


class TestClocksThatJump:
    """Days are counted by what is there: a clock that is wrong for a while costs no history."""

    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch):
        monkeypatch.setattr(hourly, "AFTER_OPENING", 0.0)

    def hourlies(self, path):
        return [one.path.name[:15] for one in backups_of(path) if one.kind == "hourly"]

    def change(self, path):
        """One change by somebody who opens the workspace for it, as the command line does."""
        with fresh(path) as workspace:
            workspace.apply(put(item(-1)))

    def daily(self, path, clock, days=28):
        """A backup a day, the latest of this moment."""
        backups_folder(path).mkdir()
        for n in range(days):
            (backups_folder(path) / f"{clock.at - timedelta(days=n):%Y%m%dT%H%M%SZ}-hourly.db").write_text("x")
        return self.hourlies(path)

    def quick(self, monkeypatch, path):
        """A change and what it brings about, but that a backup is a name alone: hundreds are made here."""

        def made(path, kind):
            target = backup._target(path, None, kind)
            target.write_text("x")
            return backup.Made(target, Report(path, ()))

        monkeypatch.setattr(backup, "back_up", made)
        connection = sqlite3.connect(path)

        def change():
            seen = hourly.Hourly(path)
            seen.changed(connection)
            seen.finish()
            assert seen.trouble == ""

        return change

    def test_one_change_under_a_clock_of_next_year_costs_no_day_and_makes_one_backup(self, path, clock):
        days = self.daily(path, clock)
        right = clock.at
        clock.at = datetime(2027, 6, 1, 10, tzinfo=UTC)
        self.change(path)
        clock.at = right
        for _ in range(30):
            clock.later(minutes=1)
            self.change(path)
        assert set(self.hourlies(path)) == {*days, "20270601T100000"}
        clock.later(hours=1)
        self.change(path)
        assert set(self.hourlies(path)) == {*days, "20270601T100000", f"{clock.at:%Y%m%dT%H%M%S}"}

    @pytest.mark.parametrize("wrong", [datetime(1999, 1, 1, tzinfo=UTC), datetime(2031, 5, 5, tzinfo=UTC)])
    def test_a_clock_that_is_wrong_for_two_days_costs_no_day(self, path, clock, wrong, monkeypatch):
        days = self.daily(path, clock)
        change = self.quick(monkeypatch, path)
        right, clock.at = clock.at, wrong
        for _ in range(40):
            change()
            clock.later(minutes=61)
        clock.at = right + timedelta(days=1)
        for _ in range(26):
            change()
            clock.later(minutes=61)
        left = self.hourlies(path)
        assert set(days) <= set(left)
        # The last 24 that the right clock dated are there, too.
        assert len([name for name in left if f"{right:%Y%m%dT%H}" < name[:11] < "203"]) >= 24

    @pytest.mark.parametrize("seed", range(6))
    def test_a_clock_that_jumps_at_random_never_takes_more_than_two_at_once(self, path, clock, seed, monkeypatch):
        """By hours and years, both ways. What is always said of the last state: there is a backup of it or of an hour
        before, by the clock of whoever asks."""
        chance = random.Random(seed)
        before, right = set(self.daily(path, clock, 6)), clock.at
        change = self.quick(monkeypatch, path)
        for _ in range(200):
            jump = chance.choice((0, 0, 1, -1, 24, -24, 24 * 400, -24 * 400, 24 * 9000)) * chance.random()
            right += timedelta(minutes=chance.choice((1, 30, 61)))
            clock.at = (right + timedelta(hours=jump)).replace(microsecond=0)
            change()
            now = set(self.hourlies(path))
            assert len(before - now) <= 2
            assert len(now - before) <= 1
            assert any(f"{clock.at - timedelta(hours=1, seconds=1):%Y%m%dT%H%M%S}" <= name for name in now)
            before = now
        assert len(before) <= 2 * (24 + 31)
