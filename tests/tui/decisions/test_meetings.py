"""Meetings read from a real journal: the plan as each found and left it; and the log's entries. About four seconds."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from scenarios.rules.commitments import commit_to, take_back
from scenarios.trade.changes import DecidedBy
from scenarios.trade.door import forecast_of
from scenarios.verdict.signatures import clear, review, standing_terms
from store.common.errors import StoreError
from store.database import journal
from store.records import Command, Decision, Item, Move
from store.records.negotiation import DecisionDetail, SignedTerms
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import small
from tui.decisions.log_entries import entries, listed_of
from tui.decisions.meetings import Meetings
from tui.decisions.memo_templates import template_for, write_templates

ROWS = [("One", 8.0, {}), ("Two", 6.0, {"slice": "O"}), ("Three", 4.0, {}), ("Below", 3.0, {"state": "below"})]
TODAY = datetime(2026, 12, 17, 10, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """Three items in plan; every event is of noon on that day, whenever this runs."""

    class Noon(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 12, 17, 12, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(journal, "datetime", Noon)
    with Workspace.open(small(tmp_path, ROWS, net=40.0), actor="ada") as opened:
        yield opened


def leave(workspace, title, at, *, puts=(), **said):
    """An item goes below the line by a decision of that moment."""
    state = workspace.load()
    (item,) = [each for each in state.each(Item) if each.title == title]
    given = {"id": -1, "quarter_id": state.quarter.id, "at": at, "kind": "drop", "title": title, "item_id": item.id}
    made = Decision.model_validate(given | said)
    out = Move(id=-2, decision_id=-1, item_id=item.id, kind="out", title=title, ew=1.0)
    below = item.model_copy(update={"state": "below"})
    return workspace.apply(Command("drop", f"{title} out", (below, made, out, *puts)))


def meetings(workspace):
    return Meetings(workspace, workspace.load())


def planned(state):
    return [item.title for item in state.each(Item) if item.state == "plan"]


class TestMeetings:
    def test_each_day_is_a_meeting_with_the_plan_as_it_found_and_left_it(self, workspace):
        leave(workspace, "Three", TODAY - timedelta(days=7))
        leave(workspace, "Two", TODAY - timedelta(days=1))
        leave(workspace, "One", TODAY - timedelta(days=1, hours=-1))
        found = meetings(workspace)
        assert found.days == ((TODAY - timedelta(days=1)).date(), (TODAY - timedelta(days=7)).date())
        assert [found.count(day) for day in found.days] == [2, 1]
        last, first = (found.held(day) for day in found.days)
        assert (planned(first.meeting.began), planned(first.state)) == (["One", "Two", "Three"], ["One", "Two"])
        assert (planned(last.meeting.began), planned(last.state)) == (["One", "Two"], [])
        # 8, 6 and 4 ew; the second is a one-off.
        assert [round(100 * mix.one_offs) for mix in first.mixes] == [33, 43]
        assert [round(100 * mix.one_offs) for mix in last.mixes] == [43, 0]
        assert "One-offs: 42.8% of planned effort" in first.memo("executives")
        assert "before: F 67%, O 33%" in first.page("executives", first.memo("executives"))
        assert "<svg" not in first.page("account", "# x")

    def test_what_was_taken_back_since_is_not_in_it(self, workspace):
        leave(workspace, "Three", TODAY - timedelta(days=7))
        leave(workspace, "Two", TODAY - timedelta(days=7, hours=-1))
        leave(workspace, "One", TODAY)
        workspace.undo()
        workspace.undo()
        held = meetings(workspace).held((TODAY - timedelta(days=7)).date())
        assert [line.decision.title for line in held.meeting.lines] == ["Three"]
        assert meetings(workspace).days == ((TODAY - timedelta(days=7)).date(),)

    def test_the_day_is_that_of_the_deciders_clock(self, workspace):
        """Half past eleven in the evening in San Francisco is the next day in London."""
        pacific = timezone(timedelta(hours=-8))
        leave(workspace, "Three", datetime(2026, 11, 21, 23, 30, tzinfo=pacific))
        assert meetings(workspace).days == (date(2026, 11, 21),)

    def test_what_came_later_that_day_counts_and_what_came_after_it_does_not(self, workspace):
        leave(workspace, "Three", TODAY - timedelta(days=3))
        state = workspace.load()
        below = next(item.id for item in state.each(Item) if item.state == "below")
        workspace.apply(commit_to(state, below, "promised", "Acme"))
        older = meetings(workspace).held((TODAY - timedelta(days=3)).date())
        assert "promised to Acme" not in older.memo("team"), "that was promised three days after"
        leave(workspace, "Two", TODAY)
        workspace.apply(commit_to(workspace.load(), below, "promised", "Globex"))
        memo = meetings(workspace).held(TODAY.date()).memo("team")
        assert "promised to Acme" in memo
        assert "promised to Globex" in memo

    def test_a_day_without_any(self, workspace):
        assert meetings(workspace).days == ()
        assert meetings(workspace).held(date(2020, 1, 1)).meeting.lines == ()


class TestTemplates:
    def test_ones_own_comes_first_and_the_built_in_one_comes_back(self, tmp_path):
        folder = tmp_path / "templates"
        built_in = template_for("team", folder)
        assert built_in.name == "the built-in template"
        assert all(write_templates(folder).values())
        assert template_for("team", folder).text == built_in.text
        (folder / "team.md").write_text("\ufeffMine: $date", encoding="utf-8")
        assert template_for("team", folder).text == "Mine: $date"
        written = write_templates(folder)
        assert not any(written.values())
        assert template_for("team", folder).text == "Mine: $date", "what is there is never written over"
        (folder / "team.md").unlink()
        assert template_for("team", folder).text == built_in.text

    def test_what_cannot_be_read_is_a_sentence(self, tmp_path):
        (tmp_path / "team.md").write_bytes(b"one\ncaf\xe9")
        with pytest.raises(StoreError, match=r"Line 2 of .*team\.md is not UTF-8"):
            template_for("team", tmp_path)
        (tmp_path / "account.md").mkdir()
        with pytest.raises(StoreError, match=r"Could not read .*account\.md"):
            template_for("account", tmp_path)
        (tmp_path / "executives.md").write_text("x" * 1_000_001)
        with pytest.raises(StoreError, match="larger than a template can be"):
            template_for("executives", tmp_path)

    def test_a_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(StoreError, match="Could not make"):
            write_templates(tmp_path / "file" / "templates")


class TestEntries:
    def test_reviewing_clearing_and_taking_back_are_decisions(self, workspace):
        """Their events are called review, clear and commit."""
        terms = SignedTerms(id=-9, decision_id=-1, right="break a principle", name="Eve", reason="once", at=TODAY)
        leave(workspace, "Three", TODAY, puts=(terms, DecisionDetail(id=-10, decision_id=-1, dissent="Ben: no")))
        state, said = workspace.load(), DecidedBy("Eve", "looked at")
        workspace.apply(review(state, standing_terms(state)[0], said, forecast_of(state), date(2027, 5, 1)))
        state = workspace.load()
        workspace.apply(clear(state, standing_terms(state)[0], said, forecast_of(state)))
        below = next(item.id for item in state.each(Item) if item.title == "Below")
        workspace.apply(commit_to(workspace.load(), below, "promised", "Acme"))
        workspace.apply(take_back(workspace.load(), 1, said, forecast_of(state)))
        found = entries(workspace, workspace.load())
        assert [(entry.event.kind, entry.decision is not None) for entry in found[:5]] == [
            ("commit", True), ("commit", False), ("clear", True), ("review", True), ("drop", True),
        ]  # fmt: skip
        first = found[4].line
        assert first.detail.dissent == "Ben: no"
        assert first.terms[0].cleared_id == found[2].decision.id, "as it is now"
        assert found[3].line.detail.about_id == first.decision.id
        assert listed_of(found, workspace.load()).words == "DECISIONS  4, newest first"

    def test_what_was_taken_back_is_read_from_its_event_and_a_redo_makes_no_other(self, workspace):
        detail = DecisionDetail(id=-10, decision_id=-1, dissent="Ben: no")
        leave(workspace, "Three", TODAY, puts=(detail,), decided_by="Eve")
        workspace.undo()
        undo, drop = entries(workspace, workspace.load())[:2]
        assert (undo.line, undo.event.kind) == (None, "undo")
        assert drop.undone
        assert (drop.decision.decided_by, drop.line.detail.dissent) == ("Eve", "Ben: no")
        assert [move.title for move in drop.moves] == ["Three"]
        assert listed_of([undo, drop], workspace.load()).entries == []
        workspace.redo()
        redo, _, drop = entries(workspace, workspace.load())[:3]
        assert redo.line is None
        assert not drop.undone
        assert drop.decision.id in workspace.load().all(Decision)

    def test_an_event_with_several_decisions_has_a_row_for_each(self, workspace):
        two = Decision(id=-5, quarter_id=1, at=TODAY, kind="drop", title="two")
        leave(workspace, "Three", TODAY, puts=(two,))
        found = entries(workspace, workspace.load())
        assert [entry.decision.title for entry in found[:2]] == ["two", "Three"]
        assert found[0].event == found[1].event
        listed = listed_of(found, workspace.load(), "three")
        assert ([entry.decision.title for entry in listed.entries], listed.words) == (
            ["Three"],
            "DECISIONS  1 of 2 match",
        )
