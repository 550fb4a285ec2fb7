"""Why this swap: what it costs, what each part of it is needed for, what is proven, and why not another item."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from scenarios.accounts.revenue import revenue_waiting
from scenarios.plan.departures import PINNED, Leaving
from scenarios.plan.mix import mix_of
from scenarios.plan.plan import Entry
from scenarios.swaps import NAMES, Criterion, Swap, Swaps
from scenarios.swaps.explain import Claim, NeededPart, claim, necessity, why_not
from scenarios.swaps.other_teams import other_teams_words
from scenarios.swaps.prices import Price, prices
from scenarios.swaps.pull_ins import pull_ins
from scenarios.swaps.rules import rules_of
from scenarios.verdict.signatures import signature_words
from store.common.text import capital, series
from store.records import Slice
from tui.dialogs.dialog import Dialog
from tui.drawing import colours
from tui.drawing.canvas import Line
from tui.drawing.words import amount, arrow, ew_by_team, held_against, money, odds_percent, target_percent
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys, key_named
from tui.widgets.row_table import RowTable

Answer = TypeVar("Answer")
#: Runs a search in a thread; None where the trade sheet was left meanwhile.
Ask = Callable[[Swaps, Callable[[], Answer]], Awaitable[Answer | None]]


class WhyNotTable(RowTable):
    """Every planned item, with what the best set would be with it out (or, for one that is out, kept)."""

    def __init__(self) -> None:
        super().__init__(id="why-not")
        self._entries: Sequence[Entry] = ()
        self._words: dict[int, str] = {}

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these items."""
        self._entries = entries
        self.rebuild(0)

    @property
    def entry(self) -> Entry | None:
        """The item on the cursor."""
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    def asked(self, item_id: int) -> bool:
        """Whether there is an answer for an item."""
        return item_id in self._words

    def answer(self, item_id: int, words: str) -> None:
        """Show what was found."""
        self._words[item_id] = words
        row = next((at for at, each in enumerate(self._entries) if each.item.id == item_id), None)
        if row is not None:
            self.redraw_row(row)

    def row_count(self) -> int:
        """One row an item."""
        return len(self._entries)

    def draw_line(self, row: int, line: int, width: int, on_cursor: bool) -> Strip:
        """One item."""
        pen = colours.of(self.app)
        entry = self._entries[row]
        back = "cursor" if on_cursor else "panel"
        plain = pen.style("text", back)
        title = min(36, width // 3)
        text = Line().add("▌" if on_cursor else " ", plain)
        text.add(f" {entry.item.slice} ", pen.chip(entry.item.slice)).add(" ", plain)
        text.text(entry.item.title, pen.style("text", back, bold=on_cursor), title, plain).add(" ", plain)
        words = self._words.get(entry.item.id, "enter asks" if on_cursor else "")
        return text.text(words, pen.style("muted", back), width - title - 6, plain).strip(width, plain)


class WhySwap(Dialog[None]):
    """Left with Esc."""

    DEFAULT_CSS = """
    WhySwap { align: center middle; }
    WhySwap > Vertical { width: 100; max-width: 98%; height: 92%; padding: 1 2; }
    WhySwap VerticalScroll { height: auto; max-height: 60%; scrollbar-size-vertical: 1; }
    WhySwap #why-text { height: auto; }
    WhySwap .heading { text-style: bold; height: 1; margin-top: 1; }
    WhySwap WhyNotTable { height: 1fr; }
    """
    KEYS = Keys(
        "Why this swap",
        Key("why_swap.leave", "escape,q,question_mark", "Back", "leave"),
        Key("why_swap.why_not", "enter", "Why not this one?", "why_not"),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, swaps: Swaps, swap: Swap | None, criterion: Criterion, ask: Ask[object], why: str = "") -> None:
        """``why`` stands in place of the rest where there is no swap to explain."""
        super().__init__()
        self._swaps, self._swap, self._criterion, self._ask = swaps, swap, criterion, ask
        self._why = why

    def compose(self) -> ComposeResult:
        """What is said, then the items."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield Static(Content(self._why or self._sentence()), id="why-text", markup=False)
            yield Static("And why not…", classes="heading")
            yield WhyNotTable()
            words = "{why_not}: the best set with this item out, or kept   {leave} back"
            yield KeyLine(self.KEYS.said(self.app, words))

    def on_mount(self) -> None:
        """Say the rest as it is found."""
        self.query_one(WhyNotTable).show(self._swaps.trade.leavable)
        self.query_one(WhyNotTable).focus()
        if self._swap is not None and not self._why:
            self.run_worker(self._work_out(self._swap), group="why")

    async def _work_out(self, swap: Swap) -> None:
        def look() -> tuple[tuple[NeededPart, ...], tuple[Price, ...], tuple[Entry, ...], Claim]:
            forecast = self._swaps.trade.after(swap.out)
            return (
                necessity(self._swaps, swap),
                prices(self._swaps, self._criterion),
                pull_ins(self._swaps.trade, forecast, swap, self._swaps.stop),
                claim(self._swaps, swap, self._criterion),
            )

        found = await self._ask(self._swaps, look)
        if isinstance(found, tuple):
            self.query_one("#why-text", Static).update(Content(self._sentence() + "\n\n" + self._reasons(swap, *found)))

    # -------------------------------------------------- words

    def _sentence(self) -> str:
        swap, trade = self._swap, self._swaps.trade
        if swap is None:
            return ""
        names = ", ".join(NAMES[each] for each in swap.criteria) or f"a next best on {NAMES[self._criterion]}"
        freed: dict[int, float] = {}
        for each in swap.out:
            for team_id, weeks in each.frees.items():
                freed[team_id] = freed.get(team_id, 0.0) + weeks
        parts = [f"Frees {ew_by_team({key: value for key, value in freed.items() if value}, trade.asked.plan.teams)}"]
        if swap.value is not None:
            parts.append(f"displaces {amount(swap.value)} value")
        slices = trade.state.all(Slice).values()
        after = trade.after(swap.out)
        for old, new in zip(
            mix_of(trade.before.plan.entries, slices).slices, mix_of(after.plan.entries, slices).slices, strict=False
        ):
            if round(100 * old.share) > round(100 * new.share):
                owner = f" ({new.owner})" if new.owner else ""
                parts.append(f"{new.name} {100 * old.share:.0f} → {100 * new.share:.0f}%{owner}")
        if swap.waiting:
            revenue = revenue_waiting(swap.waiting).aside(money, " a year")
            parts.append(f"{', '.join(each.name for each in swap.waiting)} wait{revenue}")
        else:
            parts.append("no customer waits for it")
        if others := other_teams_words(trade, swap.out):
            parts.append(others)
        parts.append(f"odds {arrow(trade.asked.odds, swap.odds, trade.asked.plan.target)}, {held_against(after)}")
        return f"{capital(names)}\n{'; '.join(parts)}."

    def _reasons(
        self, swap: Swap, needed: Sequence[NeededPart], priced: Sequence[Price], come: Sequence[Entry], said: Claim
    ) -> str:
        target = self._swaps.trade.asked.plan.target
        lines = [_clheld_against(said, self._criterion, target_percent(target))]
        if swap.without:
            lines[0] += f" Without {swap.without}: {signature_words(self._swaps.trade, swap.out)}."
        if rules := rules_of(self._swaps):
            lines.append(f"Under these rules: {'; '.join(rules)}.")
        for part in needed:
            lines.append(f"Keep “{part.out.entry.item.title}” and the odds are {odds_percent(part.odds, target)}.")
        for each in swap.out:
            worth = self._swaps.trade.worths.get(each.item_id)
            if worth is not None:
                lines.append(f"“{each.entry.item.title}”: {worth.words}.")
        teams = {team.id: team.name for team in self._swaps.trade.asked.plan.teams}
        lines += [
            f"A week on {teams[each.team_id]} costs {amount(each.cost)} {each.unit} here."
            for each in priced
            if each.cost
        ]
        if come:
            titles = series(f"“{entry.item.title}”" for entry in come)
            after = f"{key_named('board.cross')} on it, after this"
            lines.append(f"With the room that is left, {titles} could come in ({after}).")
        return "\n".join(lines)

    # -------------------------------------------------- why not

    def action_why_not(self) -> None:
        """Ask for the best set with the item out, or kept where it is out."""
        table = self.query_one(WhyNotTable)
        entry = table.entry
        if entry is not None and not table.asked(entry.item.id):
            self.run_worker(self._why_not(entry), group="why")

    async def _why_not(self, entry: Entry) -> None:
        table, swaps = self.query_one(WhyNotTable), self._swaps
        key = entry.item.id
        pin = swaps.trade.pins.get(key)
        if pin is not None:
            table.answer(key, f"it stays: {PINNED[pin.kind]}")
            return
        if key in swaps.options.held:
            table.answer(key, "it stays: what is held in plan needs it")
            return
        present = self._swap.out if self._swap is not None else ()
        own = next((each for each in present if each.item_id == key), None)
        out = own or Leaving(entry)
        found = await self._ask(swaps, lambda: (why_not(swaps, self._criterion, out, leaves=own is None),))
        if not isinstance(found, tuple):
            return
        swap = found[0]
        doing = "kept" if own is not None else "out"
        if not isinstance(swap, Swap):
            table.answer(key, f"with it {doing}, no set reaches the target")
            return
        others = ", ".join(each.words for each in swap.out if each.item_id != key) or "nothing else"
        table.answer(key, f"with it {doing}: {self._cost_words(swap)}, with {others}")

    def _cost_words(self, swap: Swap) -> str:
        match self._criterion:
            case "value":
                return f"displaces {amount(swap.value or 0.0)}"
            case "odds":
                return f"odds {odds_percent(swap.odds, self._swaps.trade.asked.plan.target)}"
            case "waiting":
                return f"{revenue_waiting(swap.waiting).said(money)} waits" if swap.waiting else "nobody waits"
            case "aims":
                return f"{swap.gap:.0f} points off the aims"
            case _:
                return f"{len(swap.out)} items"


_LESS: dict[Criterion, str] = {
    "value": "displaces less",
    "rank": "is lower in your ranking",
    "odds": "is safer",
    "waiting": "has less revenue waiting",
    "aims": "is closer to the aims",
    "clean": "touches fewer items",
}


def _clheld_against(said: Claim, criterion: Criterion, target: str) -> str:
    less = _LESS[criterion]
    if said.on_trials:
        tried = f"all {said.tried} that would were tried" if said.tried else "there is none to try"
        return f"No set {less} and reaches {target}: {tried} on the 10,000 trials."
    closed = f", {said.closed:,} partial sets closed" if said.closed else ""
    if said.proven:
        among = "bring every team by itself to the target" if not said.share else "free what is short"
        return (
            f"Best found; proven that no set {less} among all that {among}, by the linear cover{closed}. "
            "Checked on the 10,000 trials."
        )
    return f"Best found; the search was cut short before it could be proven{closed}. Checked on the 10,000 trials."
