"""A workspace: what a fresh one holds, commands, and taking them back."""

from datetime import UTC, date, datetime

import pytest

from store.common.errors import StaleError, StoreError
from store.database.connection import SqliteError
from store.records import Capacity, Command, Decision, Item, Progress, Shirt, Size, Slice, SliceRule, State, Team, Wait
from store.workspace.workspace import Workspace
from tests.store.helpers import content, fresh, item, put, with_sizes


@pytest.fixture
def workspace(tmp_path):
    workspace = fresh(tmp_path / "plan.db")
    yield workspace
    workspace.close()


class TestFresh:
    def test_has_the_next_quarter_the_slices_and_no_team(self, workspace):
        state = workspace.load()
        quarter = state.quarter
        assert (quarter.name, quarter.starts, quarter.ends) == ("Q1 2027", date(2027, 1, 1), date(2027, 3, 31))
        assert quarter.target == 0.7
        slices = list(state.each(Slice))
        assert [s.letter for s in slices] == list("FIQDO")
        assert sum(s.aim for s in slices) == 100
        assert {s.letter: (s.floor, s.ceiling) for s in slices if s.floor or s.ceiling} == {
            "D": (10, None),
            "O": (None, 10),
        }
        assert {rule.slice for rule in state.each(SliceRule)} <= {s.letter for s in slices}
        assert [s.letter for s in state.each(Shirt)] == ["S", "M", "L", "XL"]
        assert not state.all(Team)
        assert state.workspace.name == "plan"

    @pytest.mark.parametrize(
        ("today", "name", "starts", "ends"),
        [
            (date(2026, 1, 1), "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
            (date(2026, 9, 30), "Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
            (date(2027, 12, 31), "Q1 2028", date(2028, 1, 1), date(2028, 3, 31)),
        ],
    )
    def test_plans_the_quarter_after_today(self, tmp_path, today, name, starts, ends):
        with Workspace.open(tmp_path / "a.db", today=today) as workspace:
            quarter = workspace.load().quarter
        assert (quarter.name, quarter.starts, quarter.ends) == (name, starts, ends)

    def test_all_have_one_seed_so_that_the_same_file_has_the_same_odds_everywhere(self, tmp_path):
        seeds = set()
        for name in "abc":
            with Workspace.open(tmp_path / f"{name}.db") as workspace:
                seeds.add(workspace.load().workspace.seed)
        assert len(seeds) == 1
        assert all(0 <= seed < 2**53 for seed in seeds)

    def test_is_one_event_that_undo_leaves_alone(self, workspace):
        assert [event.kind for event in workspace.events()] == ["create"]
        assert workspace.undo_event() is None
        assert workspace.undo() is None
        assert workspace.redo() is None


class TestApply:
    def test_new_records_find_each_other(self, workspace):
        applied = workspace.apply(with_sizes())
        state = workspace.load()
        (size,) = state.each(Size)
        assert state.all(Item)[size.item_id].title == "Webhooks"
        assert state.all(Team)[size.team_id].name == "Web"
        assert applied.ids == {-1: size.team_id, -2: size.item_id, -3: size.id}
        assert applied.event.actor == "ada"

    def test_the_state_that_follows_equals_the_one_that_is_loaded(self, workspace):
        followed = workspace.load()
        for change in (
            lambda: workspace.apply(with_sizes()),
            lambda: workspace.apply(put(followed.quarter.model_copy(update={"target": 0.65}))),
            workspace.undo,
            workspace.undo,
            workspace.redo,
        ):
            followed.apply(change().changes)
            assert followed.tables == workspace.load().tables

    def test_events_and_changes_tell_what_happened(self, workspace):
        workspace.apply(with_sizes())
        (event,) = workspace.events(after=1)
        assert (event.kind, event.label) == ("edit", "edit")
        assert event.at.tzinfo is not None
        assert [change.table for change in workspace.changes(event.seq)] == ["teams", "items", "sizes"]
        assert workspace.events(after=event.seq) == []
        assert len(workspace.events(limit=1)) == 1

    def test_a_stale_change_is_refused_with_who_when_and_what(self, tmp_path, workspace):
        workspace.apply(put(item(-1, title="Bulk export")))
        with fresh(tmp_path / "plan.db", actor="grace") as other:
            (mine,) = workspace.load().each(Item)
            other.apply(put(mine.model_copy(update={"owner": "Joan", "note": "soon"}), label="give it to Joan"))
            before = other.load().tables
            with pytest.raises(
                StaleError, match=r"“Bulk export”.*grace changed owner and note at \d\d:\d\d.*give it to Joan"
            ):
                workspace.apply(put(item(-5), mine.model_copy(update={"title": "Export"})))
            assert other.load().tables == before
            (theirs,) = other.load().each(Item)
            other.apply(Command("edit", "away with it", removes=(theirs,)))
            with pytest.raises(StaleError, match="grace removed it"):
                workspace.apply(put(theirs.model_copy(update={"title": "Export"})))

    @pytest.mark.parametrize(
        ("records", "sentence"),
        [
            ([item(-1).model_copy(update={"title": "\u202e \x07\n"})], "needs a title"),
            ([item(-1).model_copy(update={"value": float("inf")})], "value"),
            ([item(-1).model_copy(update={"state": "later"})], "state"),
            ([item(-1).model_copy(update={"draw": -1})], "draw"),
            ([item(-1), Size(id=-2, item_id=-77, team_id=-1, likely=1)], "not part of the change"),
            ([item(-1), Wait(id=-2, item_id=-1, customer_id=99)], "needs a customer"),
            ([item(-1), item(-1)], "twice"),
            ([item(0)], "id"),
            ([item(-1), Team(id=-1, name="same number")], "twice"),
            (
                [Team(id=-1, name="x"), *(Capacity(id=i, quarter_id=1, team_id=-1, net=1) for i in (-2, -3))],
                "same quarter_id and team_id",
            ),
            ([Team(id=-1, name="x", position=2**70)], "larger"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_half_done(self, workspace, records, sentence):
        before = workspace.load().tables
        with pytest.raises(StoreError, match=sentence) as caught:
            workspace.apply(put(item(-90), *records))
        assert str(caught.value).endswith((".", "negative."))
        assert workspace.load().tables == before
        assert len(workspace.events()) == 1
        assert workspace.apply(put(item(-1))).ids

    def test_what_was_told_of_a_size_is_told_again_and_never_twice_for_the_first_time(self, workspace):
        told = workspace.apply(with_sizes())
        item_id, team_id = told.ids[-2], told.ids[-1]
        workspace.apply(put(Progress(id=-1, item_id=item_id, team_id=team_id, spent=1.0)))
        with pytest.raises(StaleError, match=r"was told meanwhile: ada .*edit"):
            workspace.apply(put(Progress(id=-1, item_id=item_id, team_id=team_id, spent=2.0)))
        (row,) = workspace.load().each(Progress)
        workspace.apply(put(row.model_copy(update={"spent": 1.5})))
        assert [each.spent for each in workspace.load().each(Progress)] == [1.5]

    def test_what_others_need_cannot_be_removed(self, workspace):
        workspace.apply(with_sizes())
        (team,) = workspace.load().each(Team)
        with pytest.raises(StoreError, match="still needs a team"):
            workspace.apply(Command("edit", "no team", removes=(team,)))
        assert workspace.load().all(Team)

    def test_a_family_is_removed_and_replaced_in_one_command(self, workspace):
        workspace.apply(with_sizes())
        state = workspace.load()
        (size,) = state.each(Size)
        workspace.apply(Command("edit", "x", (size.model_copy(update={"id": -1, "likely": 3.0}),), removes=(size,)))
        assert [s.likely for s in workspace.load().each(Size)] == [3.0]
        workspace.undo()
        assert list(workspace.load().each(Size)) == [size.model_copy(update={"rev": 1})]

    def test_the_journals_own_words_and_empty_commands_are_refused(self, workspace):
        for command in (Command("undo", "x", (item(-1),)), Command("create", "x", (item(-1),)), Command("edit", "x")):
            with pytest.raises(StoreError):
                workspace.apply(command)

    def test_text_is_cleaned_on_the_way_in(self, workspace):
        dirty = item(-1, title=" a\u202eb\x1b[31m\r\nc ", owner="A\tB", note="one\r\ntwo\x00\n\tthree")
        workspace.apply(put(dirty))
        (clean,) = workspace.load().each(Item)
        assert (clean.title, clean.owner, clean.note) == ("ab[31m c", "A B", "one\ntwo\n\tthree")

    def test_times_come_back_as_they_were(self, workspace):
        at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
        workspace.apply(put(Decision(id=-1, quarter_id=1, at=at, kind="trade", title="swap", odds_before=0.7)))
        (decision,) = workspace.load().each(Decision)
        assert decision.at == at


class TestUndo:
    def test_goes_back_to_the_first_state_across_restarts(self, tmp_path):
        path = tmp_path / "a.db"
        with fresh(path) as workspace:
            first = content(workspace.load())
            workspace.apply(with_sizes())
            (one,) = workspace.load().each(Item)
            workspace.apply(put(one.model_copy(update={"rank": 0.1 + 0.2, "title": "other"}), label="rename"))
            last = content(workspace.load())
        with fresh(path) as workspace:
            assert workspace.undo_event().label == "rename"
            assert workspace.undo().event.kind == "undo"
        with fresh(path) as workspace:
            workspace.undo()
            assert workspace.undo() is None
            assert content(workspace.load()) == first
        with fresh(path) as workspace:
            assert workspace.redo_event().label == "edit"
            workspace.redo()
            assert workspace.redo_event().label == "rename"
            workspace.redo()
            assert workspace.redo() is None
            assert content(workspace.load()) == last

    def test_a_new_command_ends_redo(self, workspace):
        workspace.apply(put(item(-1)))
        workspace.undo()
        workspace.apply(put(item(-1)))
        assert workspace.redo_event() is None
        assert workspace.redo() is None

    def test_ids_are_not_given_twice(self, workspace):
        (first,) = workspace.apply(put(item(-1))).ids.values()
        workspace.undo()
        (second,) = workspace.apply(put(item(-1))).ids.values()
        assert second != first

    def test_revisions_still_rise_so_that_stale_views_are_noticed(self, workspace):
        workspace.apply(put(item(-1)))
        (seen,) = workspace.load().each(Item)
        workspace.undo()
        workspace.redo()
        with pytest.raises(StaleError):
            workspace.apply(put(seen.model_copy(update={"title": "x"})))

    def test_only_what_the_user_read_on_the_screen(self, tmp_path, workspace):
        mine = workspace.apply(put(item(-1), label="mine")).event
        with fresh(tmp_path / "plan.db", actor="grace") as other:
            other.apply(put(item(-1), label="theirs"))
        with pytest.raises(StaleError, match=r"grace.*theirs"):
            workspace.undo(expect=mine.seq)
        assert len(workspace.load().all(Item)) == 2
        assert workspace.undo(expect=workspace.undo_event().seq).event.label == "theirs"

    def test_many_steps_back_and_forth(self, workspace):
        for number in range(60):
            workspace.apply(put(item(-1), label=str(number)))
        for _ in range(2):
            for number in reversed(range(60)):
                assert workspace.undo().event.label == str(number)
            for number in range(60):
                assert workspace.redo().event.label == str(number)
        assert len(workspace.load().all(Item)) == 60

    def test_refused_whole_if_a_row_is_not_as_the_event_left_it(self, workspace):
        """Cannot come about by commands alone; a row changed beneath the journal must still not be overwritten."""
        workspace.apply(put(item(-1, title="Bulk export"), label="add"))
        raw = workspace._file.connection
        raw.execute("DROP TRIGGER items_update_journal")
        raw.execute("UPDATE items SET title = 'Other', rev = rev + 1")
        with pytest.raises(StaleError, match="“add” cannot be taken back: the item “Bulk export” was changed"):
            workspace.undo()
        assert [i.title for i in workspace.load().each(Item)] == ["Other"]


def test_ten_thousand_items_in_one_command(workspace):
    new = [item(-n) for n in range(1, 10_001)]
    sizes = [Size(id=-20_000 - n, item_id=-n, team_id=-50_000, likely=1) for n in range(1, 10_001)]
    workspace.apply(put(Team(id=-50_000, name="Web"), *new, *sizes))
    state: State = workspace.load()
    assert len(state.all(Item)) == len(state.all(Size)) == 10_000
    workspace.undo()
    assert not workspace.load().all(Item)


class _FailsAtCommit:
    """A connection whose disk fails at COMMIT, before or after it was carried out."""

    def __init__(self, connection, carried_out):
        self._connection, self._carried_out = connection, carried_out

    def __getattr__(self, name):
        return getattr(self._connection, name)

    def execute(self, sql, *parameters):
        if sql != "COMMIT":
            return self._connection.execute(sql, *parameters)
        self._connection.execute("COMMIT" if self._carried_out else "ROLLBACK")
        error = SqliteError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
        raise error


@pytest.mark.parametrize("carried_out", [True, False])
def test_after_a_failed_commit_the_file_says_what_became_of_it(workspace, carried_out):
    workspace._file.connection = _FailsAtCommit(workspace._file.connection, carried_out)
    change = put(workspace.load().quarter.model_copy(update={"target": 0.5}))
    if carried_out:
        assert workspace.apply(change).event.seq == 2
    else:
        with pytest.raises(StoreError, match=r"disk.*nothing was changed"):
            workspace.apply(change)
    assert workspace.load().quarter.target == (0.5 if carried_out else 0.7)
    assert workspace.apply(put(item(-1))).ids
