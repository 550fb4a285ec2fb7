"""What the reports say with ``--json``; see :mod:`tui.cli.outputs`."""

from __future__ import annotations

from datetime import date

from tui.cli.accounts.outputs import AccountsOut
from tui.cli.outputs import OUTPUTS, Output


class InfluenceOut(Output):
    """An account's shares (0..1) of known revenue and of planned effort, null where they are not known; its asks of the
    last four quarters, and how many of them are in plan or done."""

    account: str
    revenue_share: float | None
    effort_share: float | None
    asks: int
    yeses: int
    more_than_twice: bool


class AccountsReportOut(Output):
    """``makeroom report accounts``; ``output`` is the file that was written, if any."""

    day: date
    accounts: AccountsOut
    influence: list[InfluenceOut]
    output: str


OUTPUTS["report accounts"] = AccountsReportOut
