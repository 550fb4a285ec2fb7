"""What is on screen now: one object holds the workspace, its state and the figures that follow from it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from scenarios.figures.readers import read_for
from scenarios.odds.answers import Answers
from scenarios.odds.finished_quarters import draws_of
from scenarios.plan.plan import Plan, plan_of
from scenarios.trade.decision_records import with_decider
from scenarios.trade.door import forecast_of
from scenarios.trade.guard import Guarded, guard
from store.common.errors import ReplacedError, StaleError
from store.common.values import Value
from store.database.garbage_collection import without_collector
from store.database.rows import named_in
from store.database.watch import Watch
from store.records import (
    Applied,
    Change,
    Command,
    Decision,
    Event,
    Item,
    State,
)
from store.workspace.workspace import Workspace
from tui.session.figures import Figures
from tui.session.news import News

if TYPE_CHECKING:
    from scenarios.odds.draws import Draws
    from scenarios.odds.forecast import Forecast

_log = logging.getLogger("makeroom")
# Until a log is kept, what is noted goes nowhere, and not to the terminal.
_log.addHandler(logging.NullHandler())

#: From this many new rows of draws on (0.3 ms each), the odds are built in a thread.
HEAVY = 100
#: So many changes of others are remembered, to say who changed what.
RECENT = 50
#: What no figure depends on and nobody needs to be told of.
QUIET = frozenset({"snapshot"})


class Written(Value):
    """What came of a long change: what it did, without its changes, and the state on which it was made."""

    applied: Applied
    before: State


def nobody() -> Collection[str]:
    """The other seats where there are none."""
    return ()


class Session:
    """The way of every change: a command is guarded, written as one transaction, followed in memory, and shown."""

    def __init__(
        self,
        workspace: Workspace,
        chosen: str = "",
        *,
        known: State | None = None,
        lazy: bool = False,
        noted: Mapping[str, Answers] | None = None,
    ) -> None:
        """``chosen`` says how the workspace's file was chosen, for people.

        ``known`` is what was read of the file a moment ago: where that is what it holds, it is not read again. ``lazy``
        leaves the odds to whoever asks for them. ``noted`` are answers of plans, told without being worked out until
        :meth:`confirmed`.
        """
        self.workspace = workspace
        # Asked before it is read: what others write from here on is news.
        self._version = workspace.data_version()
        self.chosen = chosen
        latest = [event.seq for event in workspace.events(known.seq - 1)] if known is not None else []
        self.state = known if known is not None and latest == [known.seq] else workspace.load()
        #: the sessions of those who have the workspace open beside us and can change it
        self.others: Callable[[], Collection[str]] = nobody
        #: what others changed and nobody was told of yet
        self.untold: list[News] = []
        #: whether the plan before the first decision, and the one in the end, are kept as snapshots
        self.keeps_meetings = False
        #: who is at the keyboard, where that was said with --as: decides what nobody else is named for
        self.speaker = ""
        #: whether this seat made a decision; then what it found, until that is kept
        self.in_meeting = False
        self.found: tuple[State, Forecast] | None = None
        #: while a long change is written in a thread: whoever asked the file now would wait for it
        self.away = False
        self._recent: list[News] = []
        read_for(self.state)
        self.now = Figures(self.state)
        self._prepared: Forecast | None = None
        if noted:
            self.now.draws.noted = noted
        if not lazy and not self.heavy(self.now.plan):
            self.now.build()

    @property
    def id(self) -> str:
        """What the journal calls this session, and its seat too."""
        return self.workspace.session

    @property
    def draws(self) -> Draws:
        """The common random numbers of what is on screen."""
        return self.now.draws

    def heavy(self, plan: Plan) -> bool:
        """Whether the odds of a plan would take so long to build that a key press would be felt to hang."""
        draws = self.draws
        return draws.answers(plan) is None and sum(not draws.has(entry) for entry in plan.entries) > HEAVY

    def confirmed(self) -> Figures | None:
        """For a thread: work out what was told as it was noted. The figures to show in its place where that comes to
        something else, which nobody should have noted; None where all is right."""
        figures, draws = self.now, self.now.draws
        told, draws.noted = draws.answers(figures.plan), {}
        if told is None:
            return None
        fresh = Figures(figures.state, draws)
        fresh.build()
        found = fresh.forecast.answers()
        if replace(told, cuts=found.cuts) != found or any(told.cuts.get(key) != cut for key, cut in found.cuts.items()):
            return fresh
        figures.forecast.adopt(fresh.forecast)
        return None

    def warm(self, plan: Plan) -> None:
        """Build the odds of a plan that a change leads to, so that the change is quick; meant for a thread."""
        from scenarios.odds.forecast import Forecast

        self._prepared = Forecast(self.draws, plan, self.now.built)

    def changes_of_undo(self, *, redo: bool = False) -> list[Change]:
        """What undo (or redo) would take back."""
        event = (self.workspace.redo_event if redo else self.workspace.undo_event)(self.others())
        return self.workspace.changes(event.seq) if event else []

    def plan_without(self, changes: Sequence[Change]) -> Plan:
        """The plan without these changes."""
        return plan_of(self._after(Change(each.table, each.id, each.after, each.before) for each in reversed(changes)))

    @property
    def plan_or_backlog(self) -> bool:
        """Whether there is any item to show."""
        return bool(self.now.plan.entries or self.now.below or self.now.inbox)

    def commit(self, asked: Command | Guarded, cause: str = "", seen: int | None = None) -> Applied | None:
        """Write a command; None where it is empty. Raises StoreError where it cannot be written.

        With ``seen``, a number of the journal that the command was made on, StaleError where anybody changed anything
        since: for what concerns the whole plan.
        """
        command = asked.command if isinstance(asked, Guarded) else asked
        if command.empty:
            return None
        decides = any(isinstance(put, Decision) for put in command.puts)
        if decides and self.keeps_meetings and not self.in_meeting:
            # Kept by whoever has time: nobody waits for it (`tui.session.meeting_snapshots.keep_meeting_start`).
            self.in_meeting, self.found = True, (self.state, self.now.forecast)
        self.require_seen(command, seen)
        return self._follow(self.workspace.apply(with_decider(self._guarded(asked, cause), self.speaker)))

    def require_seen(self, command: Command, seen: int | None) -> None:
        """Follow what others wrote. Raises StaleError where a command was made on a plan that is another one now."""
        decides = any(isinstance(put, Decision) for put in command.puts)
        surprised = self.take_in(self.news())
        later_than = any(each.event.seq > seen for each in self._recent) if seen is not None else False
        if later_than or (surprised and decides):
            # A decision says what the odds were and came to: on a plan that nobody has seen, both would be wrong.
            raise StaleError(f"The plan changed since you looked: {self._recent[-1].words}. Look again, then repeat.")

    def _guarded(self, command: Command | Guarded, cause: str) -> Command:
        """The command with what has to be said of it where it leaves the plan below its target.

        What was guarded is that already, but on a plan that others changed since.
        """
        if isinstance(command, Guarded):
            if command.state is self.state:
                self._prepared = command.after
                return command.command
            command = command.command
        base = self._prepared or self.now.built
        later = self.state.overlay(command)
        after = forecast_of(later, draws_of(later, self.draws), base)
        self._prepared = after
        if command.kind == "baseline":
            from scenarios.snapshots.capture import with_baseline

            command = with_baseline(command, later, after, self.workspace.actor)
        return guard(self.state, command, cause or command.label, None, after)

    def write_long(self, command: Command | Guarded, cause: str, watch: Watch) -> Written:
        """For a thread: write a command that takes long, after :meth:`require_seen`.

        Until :meth:`follow_long` got what came of it, :attr:`away` has to say that nobody else asks the file. Raises
        StoreError, and :class:`~store.database.watch.StoppedError` where the watch stopped it: nothing was written.
        """
        before = self.state
        with without_collector():
            # What it changed would take as much memory as the command once more; the records are read afterwards.
            named = with_decider(self._guarded(command, cause), self.speaker)
            return Written(self.workspace.apply(named, tell=False, watch=watch), before)

    def read_long(self) -> Figures:
        """For a thread: what the workspace holds now, with the lists that a screen shows of it.

        Raises StoreError where it cannot be read.
        """
        with without_collector():
            state = self.workspace.load()
            found = Figures(state, draws_of(state, self.draws), self._prepared or self.now.built)
            _ = found.below, found.inbox
            found.build()
        return found

    def follow_long(self, written: Written, later: Figures | None) -> Applied:
        """Show what :meth:`write_long` wrote; ``later`` is what :meth:`read_long` found since then, if it could."""
        applied = written.applied
        if (
            later is None
            or written.before is not self.state
            or not self.state.seq + 1 == applied.event.seq == later.state.seq
        ):
            return self._follow_all(applied)
        self.state, self.now, self._prepared = later.state, later, None
        return applied

    def keep(self, command: Command) -> Applied:
        """Write what no figure depends on; the screens stay as they are. Raises StoreError like :meth:`commit`."""
        applied = self.workspace.apply(with_decider(command, self.speaker))
        # Where somebody else wrote first, both are followed when their news is looked for.
        if applied.event.seq == self.state.seq + 1:
            self._advance(applied.changes, applied.event.seq)
            self.now.state = self.state
        return applied

    def require_fresh(self, command: Command) -> None:
        """Raise StaleError, with who did what, where a record of a command was changed by somebody else meanwhile."""
        for record in (*command.puts, *command.removes):
            row = self.state.tables[record.table].get(record.id)
            if record.id < 0 or (row is not None and row.rev == record.rev):
                continue
            key = (record.table, record.id)
            found = (news for news in reversed(self._recent) if any((c.table, c.id) == key for c in news.changes))
            news = next(found, None)
            what = named_in(self.state.all(Item), row or record)
            who = f"{news.words} at {news.event.at.astimezone():%H:%M}" if news else "it is not there any more"
            raise StaleError(f"The {what} changed since you looked: {who}. Look again, then repeat.")

    def undo(self) -> Applied | None:
        """Take back the latest change that no other seat made; None where there is none.

        Raises StaleError, with whose change it is, where one that was made since stands in the way.
        """
        return self._follow(self.workspace.undo(others=self.require_own()))

    def redo(self) -> Applied | None:
        """Bring back what this seat undid last; None where there is nothing. Raises StaleError like :meth:`undo`."""
        return self._follow(self.workspace.redo(others=self.require_own(redo=True)))

    def take_back_long(self, others: Collection[str], watch: Watch, *, redo: bool) -> Written:
        """For a thread: undo (or redo) of a large change, as :meth:`write_long`, after :meth:`require_own`."""
        before, act = self.state, self.workspace.redo if redo else self.workspace.undo
        with without_collector():
            if (applied := act(others=others, watch=watch)) is not None:
                return Written(applied, before)
        raise StaleError("Somebody else took it back meanwhile. Nothing was changed.")

    def require_own(self, *, redo: bool = False) -> Collection[str]:
        """Take in what others did, and say who they are, to whom undo (or redo) leaves theirs. Raises StaleError."""
        self.take_in(self.news())
        others, target = self.others(), self.workspace.redo_event if redo else self.workspace.undo_event
        latest, own = target(), target(others)
        # Past what others at the table did, only one's own is taken back: not what somebody did on another day.
        if latest is not None and latest != own and (own is None or own.session != self.id):
            whose = f"The latest change is {latest.actor}'s (“{latest.label}”), who is still here: theirs to take back"
            raise StaleError(f"{whose}. Nothing was changed.")
        return others

    def reload(self) -> None:
        """Read everything anew, after a refusal because somebody else changed it."""
        self.take_in(self.news())
        self.state = self.workspace.load()
        self._look_again()

    # -------------------------------------------------- what others change

    def changed_outside(self) -> bool:
        """Whether another process has written since the last :meth:`news`; cheap enough for ten times a second."""
        return self.workspace.data_version() != self._version

    def news(self) -> list[News]:
        """What was written since the last event that is on screen."""
        # Asked first: what is written meanwhile is told the next time; and kept last: what could not be read is asked
        # for again.
        version = self.workspace.data_version()
        try:
            found = [News(each.event, each.changes) for each in self.workspace.since(self.state.seq)]
        except ReplacedError:
            self._begin_anew()
            found = []
        self._version = version
        return found

    def _begin_anew(self) -> None:
        """The file was restored from a backup: nothing that was known of it holds."""
        self.state = self.workspace.load()
        event = Event(self.state.seq, datetime.now().astimezone(), "restored", "restore", "the file is a backup's now")
        self._note([News(event, ())])
        self._look_again()

    def plan_after(self, news: Iterable[News]) -> Plan:
        """The plan as others left it."""
        return plan_of(self._after([change for each in news for change in each.changes]))

    def take_in(self, news: Iterable[News]) -> bool:
        """Follow what others changed; whether there was anything that was not followed already."""
        fresh = [each for each in news if each.event.seq > self.state.seq]
        loud = [each for each in fresh if each.event.kind not in QUIET]
        if fresh:
            self._advance([change for each in fresh for change in each.changes], fresh[-1].event.seq)
            self.now.state = self.state
        if loud:
            self._note(loud)
            self._look_again()
        return bool(loud)

    def tell(self) -> list[News]:
        """What others changed and was not asked for yet."""
        found, self.untold = self.untold, []
        return found

    def _note(self, news: list[News]) -> None:
        self.untold += news
        self._recent = [*self._recent, *news][-RECENT:]

    def _follow(self, applied: Applied | None) -> Applied | None:
        if applied is None:
            return None
        _log.info("event %d, %s", applied.event.seq, applied.event.kind)
        if applied.event.seq == self.state.seq + 1:
            self._advance(applied.changes, applied.event.seq)
            self._look_again()
            return applied
        return self._follow_all(applied)

    def _follow_all(self, applied: Applied) -> Applied:
        """Somebody wrote between our look and our writing: both are followed, in the order of the journal."""
        found = self.news()
        self._prepared = None
        self._advance([change for each in found for change in each.changes], found[-1].event.seq)
        self._note([each for each in found if each.event.seq != applied.event.seq and each.event.kind not in QUIET])
        self._look_again()
        self._keep_watch(applied.event.label)
        return applied

    def _keep_watch(self, cause: str) -> None:
        """Two changes that fit each by itself may not fit together: then that is said as an open shortfall."""
        marks = guard(self.state, Command("guard", cause), cause, None, self.now.forecast)
        if not marks.empty:
            self._follow(self.workspace.apply(marks))

    def _advance(self, changes: Iterable[Change], seq: int) -> None:
        self.state = self._after(changes)
        self.state.seq = seq

    def _after(self, changes: Iterable[Change]) -> State:
        """The state after these changes. What is open on screen goes on with the state that it was made on."""
        changes = list(changes)
        tables = dict(self.state.tables)
        for table in {change.table for change in changes}:
            tables[table] = dict(tables[table])
        later = State(tables, self.state.seq)
        later.apply(changes)
        return later

    def _look_again(self) -> None:
        """All figures of the present state; on new draws where the record of finished quarters says otherwise now."""
        draws = draws_of(self.state, self.draws)
        base, self._prepared = self._prepared or self.now.built, None
        read_for(self.state)
        self.now = Figures(self.state, draws, base)
        self.now.build()
