"""What keeping a first look would write, or wrote, in words: each account, rule and team's record on a line."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.figures.amounts import cents, exact
from scenarios.look.rules import LookRule
from scenarios.look.words import REVENUE_UNKNOWN
from scenarios.odds.finished_quarters import learned_of
from store.common.text import sentence, short
from store.imports.issues.keep import KeepPlan, plan_keep
from store.imports.options import RuleWish
from store.records import SliceRule, State
from tui.look.draft import LookDraft, LookFile, taken_look

#: Accounts, and refused rows, that are told one by one.
_MOST = 10


def planned_keep(draft: LookDraft, state: State, file: LookFile, team: str = "") -> KeepPlan:
    """What keeping the look of a draft would write. Raises StoreError with a sentence."""
    look = taken_look(draft, state, file)
    matched = [each.rule for each in look.rules if each.rule is not None and (each.issues or each.rule.own)]
    wishes = [wish for rule in matched if (wish := _wish(state, rule)) is not None]
    return plan_keep(state, file.table, file.issues, file.accounts.puts, wishes, draft.options, team)


def _wish(state: State, rule: LookRule) -> RuleWish | None:
    """A rule as a workspace keeps it; None where it has none of the kind, or has it already."""
    if rule.field == "customer" or rule.field == "title":
        return None
    here = (
        row for row in state.each(SliceRule) if (row.field, row.value.casefold()) == (rule.field, rule.value.casefold())
    )
    if any(row.slice == rule.slice for row in here):
        return None
    return RuleWish(rule.field, rule.value, rule.slice)


def keep_lines(plan: KeepPlan, draft: LookDraft, state: State) -> Iterator[str]:
    """All of it, as lines."""
    history = plan.history
    if history is None:
        yield f"No history for the odds: {sentence(plan.why_none)}"
    else:
        yield f"History for the odds, finished issues: {history.summary}."
        reasons: dict[str, int] = {}
        for refused in history.rejected:
            reasons[refused.reason] = reasons.get(refused.reason, 0) + 1
        for reason, count in sorted(reasons.items(), key=lambda each: -each[1])[:_MOST]:
            yield f"  {count:,} not taken: {reason}"
        for each in learned_of(state.overlay(plan.command)):
            if each.model.finished_quarters:
                yield f"  {each}"
    yield f"Accounts: {len(plan.accounts):,} new or changed."
    for account in plan.accounts[:_MOST]:
        revenue = REVENUE_UNKNOWN if account.arr is None else f"{cents(exact(account.arr))} a year"
        yield f"  {short(account.name, 60)}, {revenue}"
    if len(plan.accounts) > _MOST:
        yield f"  and {len(plan.accounts) - _MOST:,} more"
    yield f"Rules of slices for imports: {len(plan.rules):,} new or changed."
    yield from (f"  {rule.field}:{short(rule.value, 60)}={rule.slice}" for rule in plan.rules)
    others = [rule.text for rule in draft.own if not rule.kept]
    if others:
        yield f"Not kept, as an import has no such rules: {', '.join(short(text, 60) for text in others)}."
