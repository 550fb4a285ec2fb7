"""What a first look leaves in a workspace, as one change: history for the odds, accounts, and rules of slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.common.issues import FinishedIssues
from store.common.spellings import spelling
from store.common.text import clean
from store.imports.errors import ImportOptionError
from store.imports.history import HistoryOptions, HistoryPlan, plan_history
from store.imports.issues.reader import TOOK, IssueOptions
from store.imports.options import RuleWish
from store.imports.report import KIND
from store.imports.slices import SliceChooser
from store.imports.teams import NAMELESS
from store.records import Command, Customer, Record, State, Team, new_id
from store.records.account_names import AccountNames

if TYPE_CHECKING:
    from store.imports.table import Table


@dataclass(frozen=True)
class KeepPlan:
    """What would be written: accounts and rules that are not there so, and finished issues as history (None: with
    ``why_none``)."""

    source: str
    accounts: tuple[Customer, ...]
    rules: tuple[RuleWish, ...]
    history: HistoryPlan | None
    why_none: str
    puts: tuple[Record, ...]

    @property
    def command(self) -> Command:
        """The one change; empty where all of it is there already."""
        return Command(KIND, f"first look at {clean(self.source)[:100]} kept: {self.what}", self.puts)

    @property
    def what(self) -> str:
        """The counts in words."""
        history = self.history
        issues = 0 if history is None else history.new + len(history.updated)
        counts = ((issues, "finished issue"), (len(self.accounts), "account"), (len(self.rules), "rule"))
        return ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts)


def plan_keep(
    state: State,
    table: Table,
    issues: FinishedIssues,
    accounts: Iterable[Record],
    rules: Sequence[RuleWish],
    options: IssueOptions,
    team: str = "",
) -> KeepPlan:
    """What keeping a look would change in a workspace; nothing is written. ``accounts`` are those that the look knows
    and the workspace does not know so; ``team`` is whose the issues are that name none.

    Raises :class:`~store.imports.errors.ImportOptionError` where a rule names no slice that there is.
    """
    found = _accounts(state, list(accounts), issues)
    known = state.overlay(Command(KIND, "accounts", tuple(found)))
    chooser = SliceChooser(known, rules)
    written = {(put.field, put.value.casefold()) for put in chooser.puts}  # type: ignore[attr-defined]
    finished = replace(table, rows=[table.rows[issue.row] for issue in issues.issues], notes=())
    history, why = _history(known, finished, options, team)
    taken = history is not None and bool(history.new or history.updated or history.new_shares)
    return KeepPlan(
        issues.name,
        tuple(each for each in found if isinstance(each, Customer)),
        tuple(rule for rule in rules if (rule.field, rule.value.casefold()) in written),
        history,
        why,
        (*found, *chooser.puts, *(history.puts if history is not None and taken else ())),
    )


def _accounts(state: State, puts: list[Record], issues: FinishedIssues) -> list[Record]:
    """The accounts that are known by now, and those that the issues name and nobody knew."""
    later = state.overlay(Command(KIND, "accounts", tuple(puts)))
    names = AccountNames(later.each(Customer))
    made: dict[str, Customer] = {}
    for issue in issues.issues:
        for name in issue.customers:
            if names.called(name) is None and spelling(name) not in made:
                made[spelling(name)] = Customer(id=new_id(), name=name)
    return [*puts, *made.values()]


def _history(state: State, table: Table, options: IssueOptions, team: str) -> tuple[HistoryPlan | None, str]:
    """What the issues teach; none, with the reason, where they do not say what they were estimated at and took."""
    if not table.rows:
        return None, "there is no finished issue"
    teams = sorted(state.each(Team), key=lambda row: (row.position, row.id))
    own = options.own
    columns = {name: column for name, column in own.items() if name in ("finished", "quarter")}
    if TOOK in own:
        columns["actual"] = own[TOOK]
    wanted = HistoryOptions(
        hours_per_ew=options.hours_per_ew,
        team=team or (teams[0].name if teams else NAMELESS),
        create_teams=True,
        columns=columns,
    )
    try:
        return plan_history(state, table, wanted), ""
    except ImportOptionError as error:
        return None, str(error)
