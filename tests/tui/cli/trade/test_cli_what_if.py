"""``makeroom levers``, ``frontier``, ``odds --flip``, ``plan --at`` and ``close``. About four seconds."""

from __future__ import annotations

import pytest

from scenarios.plan.plan import entries_of
from store.records import Actual, Command, Decision, Interrupt, Item, Size, Team
from store.workspace.workspace import Workspace
from tests.tui.cli import plan_commands
from tests.tui.cli.plan_commands import Commands
from tui.session.session import Session

made, on = plan_commands.made, plan_commands.on
BY = ("--by", "Jo", "--because", "why")


def session_of(on: Commands) -> Session:
    with Workspace.open(on.path, read_only=True) as workspace:
        return Session(workspace)


class TestLevers:
    def test_pulled_they_do_what_was_said(self, on: Commands) -> None:
        """Dropping the item that is named leaves the odds that were told."""
        seq = on.seq
        found = on.json("levers", kind="levers")
        assert on.seq == seq
        gains = [each["gain"] for each in found["levers"]]
        assert gains == sorted(gains, reverse=True)
        drop = next(each for each in found["levers"] if each["kind"] == "drop")
        assert on.json("drop", str(drop["item"]), *BY)["odds_after"] == drop["odds"]
        on.lines("undo")
        more = next(each for each in found["levers"] if each["kind"] == "capacity")
        net = {team["name"]: team["net"] for team in on.json("status", kind="status")["teams"]}[more["team"]]
        assert on.json("capacity", f"{more['team']}={net + 1}")["odds_after"] == more["odds"]

    def test_lines(self, on: Commands) -> None:
        first = on.lines("levers").splitlines()[0]
        assert "points" in first
        assert "drop or defer Dispute workflow v2  (4)" in first


class TestFrontier:
    def test_of_the_whole_plan(self, on: Commands) -> None:
        """Higher odds cost value; the plan's own is added up by hand; a point has the odds of what it changes."""
        found = on.json("frontier", kind="frontier")
        values = [each["value"] for each in found["points"]]
        odds = [each["odds"] for each in found["points"]]
        assert (odds, values) == (sorted(odds), sorted(values, reverse=True))
        planned = entries_of(on.state, "plan")
        assert found["present"]["value"] == sum(entry.item.value or 0 for entry in planned)
        best = min(found["points"], key=lambda each: abs(each["odds"] - 0.7))
        swap = [word for each in best["come"] for word in ("--in", str(each["id"]))]
        swap += [word for each in best["out"] for word in ("--out", str(each["id"]))]
        assert on.json("odds", *swap, kind="odds")["odds"] == best["odds"]

    def test_without_values(self, on: Commands) -> None:
        with Workspace.open(on.path) as workspace:
            puts = [row.model_copy(update={"value": None}) for row in workspace.load().each(Item)]
            workspace.apply(Command("edit", "no values", tuple(puts)))
        assert "needs values" in on.refused("frontier")
        assert "--out goes with" in on.refused("frontier", "--out", "Saved searches")


class TestFlip:
    def test_the_size_that_is_named_fits_and_a_larger_one_does_not(self, on: Commands) -> None:
        found = on.json("odds", "--flip", "Saved searches", "--between", "1-9", kind="flip", code=1)
        assert (found["low"], found["high"], found["same"]) == (1, 9, False)
        odds = []
        state = on.state
        (size,) = (row for row in state.each(Size) if row.item_id == found["item"]["id"])
        for likely in (found["at"] - 0.01, found["at"] + 0.01):
            scale = likely / size.likely
            assert size.low is not None
            assert size.high is not None
            text = "-".join(f"{scale * part:.6f}" for part in (size.low, size.likely, size.high))
            on.lines("size", "Saved searches", text, "--sign", "--by", "Marek", "--because", "x")
            odds.append(session_of(on).now.forecast.odds)
            on.lines("undo")
        assert odds[0] >= 0.7 > odds[1]

    def test_a_size_that_does_not_matter(self, on: Commands) -> None:
        said = on.lines("odds", "--flip", "Saved searches", "--between", "1-2")
        assert "The same decision from 1.0 to 2.0 ew: it fits either way" in said
        assert "fits" in on.lines("odds", "--flip", "Halvorsen", "--out", "Dispute work", code=1)

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--flip", "nothing"), "there is no item “nothing”"),
            (("--flip", "Saved searches", "--between", "3"), "has one end"),
            (("--flip", "Saved searches", "--between", "x"), "is not a size"),
            (("--between", "1-2"), "goes with --flip"),
        ],
    )
    def test_sentences(self, on: Commands, words: tuple[str, ...], sentence: str) -> None:
        assert sentence in on.refused("odds", *words)


class TestThen:
    def test_the_plan_as_each_decision_left_it(self, on: Commands) -> None:
        """Titles and odds as they stood right after it; the numbers are those of the list of decisions."""
        seen = {}
        for words in (("drop", "Bulk invoice"), ("trade", "Rate-limit"), ("drop", "Saved searches")):
            on.lines(*words, *BY)
            now = session_of(on).now
            number = max(row.id for row in now.state.each(Decision))
            seen[number] = [entry.item.title for entry in now.plan.entries], now.forecast.odds
            assert on.lines("decisions").startswith(f"{number:>5}  ")
        on.lines("capacity", "Web=28", "--sign", "--by", "Marek", "--because", "Ines leaves")
        seq = on.seq
        for number, (titles, odds) in seen.items():
            then = on.json("plan", "--at", str(number), kind="plan then")
            assert ([each["title"] for each in then["plan"]], then["odds"]) == (titles, odds)
            assert sum(each["share"] for each in then["mix"]) == pytest.approx(1)
            assert (then["decision"], then["decided_by"]) == (number, "Jo")
        assert on.seq == seq
        first = min(seen)
        said = on.lines("plan", "--at", str(first), "--below", "1")
        assert said.startswith(f"as decision {first} left it, ")
        assert "Saved searches" in said
        assert "mix Features" in said

    def test_load_and_net_of_a_quarter_that_ran_are_called_those_of_the_whole_quarter(self, on: Commands) -> None:
        """The odds beside them are of what was left then."""
        on.lines("drop", "Bulk invoice", *BY)
        on.lines("progress", "Saved searches", "--tenths", "4", "--on", "2027-01-18")
        on.lines("drop", "Saved searches", *BY)
        before, after = sorted(row.id for row in session_of(on).now.state.each(Decision))[-2:]
        assert "in the whole quarter" not in on.lines("plan", "--at", str(before))
        assert " in the whole quarter\n" in on.lines("plan", "--at", str(after))

    def test_no_such_decision(self, on: Commands) -> None:
        assert "there is no decision 99" in on.refused("plan", "--at", "99")


class TestClose:
    def test_looked_at_closed_and_taken_back(self, on: Commands) -> None:
        before, planned = on.rows(), entries_of(on.state, "plan")
        words = ["--as-estimated", "--took", "Dispute=Web:1.5", "--took", "Saved searches=", "--unplanned", "Web=12"]
        look = on.json("close", *words, kind="close", code=1)
        assert not look["done"]
        assert on.rows() == before
        done = on.json("close", *words, "--yes", kind="close")
        assert (done["done"], done["quarter"], done["opens"]) == (True, "Q1 2027", "Q2 2027")
        state = on.state
        finished = {entry.item.id for entry in planned if entry.item.title != "Saved searches and alerts"}
        assert {item.id for item in state.each(Item) if item.state == "done"} == finished
        assert entries_of(state, "below")[0].item.title == "Saved searches and alerts"
        estimated = {(entry.item.title, size.team_id): size.likely for entry in planned for size in entry.sizes}
        web = next(team.id for team in state.each(Team) if team.name == "Web")
        estimated["Dispute workflow v2", web] = 1.5
        fresh = [row for row in state.each(Actual) if row.number == max(each.number for each in state.each(Actual))]
        assert {(row.title, row.team_id): row.actual for row in fresh} == {
            key: ew for key, ew in estimated.items() if key[0] != "Saved searches and alerts"
        }
        assert (web, 0.12) in {(row.team_id, row.share) for row in state.each(Interrupt)}
        on.lines("undo")
        assert on.rows() == before

    def test_without_a_word_nothing_is_finished(self, on: Commands) -> None:
        said = on.lines("close", code=1)
        assert "0 of 18 items finished" in said
        assert "nothing was closed" in said

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            (("--took", "Saved searches"), "write ITEM=EW"),
            (("--took", "Dark mode=2"), "is below the line"),
            (("--took", "Dispute=2"), "of several teams"),
            (("--took", "Saved searches=Payments:2"), "has no part of a team “Payments”"),
            (("--took", "Saved searches=two"), "is not a number"),
            (("--took", "Saved searches=-2"), "between 0 and 10,000"),
            (("--unplanned", "Web"), "write TEAM=PERCENT"),
            (("--unplanned", "Nobody=2"), "there is no team “Nobody”"),
            (("--unplanned", "Web=120"), "between 0 and 100%"),
        ],
    )
    def test_sentences(self, on: Commands, words: tuple[str, ...], sentence: str) -> None:
        assert sentence in on.refused("close", "--yes", *words)


def test_an_empty_workspace_says_so(on: Commands) -> None:
    on.path = on.path.with_name("empty.db")
    Workspace.open(on.path).close()
    assert "no single change" in on.lines("levers")
    assert "needs values" in on.refused("frontier")
    assert "nothing is in plan" in on.refused("close", "--yes")
    assert "there is no decision 1" in on.refused("plan", "--at", "1")
