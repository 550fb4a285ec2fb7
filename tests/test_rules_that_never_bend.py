"""Meetings of any length and order, on the real store: the rules hold after every step, and every step can be undone.

A meeting is a list of numbers; each picks what the room does next and with what. What is done goes the way it goes on
the board: the same flows, the same door, the same session, with the trade sheet answered at random.
"""

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import get_args

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scenarios.figures.sizes import Range
from scenarios.plan.plan import Entry, entries_of, entry_of
from scenarios.quarter.close import Ending, close_quarter, spent_of
from scenarios.requests import intake
from scenarios.requests.quick_add import parse_line
from scenarios.trade import changes
from scenarios.trade.decision import Verdict, settle
from scenarios.trade.door import Proposal, Trade
from scenarios.trade.guard import standing
from scenarios.trade.proposals import propose_capacity, propose_item
from store.common.errors import Refused
from store.records import Command, Decision, DecisionKind, Item, Shortfall, Signature, Slice, Team
from store.workspace.workspace import Workspace
from tests.scenarios.making import add_item, empty
from tests.store.helpers import TODAY, content
from tui.board.plan_flow import settle_open
from tui.items.item_flow import _take_sizes
from tui.requests.add_flow import take
from tui.session.session import Session

STEPS = 200
MOST_ITEMS = 14
ANSWERS = ("mark", "mark", "sign", "mark one and sign", "open", "below", "decline", "esc")


class Room:
    """What the flows need of a board, and a trade sheet that answers by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.session = self._open()
        self.sheet = SimpleNamespace(trade=None)
        # Sentences name keys as the keymap has them: this one moves none.
        self.app = SimpleNamespace(_keymap={})
        self.answer = "mark"
        self.met: Counter[str] = Counter()
        self._made = 0

    def _open(self) -> Session:
        return Session(Workspace.open(self.path, actor="ada", today=TODAY, seed=7))

    def tell(self, words: str, *, severity: str = "information") -> None:
        self.met["told"] += 1

    def refresh_all(self, keep: int | None = None) -> None:
        """There is nothing to show."""

    # ---------------------------------------------- as on the board

    def commit(self, command: Command, said: str = "", keep: int | None = None) -> object:
        applied = self.session.commit(command, said)
        if applied is not None:
            odds = self.session.now.forecast.odds
            for change in applied.changes:
                if change.table == "decisions":
                    assert change.before is None
                    # The odds of a closed quarter are over: its decision says what they were, and no more.
                    said_after = None if change.after["kind"] == "close" else odds
                    assert change.after["odds_after"] == said_after, "the record says the odds that came of it"
        return applied

    def propose(self, proposal: Proposal, said: str = "") -> None:
        trade = Trade.of(self.session.state, proposal, self.session.now.forecast)
        if trade.fits or (not proposal.asks_in and trade.asked.odds >= trade.before.odds and not proposal.settles):
            self._settle(trade, [])
            return
        self.met["sheet"] += 1
        before = content(self.session.state)
        answer = self.answer
        if proposal.asks_in == (answer == "open") and answer in ("open", "below", "decline"):
            answer = "esc"
        if answer == "mark":
            out: list[Entry] = []
            for candidate in trade.candidates:
                if trade.after(out).fits:
                    break
                out.append(candidate.entry)
            if trade.after(out).fits:
                self._settle(trade, out, Verdict("Ana", "", changes.now()))
                assert self.session.now.forecast.fits
        elif answer in ("sign", "mark one and sign"):
            out = [trade.candidates[0].entry] if trade.candidates and answer != "sign" else []
            self._settle(trade, out, Verdict("Ana", "the deal carries it", changes.now(), signed=True))
        elif answer == "open":
            self.commit(proposal.command, f"{proposal.title}, left open")
        elif answer == "below":
            entry = entry_of(self.session.state, proposal.item_id)
            if entry.item.state != "below":
                self.commit(changes.defer(self.session.state, entry, self.session.now.forecast))
        elif answer == "decline":
            self.decline(proposal.item_id)
        else:
            assert content(self.session.state) == before

    def _settle(self, trade: Trade, out: list[Entry], verdict: Verdict | None = None) -> None:
        try:
            command = settle(trade, out, verdict or Verdict("", "", changes.now()))
        except Refused:
            assert not trade.proposal.asks_in, "a yes is never given for want of a signature"
            command = trade.proposal.command
        self.commit(command, trade.proposal.command.label)

    def decline(self, item_id: int) -> None:
        entry = entry_of(self.session.state, item_id)
        self.commit(
            changes.decline(self.session.state, entry, self.session.now.forecast, changes.DecidedBy("Ana", "trap"))
        )

    # ---------------------------------------------- what the room may do

    def pick(self, number: int, *states: str) -> Entry | None:
        found = entries_of(self.session.state, *states)
        return found[number % len(found)] if found else None

    def teams(self) -> list[int]:
        return sorted(self.session.state.all(Team))

    def add(self, a: int, b: int) -> None:
        state = self.session.state
        if len(state.all(Item)) >= MOST_ITEMS:
            self.bring(a, b)
            return
        self._made += 1
        names = [team.name for team in state.each(Team)]
        size = "" if a % 7 == 0 else f"~{1 + b % 9}" if a % 2 else f"~{1 + b % 4}-{3 + b % 5}-{6 + b % 9}"
        customer = f">{'Acme' if b % 2 else 'Beta'}" if a % 3 == 0 else ""
        team = f"team:{names[a % len(names)]}" if names else ""
        line = f"ask {self._made} {size} #{'FIQD'[b % 4]} {customer} {team} value:{a % 20}"
        take(self, parse_line(line, state.all(Slice).values(), state.each(Team)))

    def bring(self, a: int, b: int) -> None:
        entry = self.pick(a, "inbox", "below", "declined")
        if entry is not None and entry.sized:
            self.propose(propose_item(self.session.state, entry.item.id))

    def drop(self, a: int, b: int) -> None:
        entry = self.pick(a, "plan")
        if entry is not None:
            self.commit(changes.drop(self.session.state, entry, self.session.now.forecast))

    def defer_or_decline(self, a: int, b: int) -> None:
        entry = self.pick(a, "inbox")
        if entry is not None and b % 2:
            self.decline(entry.item.id)
        elif entry is not None:
            self.commit(changes.defer(self.session.state, entry, self.session.now.forecast))

    def restore(self, a: int, b: int) -> None:
        entry = self.pick(a, "declined")
        if entry is not None:
            self.commit(changes.restore(self.session.state, entry.item.id))

    def rank(self, a: int, b: int) -> None:
        entry = self.pick(a, "plan", "below")
        if entry is not None:
            self.commit(changes.reorder(self.session.state, entry.item.id, 1 if b % 2 else -1))

    def resize(self, a: int, b: int) -> None:
        entry = self.pick(a, "plan", "plan", "below", "inbox")
        if entry is not None:
            likely = 0.5 + b % 12
            sizes = {key: Range(likely, likely / 2, likely * 2) for key in self.teams() if (a + b + key) % 3}
            _take_sizes(self, entry, sizes)

    def capacity(self, a: int, b: int) -> None:
        teams = self.teams()
        net = {teams[a % len(teams)]: 0.5 * (b % 80)} if teams else {}
        new = [(f"Team {len(teams) + 1}", 0.5 * (a % 40))] if len(teams) < 3 and a % 5 == 0 else []
        self._proposed(propose_capacity(self.session.state, net, None, new))

    def target(self, a: int, b: int) -> None:
        self._proposed(propose_capacity(self.session.state, {}, (30 + a % 60) / 100))

    def _proposed(self, proposal: Proposal) -> None:
        if not proposal.command.empty:
            self.propose(proposal)

    def fill(self, a: int, b: int) -> None:
        before = self.session.now.forecast
        self.commit(changes.fill_command(self.session.state, changes.fill(self.session.state, before), before))

    def baseline(self, a: int, b: int) -> None:
        try:
            self.commit(changes.baseline(self.session.state, self.session.now.forecast))
        except Refused:
            self.met["no baseline"] += 1

    def close(self, a: int, b: int) -> None:
        session = self.session
        # Seldom, or there would never be much in plan.
        if a % 5 or not session.now.plan.entries:
            return
        sizes = [size for entry in session.now.plan.entries for size in entry.sizes]
        # The total since an item's start: what earlier quarters spent on it is in it.
        before = {key: row.spent for key, row in spent_of(session.state).items()}
        took = {
            size.id: before.get((size.item_id, size.team_id), 0.0) + size.likely * (1 + at % 3) / 2
            for at, size in enumerate(sizes)
            if (b + at) % 3
        }
        shares = {team.id: (b % 30) / 100 for team in session.now.plan.teams if b % 2}
        self.commit(close_quarter(session.state, Ending(took, interrupts=shares), session.now.forecast))

    def settle(self, a: int, b: int) -> None:
        settle_open(self)

    def waiting(self, a: int, b: int) -> None:
        entry = self.pick(a, "plan", "below", "inbox")
        if entry is not None:
            names = [name for at, name in enumerate(("Acme", "beta", "New Corp")) if b >> at & 1]
            self.commit(Command("edit", "waiting", *intake.edit_waiting(self.session.state, entry.item.id, names)))

    def undo(self, a: int, b: int) -> None:
        for _ in range(1 + a % 3):
            self.session.undo()

    def redo(self, a: int, b: int) -> None:
        for _ in range(1 + a % 3):
            self.session.redo()

    def reopen(self, a: int, b: int) -> None:
        odds = self.session.now.forecast.odds
        self.session.workspace.close()
        self.session = self._open()
        assert self.session.now.forecast.odds == odds, "the same plan has the same odds, however it came about"

    ACTS = (
        add, add, bring, bring, bring, drop, defer_or_decline, restore, rank, resize, resize, capacity, capacity,
        target, fill, fill, baseline, close, settle, settle, waiting, undo, undo, redo, reopen,
    )  # fmt: skip

    def step(self, number: int) -> None:
        number, at = divmod(number, len(self.ACTS))
        number, answer = divmod(number, len(ANSWERS))
        self.answer = ANSWERS[answer]
        self.ACTS[at](self, *divmod(number, 100))
        self.check()

    # ---------------------------------------------- the rules

    def check(self) -> None:
        session = self.session
        state, figures = session.state, session.now
        stored = session.workspace.load()
        assert stored.tables == state.tables, "what is shown is what is kept"
        odds = figures.forecast.odds
        live = [row for row in state.each(Signature) if row.cleared_at is None]
        open_ones = [row for row in state.each(Shortfall) if row.settled_at is None]
        if odds >= state.quarter.target:
            assert not live
            assert not open_ones
            self.met["at target"] += 1
        else:
            assert open_ones or any(row.odds <= odds for row in live), "no silent yes"
            assert standing(state) != (None, None)
            self.met["open" if open_ones else "signed"] += 1
        assert len(open_ones) <= 1
        assert all(row.name and row.reason for row in live)
        assert all(entry.sized for entry in figures.plan.entries), "unsized items are never in plan"
        shares = [part.share for part in figures.mix.slices]
        assert abs(sum(shares) - (1 if figures.plan.entries else 0)) < 1e-9
        assert all(share >= 0 for share in shares)


def prepare(room: Room) -> None:
    """Two teams and a few items below the line, as after an import."""
    small = empty((14.0, 9.0))
    for number, sizes in enumerate([{1: 3.0}, {2: (1.0, 2.0, 4.0)}, {1: 2.0, 2: 1.5}, {1: (2.0, 4.0, 9.0)}, {}], 1):
        add_item(small, number, sizes, state="below")
    # As new records: negative ids, of which each table has its own range.
    quarter = room.session.state.quarter.id
    puts = []
    for at, table in enumerate(("teams", "capacities", "items", "sizes")):
        for row in small.tables[table].values():
            new = {"id": -row.id - 10_000 * at}
            new |= {"team_id": -row.team_id} if getattr(row, "team_id", None) else {}
            new |= {"item_id": -row.item_id - 20_000} if hasattr(row, "item_id") else {}
            new |= {"quarter_id": quarter} if hasattr(row, "quarter_id") else {}
            puts.append(row.model_copy(update=new))
    room.session.commit(Command("import", "a backlog", tuple(puts)))


def hold(path: Path, numbers: list[int]) -> Counter[str]:
    """Hold a meeting, check every step, take all of it back, and do all of it again."""
    room = Room(path)
    first = content(room.session.state)
    prepare(room)
    room.check()
    for at, number in enumerate(numbers):
        try:
            room.step(number)
        except BaseException as error:
            error.add_note(f"in step {at}: {room.ACTS[number % len(room.ACTS)].__name__}, answer “{room.answer}”")
            raise
    session = room.session
    last = content(session.state)
    steps = 0
    while session.undo() is not None:
        steps += 1
    assert content(session.state) == content(session.workspace.load()) == first, "everything can be undone"
    for _ in range(steps):
        assert session.redo() is not None
    assert content(session.state) == content(session.workspace.load()) == last, "and done again"
    room.check()
    room.met.update(row.kind for row in session.state.each(Decision))
    session.workspace.close()
    return room.met


# Not made smaller on failure, which would take minutes: the note says which step it was.
@settings(max_examples=12, deadline=None, phases=[phase for phase in Phase if phase != Phase.shrink])
@given(st.lists(st.integers(0, 10**7), min_size=STEPS, max_size=STEPS))
def test_whatever_the_room_does(numbers):
    with TemporaryDirectory() as folder:
        hold(Path(folder) / "room.db", numbers)


def test_such_meetings_meet_every_case(tmp_path):
    """Or else the test above would be about nothing."""
    met = Counter()
    for seed in (0, 7):
        draw = random.Random(seed)
        met += hold(tmp_path / f"{seed}.db", [draw.randrange(10**7) for _ in range(STEPS)])
    for case in ("at target", "signed", "open", "sheet", "told", *get_args(DecisionKind)):
        assert met[case], (case, met)
