"""What an export says: the plan, the decisions and the one-offs as tables of values, and how the quarter stands."""

from scenarios.exports.decisions import decisions_sheet
from scenarios.exports.load_back import jira_sheet, linear_sheet
from scenarios.exports.one_offs import one_offs_sheet
from scenarios.exports.plan import plan_sheet
from scenarios.exports.quarter import QuarterStatus, quarter_sheet, standing_of

__all__ = [
    "QuarterStatus",
    "decisions_sheet",
    "jira_sheet",
    "linear_sheet",
    "one_offs_sheet",
    "plan_sheet",
    "quarter_sheet",
    "standing_of",
]
