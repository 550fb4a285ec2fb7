"""The accounts: what each pays a year, when it renews next, what it waits for; changed, merged, read from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from scenarios.accounts.beyond_revenue.five_words import word_figure
from scenarios.accounts.beyond_revenue.service_levels import what_they_come_to
from scenarios.accounts.revenue import revenue_figure, revenue_of_all
from scenarios.accounts.spellings import alike
from scenarios.accounts.table import AccountRow, account_rows, revenue_of_rows
from scenarios.figures.amounts import money
from scenarios.figures.figure import Figure, counted
from scenarios.requests.influence import influence_by
from scenarios.trade import changes
from store.records import Customer
from tui.accounts.account_lines import account_lines
from tui.rules.record_screen import RecordScreen
from tui.widgets.keys import Hint, Key, Keys
from tui.widgets.screen_head import ScreenHead
from tui.widgets.section_table import SectionRow


class AccountsScreen(RecordScreen):
    """Dismissed with None."""

    KEYS = Keys(
        "Accounts",
        Key("accounts.edit", "enter,e", "Change it", "open", bar="change"),
        Key("accounts.add", "a", "A new account", "ask('add')", bar="add"),
        Key("accounts.merge", "m", "Merge it into another", "ask('merge')", bar="merge"),
        Key("accounts.apart", "n", "It differs from those spelled like it", "ask('apart')", bar="not one"),
        Key("accounts.deal", "o", "How a deal ended", "ask('deal')", bar="deal ended"),
        Key("accounts.revenue", "v", "Its revenue changed", "ask('revenue')", bar="revenue changed"),
        Key("accounts.word", "w", "What it means beyond what it pays", "ask('word')", bar="beyond revenue"),
        Key("accounts.onboarding", "s", "A step of its onboarding", "ask('onboarding')", bar="onboarding"),
        Key("accounts.level", "l", "A service level promised to it", "ask('level')", bar="service level"),
        Key("accounts.remove", "x,delete", "Remove it", "ask('remove')", bar="remove"),
        Key("accounts.import", "I", "Accounts from a file", "ask('import')", bar="from a file"),
        Key("accounts.currency", "c", "The currency of all amounts", "ask('currency')", bar="currency"),
        Key("accounts.leave", "A", "Back to the board", "leave", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def head(self) -> ComposeResult:
        """The heading."""
        yield ScreenHead()

    def show(self, key: str = "") -> None:
        """Show the present state; the cursor stays on its row, or goes to the row ``key``."""
        self._rows, self._alike = account_rows(self.state, changes.now().astimezone().date()), alike(self.state)
        super().show(key)

    def show_head(self) -> None:
        """How many there are, and what they pay, each counted once."""
        rows = self._rows
        count = f"{len(rows)} account{'' if len(rows) == 1 else 's'}"
        said = f"{revenue_of_rows(rows).said(money, ' a year')}; {count}, each counted once" if rows else "none yet"
        twins = sum(map(len, self._alike))
        self.query_one(ScreenHead).show("ACCOUNTS", said, f"▲ {twins} look like one" if twins else "")

    def rows(self) -> Sequence[SectionRow]:
        """All accounts, those that look like one first."""
        return account_lines(self._rows, self._alike)

    def hints(self, row: SectionRow | None) -> Sequence[Hint]:
        """What can be done with the row on the cursor."""
        base = RecordScreen.KEYS
        if row is None or row.kind != "account":
            return (*self.KEYS.hints("import", "add", "currency"), *base.hints("leave"))
        apart = ("apart",) if row.warns else ()
        own = (
            "edit",
            "add",
            "merge",
            *apart,
            "deal",
            "import",
            "currency",
            "revenue",
            "word",
            "onboarding",
            "level",
            "remove",
        )
        return (*self.KEYS.hints(*own), *base.hints("undo", "leave"))

    def explain(self, row: SectionRow) -> None:
        """Its shares of revenue and of planned effort with their inputs, and what its figures are used for."""
        from tui.dialogs.report import Report

        lines = (
            "Who waits, facts, swaps, memos and comparisons count each account's revenue once, and say of how many",
            "it is known. A renewal that has passed comes again by the account's term.",
            "Names that differ in case, accents or legal form mean one account; ▲ marks those that are there twice.",
        )
        mine = next((each for each in self._rows if row.kind == "account" and each.account.id == row.id), None)
        figures = [revenue_of_all(each.account for each in self._rows)] if mine is None else self._figures_of(mine)
        why = [line for figure in figures for line in (*figure.why, "")]
        self.app.push_screen(Report(row.title or "Accounts", [*why, *lines], "close"))

    def _figures_of(self, row: AccountRow) -> list[Figure]:
        """What it pays, who it is beside the others, what it waits for, what is on record of it besides."""
        found = influence_by(self.state, row.account.id, changes.now().astimezone().date())
        figures = [revenue_figure(row.account), *(() if found is None else (found.revenue, found.effort))]
        for name, items in (("in plan", row.planned), ("not in plan", row.waiting)):
            figures.append(counted(f"waits for, {name}", (item.title for item in items)))
        figures += map(word_figure, row.words)
        if row.onboarding is not None:
            figures.append(row.onboarding.value)
        if row.levels:
            levels = what_they_come_to([(row.account, each) for each in row.levels])
            figures += [levels.met, levels.missed_cost]
        return figures

    @property
    def account(self) -> Customer | None:
        """The account on the cursor."""
        row = self.row
        return self.state.all(Customer).get(row.id) if row is not None and row.kind == "account" else None

    def action_open(self) -> None:
        """Change the account on the cursor."""
        if self.account is not None:
            self.action_ask("edit")
