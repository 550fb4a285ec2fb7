"""Memos of a meeting, from the log alone: for the team, for executives, and for an account in words it may read.

`meeting` gathers what was decided, `inside` puts it into words for the team and for executives, `account` for one
customer, and `filling` fills a template. Text in, text out: the templates' files (``templates/``, or a user's own) are
read by the caller.
"""

from scenarios.memos.account import AccountPage, Withheld, account_memo
from scenarios.memos.inside import executives_memo, team_memo
from scenarios.memos.meeting import Meeting, meeting_days, meeting_on
from scenarios.memos.net_change import ItemChange
from scenarios.memos.template import PLACEHOLDERS, Audience, fill

__all__ = [
    "PLACEHOLDERS",
    "AccountPage",
    "Audience",
    "ItemChange",
    "Meeting",
    "Withheld",
    "account_memo",
    "executives_memo",
    "fill",
    "meeting_days",
    "meeting_on",
    "team_memo",
]
