"""A negotiation in a real workspace: charter, card, a one-off out of the purse that is signed for, a way out, promises,
memos; reopened it is all there, taken back step by step nothing is left of it, and the file verifies."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.decisions.log import find_decisions
from scenarios.figures.sizes import Range
from scenarios.memos import account_memo, executives_memo, meeting_on, team_memo
from scenarios.plan.plan import entry_of
from scenarios.requests.card import Hidden, Wanted, together, write_card, write_claims, write_evidence, write_hidden
from scenarios.requests.earlier_asks import asked_before
from scenarios.requests.facts import facts_of
from scenarios.requests.intake import receive
from scenarios.requests.quick_add import parse_line
from scenarios.requests.ways_out import Way, leaving_by, recorded
from scenarios.rules.charter import gaps, grant, write_figures, write_principle, write_role
from scenarios.rules.commitments import commit_to, promised_not_in_plan
from scenarios.rules.one_offs import ledger_of, purse_of, spend
from scenarios.swaps import Swaps
from scenarios.trade.changes import DecidedBy, now
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.decision_records import attach
from scenarios.trade.door import Trade, forecast_of
from scenarios.trade.proposals import propose_item
from scenarios.verdict.minutes import Minutes, on_record
from scenarios.verdict.signatures import Signoff, clear, needed_for, sign, standing_terms
from store.database.verify import verify
from store.demo.demo import make_demo
from store.records import Customer, Item, Shirt, Slice, State, Team
from store.records.negotiation import Principle, Role
from tests.store.helpers import content, fresh

TEMPLATES = Path(__file__).parents[1] / "scenarios" / "memos" / "templates"
LINE = 'Carrier audit log ~1.2-1.8-3 #oneoff >"Halvorsen Group" $480k@60% by:sales-east team:Platform '
LINE += 'problem:"auditors ask"'


@pytest.fixture
def path(tmp_path):
    with fresh(tmp_path / "team.db") as workspace:
        make_demo(workspace)
    return tmp_path / "team.db"


def all_of(state: State, kind):
    return list(state.tables[kind.table].values())


def test_a_whole_negotiation(path):
    with fresh(path) as workspace:
        begun = content(workspace.load())

        def do(make):
            command = make(workspace.load())
            assert not command.empty
            return workspace.apply(command)

        do(lambda state: write_figures(state, {"rate": 30_000.0, "licence": 9_000.0, "least_return": 6.0}))
        do(lambda state: write_role(state, "Head of Sales", "Sal"))
        do(lambda state: write_role(state, "CEO", "Eve"))
        do(lambda state: write_principle(state, "No forks"))
        state = workspace.load()
        ids = {row.name: row.id for row in state.all(Role).values()}
        sales, ceo = ids["Head of Sales"], ids["CEO"]
        (principle,) = (row.id for row in state.all(Principle).values() if row.name == "No forks")
        do(lambda state: grant(state, "one-off", sales))
        for kind in ("under target", "over ceiling", "below return", "break a principle"):
            do(lambda state, kind=kind: grant(state, kind, ceo))
        assert gaps(workspace.load()) == ()

        state = workspace.load()
        draft = parse_line(LINE, all_of(state, Slice), all_of(state, Team), all_of(state, Shirt))
        applied = workspace.apply(receive(state, draft))
        (item_id,) = [change.id for change in applied.changes if change.table == "items"]
        fields = {"one_off_kind": "report writer", "principle_id": principle, "stance": "breaks"}
        do(
            lambda state: together(
                "card",
                write_card(state, item_id, fields),
                write_claims(state, item_id, {"easy": ""}),
                write_evidence(state, item_id, [Wanted(3, "shippers", "support")]),
                write_hidden(state, item_id, {"support": Hidden(upkeep=0.1)}),
            )
        )

        state = workspace.load()
        before = forecast_of(state)
        trade = Trade.of(state, propose_item(state, item_id), before)
        assert not trade.fits
        swaps = Swaps(trade).best()
        free = [entry for entry in trade.leavable if not trade.held([entry]) and len(entry.sizes) == 1]
        big = max(free, key=lambda entry: entry.ew)
        partner = Way("partner", {big.sizes[0].team_id: Range(0.2)}, who="Nordlys AS")
        out = [leaving_by(state, entry_of(state, big.item.id), partner), *swaps[0].out]
        out = list({each.item_id: each for each in reversed(out)}.values())
        after = trade.after(out)
        assert facts_of(state, item_id, before, out, after)
        verdict = Verdict("Sal", "the pilot carrier signs", now(), signed=True)
        command = on_record(trade, settle(trade, out, verdict), out, Minutes("Sal, Eve", "Ben: no"), swaps, after)
        ways = {each.item_id: partner for each in out if each.way}
        command = recorded(state, command, ways, item_id)
        command = attach(command, [spend(state, entry_of(state, item_id), "Sal", [each.item_id for each in out])])
        needed = needed_for(trade, out, after=after)
        assert {"below return", "break a principle"} <= {need.right for need in needed}
        eve = Signoff("Eve", "flagship", "once", date(2027, 5, 1))
        workspace.apply(sign(state, command, needed, {need.key: eve for need in needed}))

        below = next(row.id for row in workspace.load().all(Item).values() if row.state == "below")
        do(lambda state: commit_to(state, below, "promised", "Bluewater", date(2027, 6, 1)))
        state = workspace.load()
        assert len(standing_terms(state)) == len(needed)
        do(lambda state: clear(state, standing_terms(state)[0], DecidedBy("Eve", "looked at"), forecast_of(state)))
        written = content(workspace.load())

    with fresh(path) as workspace:
        state = workspace.load()
        assert content(state) == written, "reopened, it is all there"
        assert verify(path).sound
        assert [pick.item_id for pick in purse_of(state).picks] == [item_id]
        assert item_id in [row.entry.item.id for row in ledger_of(state)]
        assert [each.item.id for each in promised_not_in_plan(state)] == [below]
        halvorsen = next(row.id for row in state.all(Customer).values() if row.name == "Halvorsen Group")
        assert item_id in [each.item.id for each in asked_before(state, "Audit log for carriers", halvorsen)]
        (line,) = find_decisions(state, "ben: no")
        assert {"Sal", "Eve"} <= set(line.people)
        meeting = meeting_on(state, state, line.decision.at.date())
        read = {each.stem: each.read_text() for each in TEMPLATES.iterdir()}
        for memo in (team_memo(meeting, read["team"]), executives_memo(meeting, read["executives"])):
            assert "Carrier audit log" in memo
        assert "“Carrier audit log” is planned for Q1 2027." in account_memo(meeting, halvorsen, read["account"]).text

        while workspace.undo_event() is not None and content(workspace.load()) != begun:
            workspace.undo()
        assert content(workspace.load()) == begun
        assert verify(path).sound
