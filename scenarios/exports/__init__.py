"""What an export says: the plan, the decisions and all that hangs on them as tables of values, and how the quarter
stands."""

from scenarios.exports.accounts import accounts_sheet
from scenarios.exports.commitments import commitments_sheet
from scenarios.exports.decisions import decisions_sheet
from scenarios.exports.exceptions import exceptions_sheet
from scenarios.exports.load_back import jira_sheet, linear_sheet
from scenarios.exports.mix import mix_sheet
from scenarios.exports.one_offs import one_offs_sheet
from scenarios.exports.plan import plan_sheet
from scenarios.exports.progress import interrupts_sheet, progress_sheet
from scenarios.exports.quarter import QuarterStatus, quarter_sheet, quarter_status
from scenarios.exports.waits import waits_sheet

__all__ = [
    "QuarterStatus",
    "accounts_sheet",
    "commitments_sheet",
    "decisions_sheet",
    "exceptions_sheet",
    "interrupts_sheet",
    "jira_sheet",
    "linear_sheet",
    "mix_sheet",
    "one_offs_sheet",
    "plan_sheet",
    "progress_sheet",
    "quarter_sheet",
    "quarter_status",
    "waits_sheet",
]
