"""How somebody looks at a file of finished issues, and what is read of it once: rules change, the file does not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from scenarios.figures.sizes import shirts_of
from scenarios.look.first_look import FirstLook, LookOptions, first_look
from scenarios.look.quarters import CALENDAR, Quarters
from scenarios.look.rules import LookRule, usual_rules, with_rules
from store.common.issues import FinishedIssues
from store.database.watch import NOBODY, Watch
from store.imports.accounts.table import AccountsOptions
from store.imports.issues.accounts import AccountsKnown, accounts_known
from store.imports.issues.reader import IssueOptions, columns_of_issues, read_issues
from store.imports.mappings import SourceMapping
from store.imports.reader import read_table
from store.imports.table import Table
from store.records import Customer, Slice, State

#: Rows of the file of accounts that could not be taken, and are said one by one.
MOST_REJECTED = 5


@dataclass(frozen=True)
class LookDraft:
    """A file and how it is looked at; nothing is written by it.

    ``own`` rules go before the usual ones, which count unless ``usual`` is False; ``dropped`` are usual ones that do
    not.
    """

    path: Path
    source: SourceMapping = field(default_factory=SourceMapping)
    options: IssueOptions = field(default_factory=IssueOptions)
    accounts: Path | None = None
    accounts_options: AccountsOptions = field(default_factory=AccountsOptions)
    own: tuple[LookRule, ...] = ()
    dropped: tuple[LookRule, ...] = ()
    usual: bool = True
    fiscal: Quarters = CALENDAR
    since: date | None = None
    by: Literal["amounts", "issues"] | None = None

    def rules(self, state: State) -> tuple[LookRule, ...]:
        """The rules in the order in which they count."""
        usual = usual_rules(state) if self.usual else ()
        return with_rules(self.own, [rule for rule in usual if not any(rule.same(each) for each in self.dropped)])

    def with_options(self, **said: Any) -> LookDraft:
        """The same file, read in another way."""
        return replace(self, options=replace(self.options, **said))


@dataclass(frozen=True)
class LookFile:
    """What was read: the table, its finished issues, and the accounts that are known."""

    table: Table
    issues: FinishedIssues
    accounts: AccountsKnown


def read_look(draft: LookDraft, state: State, watch: Watch = NOBODY) -> LookFile:
    """Read the files of a draft, beside what a workspace knows. Raises StoreError with a sentence."""
    return issues_in(draft, state, *read_tables(draft, watch), watch)


def read_tables(draft: LookDraft, watch: Watch = NOBODY) -> tuple[Table, Table | None]:
    """The table of issues, and that of accounts where a draft has one. Raises StoreError with a sentence."""
    source = draft.source
    table = read_table(
        draft.path,
        delimiter=source.delimiter or None,
        encoding=source.encoding or None,
        format=source.format or None,
        sheet=source.sheet or None,
        header_line=source.header_line or None,
        watch=watch,
    )
    return table, None if draft.accounts is None else read_table(draft.accounts, watch=watch)


def issues_in(draft: LookDraft, state: State, table: Table, listed: Table | None, watch: Watch = NOBODY) -> LookFile:
    """What tables hold that were read for a draft. Raises StoreError with a sentence."""
    info = state.workspace
    options = replace(
        draft.options,
        points_per_ew=draft.options.points_per_ew or info.points_per_ew,
        hours_per_ew=draft.options.hours_per_ew or info.hours_per_ew,
    )
    wanted = replace(draft.accounts_options, dates=options.dates, decimal=options.decimal)
    accounts = accounts_known(state, listed, table, columns_of_issues(table, options), wanted)
    shirts = {shirt.letter.upper(): (shirt.low, shirt.likely, shirt.high) for shirt in shirts_of(state)}
    names = [account.name for account in accounts.accounts]
    issues = read_issues(table, options, shirts, names, watch)
    rejected = [f"Of the accounts, line {each.line} is not taken: {each.reason}." for each in accounts.rejected]
    notes = (*issues.notes, *accounts.notes, *rejected[:MOST_REJECTED])
    if len(rejected) > MOST_REJECTED:
        notes = (*notes, f"{len(rejected) - MOST_REJECTED:,} more rows of the accounts are not taken.")
    return LookFile(table, replace(issues, notes=notes), accounts)


def taken_look(draft: LookDraft, state: State, file: LookFile) -> FirstLook:
    """The look itself, at what was read, by the rules of a draft."""
    options = LookOptions(draft.rules(state), draft.fiscal, draft.since, draft.by)
    accounts: tuple[Customer, ...] = file.accounts.accounts
    return first_look(file.issues, options, list(state.each(Slice)), accounts)
