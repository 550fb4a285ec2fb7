"""The accounts as a report: what each pays, and whose wishes the plan is made of."""

from __future__ import annotations

from datetime import date

from scenarios.accounts.arr_changes import Retention, retention_of
from scenarios.accounts.beyond_revenue.five_words import KINDS, MOST, word_figure, word_words
from scenarios.accounts.beyond_revenue.onboarding import FEW, Onboardings, onboardings_of
from scenarios.accounts.beyond_revenue.service_levels import ServiceLevels, cost_of_a_miss, met_word, service_levels_of
from scenarios.accounts.revenue import revenue_figure, revenue_of_all
from scenarios.accounts.table import AccountRow, account_rows, revenue_of_rows
from scenarios.figures.amounts import cents, exact, rate_percent
from scenarios.figures.figure import counted, told
from scenarios.reports.paper import Paper, PaperPart, PaperRow, PaperTable, Sentence
from scenarios.requests.influence import TOO_MUCH, Influence, influence_of
from store.common.text import capital, many, series, short
from store.records import State


def accounts_paper(state: State, today: date) -> Paper:
    """The report of a day."""
    rows, influence = account_rows(state, today), influence_of(state, today)
    about = f"{many(len(rows), 'account')}, each counted once, as of {today.isoformat()}."
    parts = (
        _revenue(rows),
        _words(rows),
        _onboarding(onboardings_of(state, today)),
        _levels(service_levels_of(state)),
        _retention(retention_of(state, today)),
        _influence(influence),
    )
    return Paper("Accounts", about, (_headline(rows, influence),), parts)


def _headline(rows: list[AccountRow], influence: tuple[Influence, ...]) -> Sentence:
    if not rows:
        return Sentence("No account is on record.")
    words = f"{revenue_of_rows(rows).said(after=' a year')}."
    much = [row.account.name for row in influence if row.too_much]
    if much:
        words += (
            f" More than {'twice' if TOO_MUCH == 2 else TOO_MUCH} the effort that revenue would give: "
            f"{series(short(name, 60) for name in much)}."
        )
    return Sentence(words, (revenue_of_all(row.account for row in rows),))


def _revenue(rows: list[AccountRow]) -> PaperPart:
    if not rows:
        return PaperPart("Revenue and renewals", (Sentence("Nobody has said which accounts there are."),))
    segments = any(row.account.segment for row in rows)
    lines = [
        PaperRow(
            (
                short(row.account.name, 60),
                "unknown" if row.account.arr is None else cents(exact(row.account.arr)),
                row.renews.isoformat() if row.renews else "no day",
                *((short(row.account.segment, 30),) if segments else ()),
                f"{len(row.planned)} in plan, {len(row.waiting)} not" if row.items else "nothing",
            ),
            (
                revenue_figure(row.account),
                counted("waits for, in plan", (item.title for item in row.planned)),
                counted("waits for, not in plan", (item.title for item in row.waiting)),
            ),
        )
        for row in rows
    ]
    heads = ("account", "a year", "renews", *(("segment",) if segments else ()), "waits for")
    return PaperPart("Revenue and renewals", (), (PaperTable(heads, tuple(lines)),))


def _words(rows: list[AccountRow]) -> PaperPart:
    heading, said = "Beyond revenue: five words", [row for row in rows if row.words]
    if not said:
        return PaperPart(heading, (Sentence("Nobody has said what an account means beyond what it pays."),))
    lines = [
        PaperRow(
            (
                short(row.account.name, 60),
                *(next((f"{word.score}" for word in row.words if word.kind == kind), "") for kind in KINDS),
            ),
            tuple(map(word_figure, row.words)),
        )
        for row in said
    ]
    evidence = [
        PaperRow((short(row.account.name, 60), word_words(word)), (word_figure(word),))
        for row in said
        for word in row.words
    ]
    of = f"{len(said)} of {many(len(rows), 'account')}"
    about = f"Each 0 (none) to {MOST} (much); they are not added up. Said of {of}."
    tables = (PaperTable(("account", *KINDS), tuple(lines)), PaperTable(("account", "evidence"), tuple(evidence)))
    figures = (
        counted("accounts of which a word was said", (row.account.name for row in said)),
        counted("accounts", (row.account.name for row in rows)),
    )
    return PaperPart(heading, (Sentence(about, figures),), tables)


def _onboarding(found: Onboardings) -> PaperPart:
    heading = "Onboarding: from contract to first meaningful use"
    if not found.rows:
        return PaperPart(heading, (Sentence("Nobody has said how an account's onboarding went."),))
    words = "No account is known to be signed and adopted: no time to value can be told."
    if found.value.known:
        few = f" Of fewer than {FEW} that says little." if found.few else ""
        words = (
            f"Time to value: {found.value.text} in the median over {many(found.known, 'account')}; {found.within} of "
            f"{found.known} within the aim of {many(found.aim, 'day')}.{few}"
        )
    if found.under_way:
        late = sum(row.late for row in found.under_way)
        words += f" Signed and not adopted yet: {many(len(found.under_way), 'account')}" + (
            f", {'' if late == len(found.under_way) else f'{late} of them '}past the aim." if late else "."
        )
    rows = tuple(
        PaperRow(
            (
                short(row.account.name, 60),
                f"{row.steps[-1].step}, {row.steps[-1].day.isoformat()}",
                "not yet" if row.waits is not None else row.value.text,
                "" if row.waits is None else f"{row.waits}",
                "past the aim" if row.late else "",
            ),
            (
                row.value,
                told(
                    "days since it signed", row.waits, "days", "from the day it signed until today", row.value.inputs[0]
                ),
            )
            if row.waits is not None
            else (row.value,),
            row.late,
        )
        for row in found.rows
    )
    heads = ("account", "got to", "time to value", "days since it signed", "aim")
    known = [row for row in found.rows if row.value.known]
    figures = (
        found.value,
        counted(
            "within the aim", (row.account.name for row in known if not row.late), f"no more than {found.aim} days"
        ),
        counted("signed and adopted", (row.account.name for row in known)),
        counted("not adopted yet", (row.account.name for row in found.under_way)),
        counted("of them past the aim", (row.account.name for row in found.under_way if row.late)),
    )
    return PaperPart(heading, (Sentence(words, figures),), (PaperTable(heads, rows),))


def _levels(found: ServiceLevels) -> PaperPart:
    heading = "Service levels promised"
    if not found.rows:
        return PaperPart(heading, (Sentence("No service level is on record as promised."),))
    rows = tuple(
        PaperRow(
            (
                short(account.name, 60),
                short(row.target, 60),
                met_word(row),
                "not known" if row.miss_cost is None else cents(exact(row.miss_cost)),
                short(row.note, 120),
            ),
            (cost_of_a_miss(row), found.met, found.missed_cost),
            row.met is False,
        )
        for account, row in found.rows
    )
    accounts = many(len({account.id for account, _ in found.rows}), "account")
    figures = (*found.figures, counted("accounts", dict.fromkeys(account.name for account, _ in found.rows)))
    said = Sentence(f"{capital(found.words)}; promised to {accounts}.", figures)
    return PaperPart(heading, (said,), (PaperTable(("account", "target", "is", "a miss costs", "note"), rows),))


def _retention(found: Retention) -> PaperPart:
    heading = "Retention over four quarters"
    if not found.changes:
        words = f"No change of revenue is on record since {found.since.isoformat()}: nothing can be said."
        return PaperPart(heading, (Sentence(words),))
    if not found.start:
        return PaperPart(heading, (Sentence("No account is known to have paid at their start: nothing can be said."),))
    partly = f" {capital(found.nrr.partly)}." if found.nrr.partly else ""
    lost = f": {series(short(name, 60) for name in found.lost)}" if found.lost else ""
    sentences = [
        Sentence(
            f"NRR {rate_percent(found.nrr.value or 0)}, GRR {rate_percent(found.grr.value or 0)}: of "
            f"{cents(found.start)} a year that {many(found.accounts, 'account')} paid on {found.since.isoformat()}, "
            f"{cents(found.churn)} left and {cents(found.contraction)} went; {cents(found.expansion)} came on top."
            + partly,
            (
                found.nrr,
                found.grr,
                told(
                    "accounts",
                    found.accounts,
                    "count",
                    "that paid something then",
                    ("at the start", found.since.isoformat()),
                ),
            ),
        ),
        Sentence(
            f"Logo churn {rate_percent(found.logo_churn.value or 0)}{lost}; revenue churn "
            f"{rate_percent(found.revenue_churn.value or 0)}. {found.words}".rstrip(),
            (found.logo_churn, found.revenue_churn),
        ),
        Sentence(
            f"New accounts brought {cents(found.new)} a year, which is in none of these.",
            (told("new", found.new, "money", "sum of changes that are new", ("since", found.since.isoformat())),),
        ),
    ]
    if found.odd:
        names = series(short(name, 60) for name in found.odd)
        sentences.append(Sentence(f"Left out, since their changes are more than they pay: {names}."))
    return PaperPart(heading, tuple(sentences))


def _influence(influence: tuple[Influence, ...]) -> PaperPart:
    heading = "Influence: share of revenue beside share of planned effort"
    if not influence:
        return PaperPart(heading, (Sentence("No account pays, asked or waits: nothing can be said."),))
    lines = [
        PaperRow(
            (
                short(row.account.name, 60),
                rate_percent(row.revenue.value) if row.revenue.value is not None else "unknown",
                rate_percent(row.effort.value) if row.effort.value is not None else "nothing is planned",
                f"{row.asks}",
                f"{row.yeses}",
                "more than twice" if row.too_much else "",
            ),
            (
                row.effort,
                row.revenue,
                told(
                    "asks",
                    row.asks,
                    "count",
                    "items that it asked for in the last four quarters",
                    ("of them yes", f"{row.yeses}"),
                ),
                told("yeses", row.yeses, "count", "its asks that are in plan or done", ("asks", f"{row.asks}")),
            ),
            row.too_much,
        )
        for row in influence
    ]
    heads = ("account", "of revenue", "of planned effort", "asks", "yeses", "effort against revenue")
    of = next((row.revenue for row in influence if row.revenue.partly), None)
    shares = "" if of is None else f"Shares are {of.partly}. "
    said = Sentence(
        f"{shares}An item is of the account that asked for it, else of those who wait for it in equal parts; asks are "
        "those of the last four quarters, yeses those of them that are in plan or done.",
        () if of is None else (of,),
    )
    return PaperPart(heading, (said,), (PaperTable(heads, tuple(lines)),))
