"""All plain changes by the command of each: what is listed here is held to be the same in the app and in a shell."""

from __future__ import annotations

from tui.forms.accounts import ACCOUNTS
from tui.forms.charter import CHARTER
from tui.forms.commitments import COMMITMENTS
from tui.forms.decisions import DECISIONS
from tui.forms.looking_back import LOOKING_BACK
from tui.forms.outcomes import OUTCOMES_AND_REVIEWS
from tui.forms.plain_change import PlainChange
from tui.forms.rights import RIGHTS
from tui.forms.tables import TABLES
from tui.forms.trials import PILOT

PLAIN: dict[str, PlainChange] = {
    plain.name: plain
    for plain in (
        *CHARTER,
        *RIGHTS,
        *TABLES,
        *COMMITMENTS,
        *DECISIONS,
        *ACCOUNTS,
        *OUTCOMES_AND_REVIEWS,
        *LOOKING_BACK,
        PILOT,
    )
}
