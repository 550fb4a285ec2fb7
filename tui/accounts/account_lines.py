"""The accounts as rows: name, revenue, next renewal, segment, owner, and what each waits for."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.accounts.beyond_revenue.five_words import word_words
from scenarios.accounts.beyond_revenue.onboarding import step_words
from scenarios.accounts.beyond_revenue.service_levels import level_words, what_they_come_to
from scenarios.accounts.spellings import names_of
from scenarios.accounts.table import AccountRow
from scenarios.figures.amounts import cents, exact
from store.records import Customer
from tui.widgets.keys import key_named
from tui.widgets.section_table import Cell, SectionRow

#: Below so many cells, segment and owner are left to the panel.
_SEGMENT, _OWNER = 100, 116


def account_lines(rows: Sequence[AccountRow], groups: Sequence[Sequence[Customer]]) -> list[SectionRow]:
    """A heading, then the accounts as they come; those that look like one, in one of the ``groups``, are marked."""
    if not rows:
        reads, makes = key_named("accounts.import"), key_named("accounts.add")
        words = f"no account yet: {reads} reads them from a file, {makes} makes one"
        return [SectionRow("none", cells=(Cell(words, tone="muted"),))]
    twins = {row.id: [each.name for each in group if each.id != row.id] for group in groups for row in group}
    heading = SectionRow("heading", heading="NAME", cells=_cells("A YEAR", "RENEWS", "SEGMENT", "OWNER", "WAITS FOR"))
    return [heading, *(_row(row, twins.get(row.account.id, [])) for row in rows)]


def _row(row: AccountRow, twins: list[str]) -> SectionRow:
    account = row.account
    revenue = "unknown" if account.arr is None else cents(exact(account.arr))
    renews = row.renews.isoformat() if row.renews else "no day"
    waits = f"{len(row.planned)} in plan, {len(row.waiting)} not" if row.items else "nothing"
    said = []
    if twins:
        merges, differ = key_named("accounts.merge"), key_named("accounts.apart")
        names = ", ".join(f"“{name}”" for name in twins)
        said.append(f"spelled like {names}: {merges} merges them, {differ} says that they differ")
    about = [f"renews every {account.term} months", f"segment {account.segment}" if account.segment else ""]
    about += [f"looked after by {account.owner}" if account.owner else ""]
    if also := names_of(account)[1:]:
        about.append(f"also called {', '.join(also)}")
    said.append("; ".join(filter(None, about)))
    said += map(word_words, row.words)
    if row.onboarding is not None:
        said.append(f"onboarding: {', '.join(map(step_words, row.onboarding.steps))}; {row.onboarding.words}")
    if row.levels:
        of = what_they_come_to([(account, each) for each in row.levels]).words
        said.append(f"service levels: {of}: {'; '.join(map(level_words, row.levels))}")
    for word, items in (("in plan", row.planned), ("not in plan", row.waiting)):
        if items:
            said.append(f"waits for, {word}: {', '.join(item.title for item in items)}")
    cells = _cells(revenue, renews, account.segment, account.owner, waits, unknown=account.arr is None)
    first = Cell(account.name)
    return SectionRow("account", account.id, (first, *cells), title=account.name, said=tuple(said), warns=bool(twins))


def _cells(
    revenue: str, renews: str, segment: str, owner: str, waits: str, *, unknown: bool = False
) -> tuple[Cell, ...]:
    return (
        Cell(revenue, 15, "muted" if unknown else "text", "right"),
        Cell(renews, 10),
        Cell(segment, 14, "muted", least=_SEGMENT),
        Cell(owner, 14, "muted", least=_OWNER),
        Cell(waits, 18, "muted"),
    )
