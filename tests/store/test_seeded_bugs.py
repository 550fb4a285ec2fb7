"""Bugs planted in the store, one at a time: the checks that watch over it must find every one.

Each is run against a short form of the state machine (``world.py``), edits behind the journal's back, and the lock.
The same run finds nothing where nothing is planted. About a second a bug.
"""

import os
import random
import shutil
import threading
from functools import cache

import pytest

from store.backups import restore
from store.database import access, connection, journal, replay, seals, triggers, undo, verify, write
from store.database.connection import SqliteError
from store.database.findings import Finding
from store.records import Item
from store.workspace import workspace
from tests.store import beginnings, world
from tests.store.helpers import fresh, item, put, with_sizes
from tests.store.world import World, tamper

fcntl = pytest.importorskip("fcntl")

#: Runs of the state machine that a bug has to hide from, those first that find most for their time; and their length.
SEEDS, STEPS = (8, 5, 6, 10, 9, 2, 4, 3, 7, 11, 0, 1), 40
#: So many worlds are lived in before a file is tampered with, which takes as long as two of them.
EARLY = 2
#: What a check says that found something: an assertion, pytest's own failures, or the store in trouble.
FOUND = (Exception, pytest.fail.Exception)


def small(path):
    with fresh(path) as one:
        one.apply(with_sizes())
        (first,) = one.load().each(Item)
        one.apply(put(first.model_copy(update={"title": "Bulk export"})))
        one.undo()
        one.redo()


def waits_for_the_lock(path):
    """A change waits while another process holds the lock."""
    with fresh(path) as one:
        descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # However long it takes to get there: it has asked for the lock, or is done without.
        there, done = threading.Event(), threading.Event()
        flock = fcntl.flock

        def asked(*what):
            there.set()
            return flock(*what)

        def work():
            try:
                one.apply(put(item(-1)))
                done.set()
            finally:
                there.set()

        writer = threading.Thread(target=work)
        fcntl.flock = asked
        try:
            writer.start()
            assert there.wait(60), "it neither writes nor waits"
            early = done.wait(0.02)
        finally:
            fcntl.flock = flock
            os.close(descriptor)
            writer.join()
        assert not early, "the lock was not waited for"


def small_and_locked(folder):
    small(folder / "a.db")
    waits_for_the_lock(folder / "a.db")


def tampered(folder):
    small(folder / "a.db")
    tamper(folder / "a.db")


def live(folder, seed):
    """A world that is lived in."""
    one = World(folder)
    try:
        one.run(random.Random(seed), STEPS)
    finally:
        one.close()


def look(folder, soonest=None):
    """Everything that watches over the store, what finds most for its time first; before all else the ``soonest``."""
    checks = (small_and_locked, *SEEDS[:EARLY], tampered, *SEEDS[EARLY:])
    for number, check in enumerate(sorted(checks, key=lambda each: each != soonest)):
        room = folder / str(number)
        room.mkdir()
        check(room) if callable(check) else live(room, check)
        shutil.rmtree(room)


class Rewriting:
    """A connection that writes another SQL than it is given."""

    def __init__(self, real, rewrite):
        self.real, self.rewrite = real, rewrite

    def __getattr__(self, name):
        return getattr(self.real, name)

    def execute(self, sql, *parameters):
        return self.real.execute(self.rewrite(sql), *parameters)

    def executemany(self, sql, *parameters):
        return self.real.executemany(self.rewrite(sql), *parameters)


def nothing(*_):
    return None


BUGS = {}


def bug(plant):
    BUGS[plant.__name__.replace("_", " ")] = plant
    return plant


@bug
def a_revision_is_not_checked(patch):
    patch(write, "_require_fresh", nothing)


@bug
def a_stale_row_overwrites_a_newer_one(patch):
    real = write._replace
    patch(write, "_require_fresh", nothing)
    patch(write, "_replace", lambda c, t, rows: real(Rewriting(c, lambda s: s.replace(" AND rev = :rev", "")), t, rows))


@bug
def undo_ignores_later_changes(patch):
    patch(undo, "_require_untouched", nothing)


@bug
def a_scenario_that_was_closed_holds_undo_up(patch):
    patch(undo, "_stays", lambda *_: False)


@bug
def undo_leaves_a_scenario_that_was_changed_as_it_is(patch):
    real = undo.current_rows
    patch(
        undo,
        "_stays",
        lambda c, _, change: change.table == "scenarios" and change.id in real(c, "scenarios", [change.id]),
    )


@bug
def undo_does_not_say_who_needs_what_it_removes(patch):
    patch(undo, "_require_links", nothing)


@bug
def undo_brings_rows_back_at_their_old_revision(patch):
    real = undo._restore
    patch(undo, "_restore", lambda c, *rest: real(Rewriting(c, lambda s: s.replace(":rev + 1", ":rev")), *rest))


@bug
def undo_counts_instead_of_following_the_links(patch):
    def counting(c, others=()):
        taken_back = 0
        for event in undo._backwards(c):
            if event.kind in undo.BEGINNINGS:
                return None
            if event.kind == journal.UNDO:
                taken_back += 1
            elif taken_back:
                taken_back -= 1
            elif event.session not in others:
                return event
        return None

    patch(workspace, "undo_target", counting)


@bug
def undo_takes_back_what_another_seat_did(patch):
    real = undo.undo_target
    patch(workspace, "undo_target", lambda c, others=(): real(c))


@bug
def redo_is_allowed_after_a_new_command(patch):
    def any_undo(c, others=()):
        redone = set()
        for event in undo._backwards(c):
            if event.kind == journal.UNDO and event.seq not in redone and event.session not in others:
                return event
            redone.add(event.undoes)
        return None

    patch(workspace, "redo_target", any_undo)


@bug
def the_same_undo_is_redone_twice(patch):
    def last_undo(c, others=()):
        for event in undo._backwards(c):
            if event.session not in others and event.kind == journal.UNDO:
                return event
            if event.session not in others and event.kind != journal.REDO:
                return None
        return None

    patch(workspace, "redo_target", last_undo)


@bug
def the_seal_skips_a_column(patch):
    real = seals.seal_of
    for module in (seals, world.seals):
        patch(module, "seal_of", lambda p, event, changes: real(p, event[:6], changes))


@bug
def the_seal_skips_the_before_images(patch):
    real = seals.seal_of
    patch(seals, "seal_of", lambda p, event, changes: real(p, event, [(*one[:5], one[6]) for one in changes]))


@bug
def the_seals_are_no_chain(patch):
    real = seals.seal_of
    patch(seals, "seal_of", lambda p, event, changes: real(seals.FIRST, event, changes))


@bug
def the_seal_is_written_before_the_changes(patch):
    real = journal.begin_event

    def sealed_early(c, *rest):
        event, uid = real(c, *rest)
        seals.seal_event(c, event.seq)
        return event, uid

    patch(journal, "begin_event", sealed_early)

    def unsealed(c, seq, keep=True):
        c.execute("DELETE FROM cur")
        return "", journal.read_changes(c, seq)

    patch(journal, "end_event", unsealed)


@bug
def an_event_is_half_written_when_it_breaks_off(patch):
    def commits(self):
        if self._in_transaction:
            self.connection.execute("COMMIT")

    patch(access.Access, "roll_back", commits)


@bug
def ids_are_given_again(patch):
    def lowest_free(c, new):
        ids = {}
        for record in new:
            (top,) = c.execute(f"SELECT coalesce(max(id), 0) FROM {record.table}").fetchone()
            taken = [number for key, number in ids.items() if key[0] == record.table]
            ids[record.table, record.id] = max([top, *taken]) + 1
        return {number: real for (_, number), real in ids.items()}

    patch(write, "_real_ids", lowest_free)


@bug
def a_number_of_the_journal_is_left_out(patch):
    real = journal.begin_event

    def skipping(c, *rest):
        if c.execute("SELECT max(seq) FROM events").fetchone()[0] == 5:
            c.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'events'")
        return real(c, *rest)

    patch(journal, "begin_event", skipping)


def _triggers(patch, rewrite):
    # What is made once in a process is made anew, by the store as it is with the bug.
    patch(beginnings, "blank", cache(beginnings.blank.__wrapped__))
    patch(verify, "_expected", cache(verify._expected.__wrapped__))
    real = triggers._journal
    patch(triggers, "_journal", lambda c, table: real(Rewriting(c, rewrite), table))
    patch(triggers, "_append_only", lambda c, *rest, own=triggers._append_only: own(Rewriting(c, rewrite), *rest))


@bug
def a_before_image_lacks_a_column(patch):
    _triggers(patch, lambda sql: sql.replace("'title', OLD.\"title\", ", ""))


@bug
def an_after_image_holds_the_row_as_it_was_before(patch):
    _triggers(
        patch, lambda sql: sql.replace("'rank', NEW.\"rank\"", "'rank', OLD.\"rank\"") if "_update_" in sql else sql
    )


@bug
def changes_of_one_table_are_not_journaled(patch):
    _triggers(patch, lambda sql: "SELECT 1" if "TRIGGER teams_update_journal" in sql else sql)


@bug
def removals_of_one_table_are_not_journaled(patch):
    _triggers(patch, lambda sql: "SELECT 1" if "TRIGGER sizes_delete_journal" in sql else sql)


@bug
def entries_of_the_journal_may_be_rewritten(patch):
    _triggers(patch, lambda sql: "SELECT 1" if "TRIGGER events_no_update" in sql else sql)


@bug
def the_lock_is_not_taken(patch):
    patch(connection.FileLock, "_take", nothing)


@bug
def an_error_at_commit_is_taken_for_a_failure(patch):
    patch(access.Access, "_commit", lambda self, uid: self.connection.execute("COMMIT"))


@bug
def an_error_at_commit_is_taken_for_success(patch):
    def swallow(self, uid):
        try:
            self.connection.execute("COMMIT")
        except SqliteError:
            self.roll_back()

    patch(access.Access, "_commit", swallow)


@bug
def a_restore_is_not_noticed(patch):
    patch(workspace.Continuity, "require", nothing)


@bug
def a_backup_leaves_out_what_is_in_the_write_ahead_log(patch):
    def only_the_main_file(path, to=None, kind="asked"):
        from store.backups.backup import Made, _target

        target = _target(path, to, kind)
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
        return Made(target, verify.verify(target))

    patch(world, "back_up", only_the_main_file)


@bug
def a_restore_does_not_keep_the_present(patch):
    patch(restore, "keep", lambda c, path, kind: next(iter(restore.backups_folder(path).iterdir())))


@bug
def references_are_not_held(patch):
    real = connection.connect

    def loose(path, create=True):
        opened = real(path, create)
        opened.execute("PRAGMA foreign_keys=OFF")
        return opened

    patch(workspace, "connect", loose)
    patch(access, "connect", loose)


@bug
def what_others_did_comes_without_the_first(patch):
    real = journal.read_events
    patch(workspace.journal, "read_events", lambda c, after=0, limit=None: real(c, after, limit)[bool(after) :])


@bug
def verify_does_not_look_at_the_rows(patch):
    patch(verify, "look_at_rows", lambda c, tables: iter([Finding("ok", "rows", "")]))


@bug
def verify_does_not_compare_the_rows_with_the_journal(patch):
    patch(replay, "_behind_its_back", lambda *_: [])


@bug
def verify_does_not_look_at_the_seals(patch):
    patch(verify, "broken_seals", lambda c: [])


#: What finds a bug soonest that hides from others for long; where it does not, all the others look as ever.
SOONEST = {
    "a scenario that was closed holds undo up": 5,
    "undo does not say who needs what it removes": 0,
    "the seal skips a column": tampered,
    "the seal skips the before images": tampered,
    "the seals are no chain": tampered,
    "entries of the journal may be rewritten": tampered,
    "an after image holds the row as it was before": 2,
    "changes of one table are not journaled": 9,
    "removals of one table are not journaled": 1,
    "a before image lacks a column": 10,
    "a restore is not noticed": 2,
    "a backup leaves out what is in the write ahead log": 2,
    "a restore does not keep the present": 2,
    "verify does not look at the rows": tampered,
    "verify does not compare the rows with the journal": tampered,
    "verify does not look at the seals": tampered,
}


def test_what_finds_soonest_is_said_of_bugs():
    assert SOONEST.keys() <= BUGS.keys()


def test_nothing_is_found_where_nothing_is_planted(tmp_path):
    look(tmp_path)


@pytest.mark.parametrize("name", BUGS)
def test_is_found(name, tmp_path, monkeypatch):
    BUGS[name](monkeypatch.setattr)
    with pytest.raises(FOUND):
        look(tmp_path, SOONEST.get(name))
