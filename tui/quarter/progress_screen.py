"""The progress of what is in plan, told in two minutes: a draft until confirmed, with the odds as it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from scenarios.figures.readers import day_of
from scenarios.figures.sizes import format_range, parse_size
from scenarios.odds.finished_quarters import draws_of
from scenarios.odds.forecast import Forecast
from scenarios.plan.plan import Entry
from scenarios.quarter.progress import ToldItem
from scenarios.quarter.progress_draft import ProgressDraft, drafted, finish, half_days, tenths
from scenarios.trade.door import forecast_of
from store.common.errors import Refused, refused_about
from store.common.text import short
from store.records import Command
from tui.capacity.draft_screen import DraftScreen
from tui.capacity.foot import CapacityFoot, FootWords
from tui.dialogs.form import Field, Form, Values
from tui.drawing.plain import plain
from tui.drawing.words import arrow
from tui.plan_view.side_panel import Preview, SidePanel
from tui.quarter.progress_table import ProgressHead, ProgressRow, ProgressTable, rows_of
from tui.session.session import Session
from tui.widgets import breakpoints
from tui.widgets.header import Header
from tui.widgets.key_bar import KeyBar
from tui.widgets.keys import Hint, Key, Keys, help_lines, key_named
from tui.widgets.row_table import RowTable

#: So much of a title is said in the foot.
_TITLE = 24
Edit = Callable[[ProgressDraft, Entry], ProgressDraft]

KEYS = Keys(
    "Progress",
    *(
        Key(f"progress.tenths{count}", str(count), f"{count} tenth{'s' * (count > 1)} done", f"tenths({count})")
        for count in range(1, 10)
    ),
    Key("progress.done", "d", "Done; again: not", "done", bar="done"),
    Key("progress.less", "minus", "Half a day less spent", "half_days(-1)"),
    Key("progress.more", "plus,equals_sign", "Half a day more spent", "half_days(1)"),
    Key("progress.left", "e", "What is left, as a new range", "left", bar="what is left"),
    Key("progress.next", "enter", "Next item; on the last one, confirm", "next", bar="next"),
    Key("progress.day", "o", "As of another day", "day", bar="another day"),
    Key("progress.undo", "u", "Undo in the draft", "undo", bar="undo"),
    Key("progress.confirm", "ctrl+s", "Confirm", "confirm", bar="confirm"),
    Key("progress.help", "question_mark,f1", "Keys", "help", bar="all keys"),
    Key("progress.leave", "escape,g", "Back to the board", "leave", bar="back"),
)
_TENTHS = Hint(tuple(KEYS[f"tenths{count}"] for count in range(1, 10)), "tenths done")
_HALF_DAYS = Hint((KEYS["less"], KEYS["more"]), "half a day spent")
_HINTS = (
    _TENTHS,
    *KEYS.hints("next", "done"),
    _HALF_DAYS,
    *KEYS.hints("left", "confirm", "undo", "day", "help", "leave"),
)
_HELP = (
    Hint(_TENTHS.rows, "so many tenths are done: that part of the likely size is spent; where more was, what is left"),
    KEYS["done"].hint("done; it took what was spent, or where nothing was, its likely size, not counted; again: not"),
    Hint(_HALF_DAYS.rows, "half a day less or more was spent"),
    KEYS["left"].hint("what is left, as low-likely-high: nobody's guess any more, but a new estimate"),
    KEYS["next"].hint("the next item; on the last one, confirm"),
    KEYS["day"].hint("as of which day all this is known, where that is not today"),
    KEYS["undo"].hint("undo in the draft"),
    KEYS["confirm"].hint("confirm: it is written; a plan below its target goes on to the trade sheet"),
    KEYS["leave"].hint("back; a draft with changes asks once"),
)


class ProgressScreen(DraftScreen[Command | None]):
    """Dismissed with what was told, or None. Pie and meter stand beside the list as on the board."""

    CSS_PATH = "progress_screen.tcss"
    AUTO_FOCUS = "#progress"
    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(self, session: Session, on: date, said: str = "") -> None:
        """``on`` is the day of which it is told, ``said`` what there is to say of that day."""
        super().__init__(session)
        self.draft = ProgressDraft(session.state, on)
        self._said = said

    def compose(self) -> ComposeResult:
        """Header, the list with its foot, side panel, keys."""
        breakpoints.begin_at_size(self)
        yield Header()
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield ProgressHead()
                yield ProgressTable()
                yield CapacityFoot()
            yield SidePanel()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known."""
        self.query_one(Header).show(self._session.now)
        self.query_one(KeyBar).show(_HINTS)
        self.show()

    @property
    def table(self) -> ProgressTable:
        """The list."""
        return self.query_one(ProgressTable)

    # -------------------------------------------------- showing

    def after(self, draft: ProgressDraft) -> Forecast:
        """The forecast with what was told."""
        now = self._session.now.forecast
        if draft.told.command.empty:
            return now
        return forecast_of(draft.state, draws_of(draft.state, self._session.draws), now)

    def show(self) -> None:
        """Show the draft: in the list, in the pie and in the odds."""
        figures, draft = self._session.now, self.draft
        before, after = figures.forecast, self.after(draft)
        quarter = figures.plan.quarter
        moment = after.plan.moment
        week = f", week {moment.week} of {moment.weeks}" if moment is not None else ""
        self.query_one(ProgressHead).show(f"of {quarter.name} as of {_day(draft.on)}{week}")
        self.table.show(rows_of(draft, after.plan.entries, {team.id: team.name for team in after.plan.teams}))
        self._show_foot(before, after)
        preview = Preview(after, "If it is as recorded here", "If so") if draft.steps else None
        self.query_one(SidePanel).show(figures, preview)

    def _show_foot(self, before: Forecast, after: Forecast) -> None:
        draft = self.draft
        count = len({item_id for item_id, _ in draft.changed})
        words = f"draft, {count} item{'s' * (count != 1)} changed" if draft.steps else ""
        words += "".join(f"; {note}" for note in draft.told.notes[-1:])
        nothing = _gone_words(draft)
        said = FootWords(
            draft=self._said or words or nothing,
            odds=self.odds_words(before, after, changed=bool(draft.steps)),
            short=not after.fits,
            warns=bool(self._said),
        )
        self.query_one(CapacityFoot).show_whole(said)

    def on_row_table_highlighted(self, event: RowTable.Highlighted) -> None:
        """The cursor moved: what was said is read."""
        if self._said:
            self._said, self._leaving = "", False
            self._show_foot(self._session.now.forecast, self.after(self.draft))

    # -------------------------------------------------- telling

    def attempt(self, edit: Edit) -> None:
        """Make what is told of the row on the cursor a part of the draft, or say why it cannot be."""
        row = self.table.row
        if row is None:
            self.say("nothing is in plan: there is no progress to record")
            return
        if not row.entry.sizes:
            size = key_named("board.size")
            self.say(f"“{short(row.entry.item.title, _TITLE)}” has no size yet: size it on the board ({size})")
            return
        try:
            self.take(edit(self.draft, row.entry))
        except Refused as error:
            self.say(str(error))

    def take(self, draft: ProgressDraft) -> None:
        """Show another draft."""
        self._said, self._leaving = "", False
        self.draft = draft
        self.show()

    def action_tenths(self, count: int) -> None:
        """So many tenths are done."""
        if not self._is_done():
            self.attempt(lambda draft, entry: tenths(draft, entry, count))

    def action_half_days(self, count: int) -> None:
        """Half a day more or less was spent."""
        row = self.table.row
        if row is not None and len(row.entry.sizes) > 1:
            self.say("several teams are on it: put the cursor on a team's row, below it")
            return
        self.attempt(lambda draft, entry: half_days(draft, entry, count))

    def action_done(self) -> None:
        """It is done; again: not."""
        self.attempt(finish)

    def action_left(self) -> None:
        """Ask for a new range of what is left."""
        row = self.table.row
        if row is not None and row.entry.sizes and not self._is_done():
            self.run_worker(self._ask_left(row), exclusive=True, group="ask")

    def _is_done(self) -> bool:
        """Whether the item on the cursor is done, which is said, with the key that opens it again."""
        row = self.table.row
        if row is None or not row.entry.done:
            return False
        self.say(f"“{short(row.entry.item.title, _TITLE)}” is done: {key_named('progress.done')} opens it again")
        return True

    async def _ask_left(self, row: ProgressRow) -> None:
        teams = {team.id: team.name for team in self._session.now.plan.teams}
        known = {size.team_id: row.entry.progress_of(size.team_id) for size in row.entry.sizes}
        fields = [
            Field(
                f"left-{team_id}",
                f"left for {teams.get(team_id, '?')}" if len(known) > 1 else "what is left",
                "" if one.left is None else format_range(one.left),
                "low-likely-high in engineer-weeks, as 0.5-1-2, or days, as 4d",
            )
            for team_id, one in known.items()
        ]

        def read(values: Values) -> ProgressDraft:
            draft = self.draft
            for team_id in known:
                with refused_about(f"left-{team_id}"):
                    text = values[f"left-{team_id}"]
                    if text.strip() or len(known) == 1:
                        draft = draft.then(ToldItem(row.entry.item.id, team_id, left=parse_size(text)))
            return draft

        def check(values: Values) -> None:
            read(values)

        def follow(values: Values) -> str:
            now, then = self.after(self.draft), self.after(read(values))
            return f"odds {arrow(now.odds, then.odds, then.plan.target)}"

        title = f"What is left of “{row.entry.item.title[:60]}”"
        values = await self.app.push_screen_wait(
            Form(title, fields, check=check, follow=follow, enter="take it into the draft")
        )
        if values is not None:
            self.take(read(values))

    def action_day(self) -> None:
        """Ask as of which day it is told."""
        self.run_worker(self._ask_day(), exclusive=True, group="ask")

    async def _ask_day(self) -> None:
        quarter = self._session.now.plan.quarter

        def read(values: Values) -> date:
            with refused_about("day"):
                day = day_of(values["day"], past=True)
                if day is None or not quarter.starts <= day <= quarter.ends:
                    raise Refused(f"{quarter.name} goes from {quarter.starts} to {quarter.ends}")
                if quarter.progress_on is not None and day < quarter.progress_on:
                    back = f"{key_named('board.undo')} on the board takes it back"
                    raise Refused(f"progress is known as of {quarter.progress_on}: {back}")
                return day

        def check(values: Values) -> None:
            read(values)

        field = Field("day", "as of", self.draft.on.isoformat(), "the day on which this is known, as 2027-02-03")
        values = await self.app.push_screen_wait(Form("As of which day", [field], check=check, enter="take it"))
        if values is None:
            return
        if self.draft.steps:
            self.say("the draft is of its day: confirm it, or undo it, and then choose another")
            return
        self.take(ProgressDraft(self._session.state, read(values)))

    def action_next(self) -> None:
        """The next item; on the last one, confirm."""
        if not self.table.next_item():
            self.action_confirm()

    def action_undo(self) -> None:
        """Take back what was told last."""
        if self.draft.steps:
            self.take(self.draft.undone)
        else:
            self.say(
                f"nothing is changed in this draft; {key_named('board.undo')} on the board takes back what is confirmed"
            )

    # -------------------------------------------------- leaving

    def renew(self, words: str) -> None:
        """Others changed the plan: the draft stays, on the plan as it is now."""
        if self._session.state is self.draft.base:
            return
        self.draft, lost = drafted(self._session.state, self.draft.kept())
        gone = _lost_words(lost)
        self._said = f"The plan changed meanwhile: {words}. The draft stays.{gone}"
        self.query_one(Header).show(self._session.now)
        self.show()

    def action_confirm(self) -> None:
        """Answer with what was told; where less was spent than was known, ask why first."""
        if self._session.state is not self.draft.base:
            # Nothing is written over what nobody has looked at.
            self.renew("look again, then confirm")
            return
        if self.draft.needs_reason:
            self.run_worker(self._ask_why(), exclusive=True, group="ask")
        else:
            self._confirm("")

    async def _ask_why(self) -> None:
        def check(values: Values) -> None:
            with refused_about("because"):
                try:
                    self.draft.confirmed(values["because"])
                except Refused as error:
                    # The command line's own way out is no help here.
                    raise Refused(str(error).replace(" (--because WHY)", "")) from error

        field = Field("because", "because", "", "what was counted wrong before, or why it is open again")
        about = "Something is less than it was known to be, or open again."
        values = await self.app.push_screen_wait(Form("Why", [field], about, check=check, enter="confirm"))
        if values is not None:
            self._confirm(values["because"].strip())

    def _confirm(self, because: str) -> None:
        self._confirmed = self.kept()
        self.dismiss(self.draft.confirmed(because).command)

    def action_leave(self) -> None:
        """Back; a draft with changes asks once."""
        if self.stays("not confirmed" if self.draft.steps else ""):
            return
        self.draft = ProgressDraft(self._session.state, self.draft.on)
        self.dismiss(None)

    def action_help(self) -> None:
        """The keys."""
        from tui.dialogs.report import Report

        self.app.push_screen(Report("Progress: keys", help_lines(self.app, _HELP, 18), "close"))

    # -------------------------------------------------- drafts

    def described(self) -> dict[str, str]:
        """What is told, in words and to be taken up; empty where nothing is."""
        if not self.draft.steps:
            return {}
        return {"told": plain(self.draft.told.command.label)[:500], "draft": self.draft.kept()}

    def take_up(self, draft: str) -> str:
        """Take up what was told; what is said of it."""
        self.draft, lost = drafted(self._session.state, draft)
        return _lost_words(lost).strip()


def _lost_words(lost: int) -> str:
    """What became of things told that cannot be told of the plan as it is now; empty where all can."""
    return f" {lost} thing{'s' * (lost != 1)} no longer appl{'y' if lost != 1 else 'ies'} to it." if lost else ""


def _gone_words(draft: ProgressDraft) -> str:
    """What holds of what nobody tells; where weeks have gone since the last telling, why the odds are others."""
    known = draft.base.quarter.progress_on or draft.base.quarter.starts
    if draft.on <= known:
        return "what nobody records stays unknown, not undone"
    return (
        f"the time from {_day(known)} to {_day(draft.on)} has passed, and nothing is recorded for it yet: what nobody "
        "records counts as known before"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
