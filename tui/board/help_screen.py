"""Why the odds are what they are; keys, words, and where the data lives."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from scenarios.figures.sizes import format_ew, format_span
from scenarios.odds.explanation import why
from scenarios.odds.forecast import Forecast
from tui.drawing.plain import odds_percent, plain
from tui.session.session import Session

_TEXT = """\
THE PLAN
  ↑ ↓ j k         look at an item: pie and odds show the plan without it (or with it)
  a               a request, in one line or as a form
  b               a planned item goes below the line; one from below asks to come in
  e               size: S M L X for a T-shirt, or low-likely-high
  enter           edit the item
  shift+↑ ↓  K J  up or down in rank
  L               fill: take items in rank order until the odds come down to the target
  B               baseline: stamp the agreed plan; what comes in later is marked +
  +               levers: the changes that would buy most points
  x               flip point: does a disputed size change the decision?
  r               request card: problem, demand, deal, hidden costs, claims; enter fills in a section
  f               facts: room, what is postponed, who waits, earlier asks; here and in the trade sheet
  w               who waits for the item, for what is below the line, for what is in plan
  V               value, pin, needs, smaller first version of an item
  F               frontier: value against odds that is possible
  Z               close the quarter: what things took, for the odds to learn from
  c               capacity: teams and people by weeks, new teams, the odds target, the aims of the slices
  o               a plan below its target: choose what leaves; a request: its ways out
  i               requests that wait; enter says yes, b below the line, n declines, E edits
  /               search: words, slice:F team:Pay owner:Ana is:unsized is:declined
  u  U            undo, redo, without limit, over restarts
  h  m            the decision log, and all changes; memos of a meeting, for whoever reads them
  ,  .            time travel: plan, pie and odds as they were at each decision
  s               snapshots and scenarios: branch, open, make one the plan
  d               compare with the baseline, a scenario, a snapshot; . takes over
  !               what was signed for and stands: review it, clear it
  I  X            import a file; export to one (Markdown, HTML, CSV, Excel, JSON)
  T               slices and aims, rules, T-shirts, units, the quarter
  S               first steps
  C               charter: roles, decision rights, principles, the figures of the rules
  O               one-offs: their share and bands, the Sales purse, the ledger, three of a kind
  P               commitments: what was promised (§) to whom by when; made and taken back
  space           preview on or off
  p  t            patterns; light or dark
  @               who else is here, and where they look
  ctrl+p          all commands by name
  q               quit: everything is saved already

THE TRADE SHEET  when something does not fit
  1-9             take a swap; moving over it shows it in pie and odds
  tab             to the items below the swaps, and back
  space           mark what gives way; again: its first version; again: it stays
  enter           confirm, once the odds reach the target
  n  s            next best; sort the swaps by another criterion
  ?  F            why this swap; the frontier of this request
  !               sign an over-commit: a name and a reason, shown until it is cleared
  ↓  tab          in the verdict: signatures, purse, who was there, dissent, conditions, review,
                  a principle that it breaks
  x               flip point of what asks in: does its size change the swap?
  b  N            a request: below the line (good, not now); decline with a reason
  o               a request: ways out besides yes and no (a pilot, a partner, a later quarter…)
  W               the same for the planned item on the cursor; space takes it back
  o               lost capacity or a bigger estimate: leave it as an open shortfall
  esc             back, nothing changed

WHO DECIDES
  There is no log-in. Kept is who is said to decide, to sign and to be there; a right is held by a role's person
  in the charter, by name. Started with --as NAME, the verdict is filled in with that name.

WORDS
  ew              engineer-weeks: 5 engineer-days
  odds            the chance that everything in plan gets done within capacity
  item odds       the chance that this item and all above it on its teams get done
  cut             points of odds gained if this row left (lost, if it came in)
  room, short     ew that still fit; ew that must leave to reach the target
  low-likely-high P10, P50 and P90 of effort

WHERE
"""


class Help(ModalScreen[None]):
    """Left with Esc."""

    DEFAULT_CSS = """
    Help { align: center middle; }
    Help VerticalScroll { width: 92; max-width: 98%; height: 92%; background: $panel; padding: 1 2; }
    Help Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "leave", "Back", id="help.leave"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """One text."""
        path, chosen = plain(str(self._session.workspace.path)), self._session.chosen
        ways = {"--db": "named with --db", "demo": "the demo, apart from your own data", "default": "your own"}
        how = ways.get(chosen, f"named by {chosen}" if chosen else "")
        where = (
            f"  database        {path}\n"
            f"                  {how}{'; ' if how else ''}--db PATH or MAKEROOM_DB chooses another\n"
            "  esc             back to the board"
        )
        with VerticalScroll():
            yield Static(Content(why_words(self._session.now.forecast) + "\n" + _TEXT + where), markup=False)

    def on_mount(self) -> None:
        """Arrow keys scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)


def why_words(forecast: Forecast) -> str:
    """What the odds stand on, in plain words with the figures."""
    plan, found = forecast.plan, why(forecast)
    low, middle, high = forecast.load_range
    lines = [
        f"WHY {odds_percent(forecast.odds)}        (esc back to the board, ↓ for the keys)",
        f"  In {odds_percent(forecast.odds)} of {forecast.draws.trials:,} simulated quarters every team finishes all"
        " that is planned.",
        f"  Planned {format_ew(plan.load)} ew, likely to take {middle:.0f} ({low:.0f} to {high:.0f} in 8 of 10"
        f" quarters); net capacity {format_ew(plan.capacity)}.",
    ]
    for each in found.teams:
        model = each.model
        record = (
            f"{model.finished_quarters} finished quarters of its own"
            if model.finished_quarters
            else "no history, a typical team"
        )
        lines += [
            f"  {plain(each.team.name)[:20]:<12} {odds_percent(each.odds):>4}   load {format_ew(each.load)} of"
            f" {format_ew(each.net)} net",
            f"     {record}: {model.overrun:.2f} times its estimates, {100 * model.interrupt_share:.0f}% interrupts",
        ]
    if found.binding is not None and len(found.teams) > 1:
        lines.append(f"  {plain(found.binding.team.name)} binds: the plan fails there most often.")
    if plan.entries:
        lines.append(f"  Expected to finish, in rank order: {found.finished:.1f} of {len(plan.entries)} items.")
    if found.at_risk is not None:
        odds = odds_percent(forecast.item_odds[found.at_risk.item.id])
        lines.append(f"  First at risk: {plain(found.at_risk.item.title)[:60]} ({odds}).")
    if found.widest:
        names = "; ".join(f"{plain(entry.item.title)[:30]} {format_span(entry.sizes)}" for entry in found.widest)
        lines.append(f"  Widest ranges: {names}.")
    lines.append("  It is honest across many teams, not for each one, and forecasts effort only. docs/forecast.md")
    return "\n".join(lines) + "\n"
