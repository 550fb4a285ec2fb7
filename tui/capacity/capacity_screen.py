"""The capacity screen: who is there when, and what that does to the odds; changes are a draft until confirmed."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from scenarios.capacity.days_off import less_off, more_off, on_call
from scenarios.capacity.draft import CapacityDraft
from scenarios.capacity.draft_changes import Changes, drafted
from scenarios.capacity.edits import leaves, recount, remove_person, set_plain_net, set_target, set_target_for
from scenarios.odds.forecast import Forecast
from scenarios.plan.aims import off_words, shift, to_hundred
from scenarios.plan.mix import Mix, mix_of
from scenarios.trade.door import Proposal
from scenarios.working_time.teams import QuarterCapacity, capacity_of
from scenarios.working_time.weeks import Week
from store.common.errors import Refused
from store.records import Command, Person, TargetFor
from tui.capacity import keys
from tui.capacity.draft_screen import DraftScreen
from tui.capacity.foot import CapacityFoot, FootWords
from tui.capacity.grid import CapacityGrid, GridHead, GridRow
from tui.capacity.rows import RowMaker, team_week_words, team_words, week_words
from tui.capacity.targets_table import TARGET, TargetsTable
from tui.drawing.plain import plain
from tui.plan_view.side_panel import Preview, SidePanel
from tui.session.session import Session
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import help_lines, key_named
from tui.widgets.row_table import RowTable

#: Half a day of a plain team, in engineer-weeks.
_HALF_A_DAY = 0.1
Edit = Callable[[CapacityDraft], CapacityDraft]
#: What a key asks on the screen.
Ask = Callable[["CapacityScreen"], Coroutine[Any, Any, None]]


class CapacityScreen(DraftScreen[Proposal | Command | None]):
    """Dismissed with what is to be asked of the plan, or None. Pie and meter stand beside the grid as on the board."""

    CSS_PATH = "capacity_screen.tcss"
    AUTO_FOCUS = "#grid"

    KEYS = keys.CAPACITY
    LEAVE = "leave_screen"
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self, session: Session, asks: Mapping[str, Ask], edits: tuple[Edit, ...] = (), *, targets: bool = False
    ) -> None:
        """``asks`` are what its keys ask for, by name.

        ``edits`` are tried out from the beginning; it begins with the ``targets``, or else with people.
        """
        super().__init__(session)
        self._asks = asks
        self._begin_with = edits
        self._begin_on_targets = targets
        self.changes = Changes.none(session.state)
        self._past: list[Changes] = []
        self._rows = RowMaker()
        self._frame: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """Header, the grid or the targets with what they are made of, side panel, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                with Vertical(id="people"):
                    yield GridHead()
                    yield CapacityGrid()
                with Vertical(id="aims"):
                    yield Static(Content(" TARGETS\n"), id="targets-head", markup=False)
                    yield TargetsTable()
                yield CapacityFoot()
            yield SidePanel()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show it, with what was tried out before."""
        self.grid.week = self._week_of_today()
        for edit in self._begin_with:
            self.attempt(edit)
        if self._begin_on_targets:
            self.action_part()
        self.show()

    # -------------------------------------------------- parts

    @property
    def grid(self) -> CapacityGrid:
        """Teams and people by weeks."""
        return self.query_one(CapacityGrid)

    @property
    def targets(self) -> TargetsTable:
        """The odds target and the aims."""
        return self.query_one(TargetsTable)

    @property
    def on_targets(self) -> bool:
        """Whether the targets are shown, and not the grid."""
        return self.has_class("-aims")

    @property
    def row(self) -> GridRow | None:
        """The row on the cursor of the grid."""
        return self.grid.row

    @property
    def week(self) -> Week | None:
        """The week on the cursor."""
        weeks = self.changes.draft.capacity.weeks
        return weeks[min(self.grid.week, len(weeks) - 1)] if weeks else None

    @cached_property
    def _before(self) -> QuarterCapacity:
        return capacity_of(self.changes.draft.base)

    def after(self, changes: Changes) -> Forecast:
        """The forecast with changes."""
        return changes.after(self._session.now.forecast)

    def _week_of_today(self) -> int:
        return 0

    # -------------------------------------------------- showing

    def show(self) -> None:
        """Show the draft beside the plan as it is: in the grid, in the pie and in the odds."""
        figures, changes = self._session.now, self.changes
        before = figures.forecast
        after = self.after(changes) if changes.any else before
        mix = mix_of(after.plan.entries, changes.aims.as_slices) if changes.aims.changed else None
        self._show_frame()
        if self.on_targets:
            self.targets.show(after.plan, figures.plan.target, changes.aims, mix or figures.mix)
        else:
            self._show_grid(after)
        self._show_foot(before, after)
        preview = self._preview(after, mix) if changes.any else None
        self.query_one(SidePanel).show(figures, preview)

    def _show_frame(self) -> None:
        """Header and keys, which most changes leave as they are."""
        figures = self._session.now
        on_person = self.row is not None and self.row.kind == "person"
        frame = (figures, self.on_targets, self.changes.any, on_person)
        if frame != self._frame:
            self._frame = frame
            self.query_one(Header).show(figures)
            self.query_one(KeyBar).show(keys.hints(*frame[1:]))

    def _show_grid(self, after: Forecast) -> None:
        now = self.changes.draft.capacity
        head = self.query_one(GridHead)
        head.show("CAPACITY", [week.first for week in now.weeks])
        self.grid.show(self._rows.rows(now, self._before, after.plan, self._session.now.plan), len(now.weeks))

    def _preview(self, after: Forecast, mix: Mix | None) -> Preview:
        label = self.changes.labels[-1] if self.changes.labels else ""
        return Preview(after, f"If “{label}”", "If so", mix)

    def _show_foot(self, before: Forecast, after: Forecast) -> None:
        team = week = ""
        if self.on_targets:
            team, week = self._aims_words()
        elif self.row is not None:
            team, week = self._figures_words(self.row, after)
        changed = len(self.changes.labels)
        draft = ""
        if self.changes.any:
            because = f"   because {self.changes.reason}" if self.changes.reason else ""
            draft = f"draft, {changed} change{'s' * (changed != 1)}: {self.changes.labels[-1]}{because}"
        odds = self.odds_words(before, after, changed=self.changes.any)
        words = FootWords(team, week, self._said or draft, odds, not after.fits, bool(self._said), not self.on_targets)
        foot = self.query_one(CapacityFoot)
        if self._said:
            foot.show_whole(words)
        else:
            foot.show(words)

    def _figures_words(self, row: GridRow, after: Forecast) -> tuple[str, str]:
        """The team on the cursor taken apart, and the week of who is on the cursor."""
        now, week = self.changes.draft.capacity, self.week
        if row.kind == "new" or week is None:
            return "", now.notes[0] if now.notes else ""
        people = now.teams.get(row.team_id)
        name = next((team.name for team in after.plan.teams if team.id == row.team_id), "")
        team = team_words(people, name, after.plan.net[row.team_id], self._session.now.plan.net.get(row.team_id, 0.0))
        if people is None:
            return team, ""
        if row.kind == "person":
            one = next(one for one in people.people if one.person.id == row.person_id)
            return team, week_words(self.changes.draft.state, one, week)
        return team, now.notes[0] if now.notes else team_week_words(people, week)

    def _aims_words(self) -> tuple[str, str]:
        aims = self.changes.aims
        off = off_words(aims)
        if off:
            return f"{off}.", f"{key_named('capacity.even')} brings them to 100 in proportion"
        marked = next((part.name for part in aims.slices if part.letter == aims.marked), "")
        takes = f"left and right take from and give to {marked}" if marked else "left and right share with all others"
        return "The aims are 100 in all.", f"{takes}; dashed: floor and ceiling, solid: what is planned"

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """The cursor moved: other figures are taken apart."""
        self._said, self._leaving = "", False
        self._show_frame()
        figures = self._session.now
        after = self.after(self.changes) if self.changes.any else figures.forecast
        self._show_foot(figures.forecast, after)

    # -------------------------------------------------- changing

    def attempt(self, edit: Edit, because: str = "") -> bool:
        """Make an edit a part of the draft, or say why it cannot be; whether it could."""
        try:
            draft = edit(self.changes.draft)
        except Refused as error:
            self.say(str(error))
            return False
        reasons = (*self.changes.reasons, because.strip()) if because.strip() else self.changes.reasons
        self.take(replace(self.changes, draft=draft, reasons=reasons))
        return True

    def take(self, changes: Changes, said: str = "") -> None:
        """Show other changes; the ones before can be had back."""
        self._said, self._leaving = said, False
        if changes != self.changes:
            self._past.append(self.changes)
            self.changes = changes
        self.show()

    def person(self) -> int | None:
        """The person on the cursor; None, with a sentence, where it is on none."""
        if self.row is not None and self.row.kind == "person":
            return self.row.person_id
        words = "this is about a person: put the cursor on one ({person} adds one, {heads} says how many there are)"
        self.say(self.KEYS.said(self.app, words))
        return None

    def team(self) -> int | None:
        """The team on the cursor; None, with a sentence, where it is on none."""
        if self.row is not None and self.row.team_id:
            return self.row.team_id
        self.say(self.KEYS.said(self.app, "this is about a team: put the cursor on one ({team} adds one)"))
        return None

    def renew(self, words: str) -> None:
        """Others changed the plan: the draft stays, on the plan as it is now."""
        self._renew(words)
        self.show()

    def _renew(self, words: str) -> None:
        state = self._session.state
        if state is self.changes.draft.base:
            return
        self.changes, lost = self.changes.again(state)
        self._past = [past.again(state)[0] for past in self._past]
        self.__dict__.pop("_before", None)
        gone = f" Not there any more: {'; '.join(lost)}." if lost else ""
        self._said = f"The plan changed meanwhile: {words}. The draft stays.{gone}"

    # -------------------------------------------------- keys

    def action_half_day(self, step: int) -> None:
        """Half a day less or more in the week on the cursor; of a plain team, half a day of its net."""
        row, week = self.row, self.week
        if row is None or week is None:
            return
        if row.kind == "person":
            act = more_off if step < 0 else less_off
            self.attempt(lambda draft: act(draft, row.person_id, week.number))
        elif row.team_id and row.team_id not in self.changes.draft.capacity.teams:
            net = max(0.0, round(row.net + step * _HALF_A_DAY, 6))
            self.attempt(lambda draft: set_plain_net(draft, row.team_id, net))
        else:
            self.person()

    def action_on_call(self) -> None:
        """On call in the week on the cursor, or no longer."""
        person, week = self.person(), self.week
        if person is not None and week is not None:
            self.attempt(lambda draft: on_call(draft, person, week.number))

    def action_leaves(self) -> None:
        """Leaves the team with the week on the cursor; once more: stays."""
        person, week = self.person(), self.week
        if person is None or week is None:
            return
        last = week.first.fromordinal(week.first.toordinal() - 1)
        ends = self.changes.draft.state.all(Person)[person].ends
        self.attempt(lambda draft: leaves(draft, person, None if ends == last else last))

    def action_remove(self) -> None:
        """Take a person out; of a team, ask who takes what it holds."""
        if self.row is not None and self.row.kind != "person" and self.row.team_id:
            self.action_ask("no team")
            return
        person = self.person()
        if person is not None:
            self.attempt(lambda draft: remove_person(draft, person))

    def action_undo(self) -> None:
        """Take back the last change of the draft."""
        if self._past:
            self.changes = self._past.pop()
            self._said, self._leaving = "", False
            self.show()
        else:
            self.say(
                f"nothing is changed in this draft; {key_named('board.undo')} on the board takes back what is confirmed"
            )

    def action_ask(self, name: str) -> None:
        """Ask for what an edit needs."""
        self._run(self._asks[name])

    def _run(self, ask: Ask) -> None:
        self._said, self._leaving = "", False
        self.run_worker(ask(self), exclusive=True, group="ask")

    def action_part(self) -> None:
        """Between people and targets."""
        self.set_class(not self.on_targets, "-aims")
        self._said, self._leaving = "", False
        (self.targets if self.on_targets else self.grid).focus()
        self.show()

    def action_shift(self, points: int) -> None:
        """The odds target or an aim by so many points."""
        if not self.on_targets:
            return
        changes = self.changes
        if self.targets.cursor == TARGET:
            now = changes.draft.state.quarter.target
            later = min(0.99, max(0.01, round(now + points / 100, 6)))
            self.attempt(lambda draft: set_target(draft, later))
            return
        try:
            aims, said = shift(changes.aims, self.targets.letter, points)
        except Refused as error:
            self.say(str(error))
            return
        where = f" {key_named('board.charter')} on the board changes floors and ceilings." if said else ""
        self.take(replace(changes, aims=aims), said + where)

    def action_mark(self) -> None:
        """The slice that takes and gives alone; of the odds target, what it is of."""
        if self.on_targets and self.targets.cursor == TARGET:
            other: TargetFor = "plan" if self.changes.draft.state.quarter.target_for == "team" else "team"
            self.attempt(lambda draft: set_target_for(draft, other))
            return
        if self.on_targets and self.targets.letter:
            self.changes = replace(self.changes, aims=self.changes.aims.mark(self.targets.letter))
            self.show()

    def action_even(self) -> None:
        """Aims that are off 100 come to it; a team's net becomes what its people give."""
        if not self.on_targets:
            team = self.team()
            if team is not None:
                self.attempt(lambda draft: recount(draft, team))
            return
        try:
            self.take(replace(self.changes, aims=to_hundred(self.changes.aims)))
        except Refused as error:
            self.say(str(error))

    # -------------------------------------------------- leaving

    def action_confirm(self) -> None:
        """Ask it of the plan: what fits is written, what does not opens the trade sheet."""
        if self._session.state is not self.changes.draft.base:
            # Nothing is asked of a plan that nobody has looked at.
            self.renew(f"look again, then {key_named('capacity.confirm')}")
            return
        try:
            asked = self.changes.asked(self._session.state)
        except Refused as error:
            self.say(str(error))
            return
        self._confirmed = self.kept()
        self.dismiss(asked)

    def action_leave(self) -> None:
        """Back; a draft with changes asks once."""
        count = len(self.changes.labels)
        if self.stays(f"{count} change{'s' * (count != 1)} not confirmed" if self.changes.any else ""):
            return
        self.changes = Changes.none(self._session.state)
        self.dismiss(None)

    def action_help(self) -> None:
        """The keys, and what the marks mean."""
        from tui.dialogs.report import Report

        lines = [keys.MARKS, "", *help_lines(self.app, keys.HELP, 18)]
        self.app.push_screen(Report("Capacity: keys and marks", lines, "close"))

    # -------------------------------------------------- drafts

    def described(self) -> dict[str, str]:
        """What is changed, in words and to be taken up; empty where nothing is."""
        if not self.changes.any:
            return {}
        return {"changes": plain("; ".join(self.changes.labels))[:500], "draft": self.changes.kept()}

    def take_up(self, draft: str) -> str:
        """Take up what was changed; what is said of it."""
        self.changes, lost = drafted(self._session.state, draft)
        return f"Not there any more: {'; '.join(lost)}." if lost else ""
