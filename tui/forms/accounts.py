"""The plain changes of accounts: one of them, two that become one, the end of a deal, the currency of all amounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scenarios.accounts.arr_changes import KINDS, change_arr, change_kind
from scenarios.accounts.beyond_revenue.five_words import KINDS as WORDS
from scenarios.accounts.beyond_revenue.five_words import say_word, word_kind
from scenarios.accounts.beyond_revenue.onboarding import STEPS, onboarding_step, write_step
from scenarios.accounts.beyond_revenue.service_levels import NO, OFF, UNKNOWN, YES, write_level
from scenarios.accounts.currency import write_currency
from scenarios.accounts.edits import merge_accounts, write_account
from scenarios.accounts.spellings import account_named, alike
from scenarios.figures.money import money_in
from scenarios.figures.readers import AS_DAY, day_in, number_in
from scenarios.requests.deal_ends import OPEN, OUTCOMES, deal_end_of, end_deal, outcome_of, reopen_deal
from store.common.errors import Refused
from store.records import Command, Customer, Item
from tui.forms.fields import Values
from tui.forms.plain_change import ENDED, Ask, PlainChange, shown

if TYPE_CHECKING:
    from tui.session.figures import Figures


def _account(now: Figures, record: int | None) -> Values | None:
    row = now.state.all(Customer).get(record or 0)
    if row is None:
        return {} if record is None else None
    return {
        "name": row.name,
        "arr": shown(row.arr),
        "renews": row.renews.isoformat() if row.renews else "",
        "term": str(row.term),
        "segment": row.segment,
        "owner": row.owner,
    }


def _write(now: Figures, record: int | None, values: Values) -> Command:
    return write_account(
        now.state,
        now.state.all(Customer).get(record or 0),
        name=values["name"],
        arr=money_in(values, "arr"),
        renews=day_in(values, "renews"),
        term=number_in(values, "term"),
        segment=values["segment"],
        owner=values["owner"],
    )


#: ``record`` is the account; None makes one.
ACCOUNT = PlainChange(
    "account",
    (
        Ask("name", "name", "--rename", "what it is called", "another name; the one it had still means it"),
        Ask("arr", "revenue, a year", "--arr", "as 180k or 180000; empty: not known", kind="money"),
        Ask(
            "renews",
            "renews",
            "--renews",
            f"{AS_DAY}; one that has passed comes again by the term",
            kind="day",
        ),
        Ask("term", "term, in months", "--term", "how often it renews; 12 unless said", kind="number"),
        Ask("segment", "segment", "--segment", "which part of the market"),
        Ask("owner", "owner", "--owner", "who looks after it"),
    ),
    _write,
    lambda now, record: f"Account {now.state.all(Customer)[record].name[:120]}" if record else "A new account",
    start=_account,
)


def _merge(now: Figures, record: int | None, values: Values) -> Command:
    state = now.state
    return merge_accounts(state, state.all(Customer)[record or 0], account_named(state, values["into"], "into"))


def _likely(now: Figures, record: int | None) -> Values | None:
    row = now.state.all(Customer).get(record or 0)
    if row is None:
        return None
    group = next((group for group in alike(now.state) if row in group), ())
    return {"into": next((each.name for each in group if each.id != row.id), "")}


MERGE = PlainChange(
    "account merge",
    (Ask("into", "into", "--merge-into", "the account that stays", needed="Into which account? Write its name."),),
    _merge,
    lambda now, record: f"Merge {now.state.all(Customer)[record or 0].name[:120]}",
    "Who waited and asked as it does so as the other, which goes by both names. Their revenues add up.",
    enter="merge them",
    start=_likely,
)


def _deal(now: Figures, record: int | None) -> Values | None:
    if record not in now.state.all(Item):
        return None
    end = deal_end_of(now.state, record or 0)
    if end is None:
        return {"ended": date.today().isoformat()}
    return {"outcome": end.outcome, "ended": end.ended.isoformat(), "amount": shown(end.amount), "note": end.note}


def _end(now: Figures, record: int | None, values: Values) -> Command:
    outcome = outcome_of(values["outcome"])
    if outcome is None:
        return reopen_deal(now.state, record or 0)
    ended, amount = day_in(values, "ended", past=True), money_in(values, "amount")
    return end_deal(now.state, record or 0, outcome, ended, amount, values["note"])


#: ``record`` is the item that was asked for.
DEAL = PlainChange(
    "deal",
    (
        Ask(
            "outcome",
            "outcome",
            "outcome",
            "won, lost or withdrawn; open: it has not ended",
            kind="choice",
            choices=(*OUTCOMES, OPEN),
        ),
        ENDED,
        Ask("amount", "signed for", "--amount", "what was signed, as 480k; of a deal that was won", kind="money"),
        Ask("note", "note", "--note", "why it ended so; may stay empty"),
    ),
    _end,
    lambda now, record: f"How the deal ended: {now.state.all(Item)[record or 0].title[:120]}",
    start=_deal,
)


def _currency(now: Figures, record: int | None) -> Values:
    return {"currency": now.state.workspace.currency}


CURRENCY = PlainChange(
    "currency",
    (
        Ask("currency", "currency", "currency", "its code, as EUR, GBP or CHF"),
        Ask("rate", "1 of the present is", "--rate", "what 1 of the present currency is in it; 1: leave the numbers",
            kind="number"),
    ),
    lambda now, record, values: write_currency(now.state, values["currency"], number_in(values, "rate")),
    "The currency of all amounts",
    lambda now, record: f"All amounts are in {now.state.workspace.currency}.",
    start=_currency,
)  # fmt: skip


def _change(now: Figures, record: int | None) -> Values | None:
    return {"day": date.today().isoformat(), "already": "no"} if record in now.state.all(Customer) else None


def _changed(now: Figures, record: int | None, values: Values) -> Command:
    already = values["already"].strip().casefold() or "no"
    if already not in ("yes", "no"):
        raise Refused("Is it in the revenue on record already? Say yes or no.", "already")
    return change_arr(
        now.state,
        now.state.all(Customer)[record or 0],
        change_kind(values["kind"]),
        day_in(values, "day", past=True),
        money_in(values, "amount"),
        values["note"],
        today=date.today(),
        already=already == "yes",
    )


#: ``record`` is the account.
ARR_CHANGE = PlainChange(
    "revenue",
    (
        Ask("kind", "what", "kind", "new, expansion, contraction or churn", kind="choice", choices=KINDS),
        Ask("amount", "by, a year", "--amount", "as 20k; of churn, all that it pays unless said", kind="money"),
        Ask(
            "day",
            "on",
            "--day",
            f"the day on which it changed, {AS_DAY}; today unless said",
            kind="day",
        ),
        Ask("note", "note", "--note", "why; may stay empty"),
        Ask(
            "already",
            "on record already",
            "--already",
            "yes where the revenue on record has it; else that moves by this",
            kind="choice",
            choices=("no", "yes"),
        ),
    ),
    _changed,
    lambda now, record: f"The revenue of {now.state.all(Customer)[record or 0].name[:120]} changed",
    "Retention over four quarters is told from these changes.",
    start=_change,
)


def _say(now: Figures, record: int | None, values: Values) -> Command:
    kind, score = word_kind(values["kind"]), number_in(values, "score")
    return say_word(now.state, now.state.all(Customer)[record or 0], kind, score, values["evidence"])


#: ``record`` is the account.
ACCOUNT_WORD = PlainChange(
    "account-word",
    (
        Ask("kind", "word", "word", ", ".join(WORDS), kind="choice", choices=WORDS),
        Ask("score", "0 to 3", "--score", "0: none, 3: much; empty takes the word off", kind="number"),
        Ask("evidence", "what says so", "--because", "a line of evidence"),
    ),
    _say,
    lambda now, record: f"Beyond what {now.state.all(Customer)[record or 0].name[:120]} pays",
    "Five words of an account, which are never added up.",
    start=lambda now, record: {} if record in now.state.all(Customer) else None,
)


def _step(now: Figures, record: int | None, values: Values) -> Command:
    step, day = onboarding_step(values["step"]), day_in(values, "day", past=True)
    return write_step(now.state, now.state.all(Customer)[record or 0], step, day, values["note"], today=date.today())


#: ``record`` is the account.
ONBOARDING = PlainChange(
    "onboarding",
    (
        Ask("step", "step", "step", ", ".join(STEPS), kind="choice", choices=STEPS),
        Ask(
            "day",
            "on",
            "--day",
            f"the day, {AS_DAY}; today unless said; empty takes the step off",
            kind="day",
        ),
        Ask("note", "note", "--note", "may stay empty"),
    ),
    _step,
    lambda now, record: f"The onboarding of {now.state.all(Customer)[record or 0].name[:120]}",
    "Time to value is the days from signed to adopted, the first meaningful use.",
    start=lambda now, record: {"day": date.today().isoformat()} if record in now.state.all(Customer) else None,
)


#: ``record`` is the account.
SERVICE_LEVEL = PlainChange(
    "service-level",
    (
        Ask("target", "promised", "target", "the target, as uptime 99.9%; one that is on record is changed"),
        Ask("met", "met", "--met", "yes, no, not known, or taken off; empty: as it is", kind="choice",
            choices=(YES, NO, UNKNOWN, OFF)),
        Ask("miss_cost", "a miss costs", "--miss-costs", "an amount, as 20k; empty: as it is", kind="money"),
        Ask("note", "note", "--note", "may stay empty"),
    ),
    lambda now, record, values: write_level(
        now.state,
        now.state.all(Customer)[record or 0],
        values["target"],
        values["met"],
        money_in(values, "miss_cost"),
        values["note"],
    ),
    lambda now, record: f"A service level promised to {now.state.all(Customer)[record or 0].name[:120]}",
    "The report of accounts has the targets met of those in all, and what misses cost; so has the month.",
    start=lambda now, record: {} if record in now.state.all(Customer) else None,
)  # fmt: skip

#: A merge has no command of its own: it is ``account NAME --merge-into OTHER``.
ACCOUNTS = (ACCOUNT, DEAL, CURRENCY, ARR_CHANGE, ACCOUNT_WORD, ONBOARDING, SERVICE_LEVEL)
