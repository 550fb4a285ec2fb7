"""A first look in words, and its tables as rows of words: a terminal, Markdown and HTML say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.figures.amounts import cents, exact, percent, share_percent
from scenarios.figures.sizes import format_ew
from scenarios.look.first_look import LEAST_LEAD, FirstLook, Lead, Period, Unit
from scenarios.look.rules import LookRule
from scenarios.plan.mix import ONE_OFF, ONE_OFF_BANDS, one_off_band
from store.common.text import short

#: What stands for the slice of what no rule says, in bars and heads of columns.
NO_RULE = "no rule"
#: Quarters that are shown one by one; those before them are one row.
MOST_QUARTERS = 12
REVENUE_UNKNOWN = "revenue unknown"


@dataclass(frozen=True)
class LookTable:
    """A table of words under a heading, its first row the heads, with sentences before it."""

    heading: str
    about: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def amount_words(amount: float, unit: Unit) -> str:
    """As ``12.5 ew``, ``34 points``, ``1 issue``."""
    if unit == "issues":
        return "1 issue" if amount == 1 else f"{amount:,.0f} issues"
    return f"{bare_amount(amount, unit)} {unit}"


def bare_amount(amount: float, unit: Unit) -> str:
    """The same without its unit."""
    if unit == "issues":
        return f"{amount:,.0f}"
    text = format_ew(amount)
    return text.removesuffix(".0") if unit == "points" else text


def issues_words(issues: int) -> str:
    """As ``1 issue``, ``400 issues``."""
    return amount_words(issues, "issues")


def rows_words(rows: int) -> str:
    """As ``1 row``, ``400 rows``."""
    return f"{rows:,} row{'' if rows == 1 else 's'}"


def unit_words(unit: Unit) -> str:
    """What the figures are in."""
    return {
        "ew": "engineer-weeks (ew)",
        "points": "story points",
        "hours": "hours",
        "issues": "issues, counted: each counts the same",
    }[unit]


def title_of(look: FirstLook) -> str:
    """What it is."""
    return f"First look at {look.source.name}"


def standing_of(look: FirstLook) -> str:
    """How many issues it is about, from when to when, in what its figures are."""
    days = f", finished from {look.first.isoformat()} to {look.last.isoformat()}" if look.first and look.last else ""
    sort = f" ({look.source.format})" if look.source.format else ""
    rows = f"{issues_words(look.counted)} of {rows_words(look.source.rows)}{sort}{days}"
    return f"{rows}. Figures are in {unit_words(look.unit)}."


def headline_of(look: FirstLook) -> str:
    """The one sentence: what one-offs took."""
    total = look.total
    if not total.amount:
        return "No finished issue is in it: nothing can be said."
    if not total.band:
        return "No rule says of any issue which slice it belongs to, so nothing can be said of one-offs yet."
    share = total.share(ONE_OFF)
    part = total.parts.get(ONE_OFF)
    took = amount_words(part.amount if part else 0.0, look.unit)
    least = ""
    if "" in total.parts:
        most = share + total.share("")
        least = f"; up to {share_percent(most)} ({one_off_band(most)}) if all without a rule were one-offs"
    return (
        f"One-offs took {share_percent(share)} ({took} of {amount_words(total.amount, look.unit)}): "
        f"{total.band}{least}."
    )


def bands_words() -> str:
    """The bands of the one-off share."""
    *ends, last = ONE_OFF_BANDS
    return f"{', '.join(f'to {end:g}% {word}' for end, word in ends)}, above that {last[1]}"


def notes_of(look: FirstLook) -> Iterator[str]:
    """What is not in the figures, and what was assumed: each a sentence."""
    if look.unsized:
        no_amount = f"{_have(look.unsized)} no amount and {_are(look.unsized)} not in the figures"
        yield f"{issues_words(look.unsized)} {no_amount}."
    if look.unit == "issues" and any(issue.amount is not None for issue in look.source.issues):
        sized = sum(issue.amount is not None for issue in look.source.issues)
        yield (
            f"{sized:,} of {issues_words(len(look.source.issues))} {_have(sized)} an amount: issues are counted, all "
            "alike (--by amounts shows the amounts)."
        )
    elif look.unit == "issues" and look.counted:
        yield "No issue has an amount: issues are counted, all alike."
    elif look.took and look.took < look.counted:
        yield f"{look.took:,} amounts are what issues took; {look.counted - look.took:,} are their estimates."
    elif look.counted:
        yield f"Amounts are {'what issues took' if look.took else 'estimates: the file does not say what issues took'}."
    if look.undated:
        yield (
            f"{issues_words(look.undated)} {_have(look.undated)} no day or quarter in which {_they(look.undated)} "
            "ended: in the totals, in no quarter."
        )
    if look.backwards:
        yield (
            f"{issues_words(look.backwards)} ended before {_they(look.backwards)} began: not among the lead times, nor "
            "in what was not planned."
        )
    if look.earlier and look.since:
        yield f"{issues_words(look.earlier)} ended before {look.since.isoformat()}: not in the figures."
    if look.several:
        yield f"Several rules match {issues_words(look.several)}: the first of them counts."
    if look.fiscal.begins > 1:
        yield "A fiscal year is called after the year in which it ends."
    for reason, count in look.source.left:
        yield f"{count:,} {'row is' if count == 1 else 'rows are'} left out, as each {reason}."
    yield from look.source.notes


def sources_of(look: FirstLook) -> Iterator[str]:
    """Which columns were read, what is not in the figures, and what was assumed."""
    yield f"Columns read: {', '.join(f'{field} from {name}' for field, name in look.source.read) or 'none'}."
    yield from notes_of(look)


def tables_of(look: FirstLook) -> Iterator[LookTable]:
    """All tables, in their order."""
    yield slices_table(look)
    yield accounts_table(look)
    yield unplanned_table(look)
    yield leads_table(look)
    yield rules_table(look)
    yield unmatched_table(look)


def shown_quarters(look: FirstLook) -> list[Period]:
    """The quarters that are shown, the last ones."""
    return list(look.quarters[-MOST_QUARTERS:])


def stacked(period: Period, letters: Sequence[str], scale: float) -> Iterator[tuple[str, int]]:
    """A quarter as a bar of whole cells, ``scale`` of them for one of its unit: each slice with its cells. Ends are
    rounded, so that none is off by more than half a cell."""
    amount, reached = 0.0, 0
    for letter in letters:
        part = period.parts.get(letter)
        amount += part.amount if part is not None else 0.0
        yield letter, round(amount * scale) - reached
        reached = round(amount * scale)


def slices_table(look: FirstLook) -> LookTable:
    """What went to each slice, a quarter a row."""
    letters = look.letters
    heads = ("quarter", look.unit, *(letter or NO_RULE for letter in letters), "one-offs")
    quarters = shown_quarters(look)
    rows = [_slices_row(period, period.name, look) for period in (*quarters, look.total)]
    about = [", ".join(f"{letter} {name}" for letter, name in look.slices if letter in letters)]
    if len(quarters) < len(look.quarters):
        before = look.quarters[: -len(quarters)]
        about.append(
            f"The {len(before):,} quarters before {quarters[0].name} are in the last row alone "
            f"({amount_words(sum(period.amount for period in before), look.unit)})."
        )
    return LookTable(f"What it went to ({look.unit})", tuple(filter(None, about)), (heads, *rows))


def _slices_row(period: Period, name: str, look: FirstLook) -> tuple[str, ...]:
    shares = [percent(period.share(letter)) if period.amount else "" for letter in look.letters]
    return (
        name,
        bare_amount(period.amount, look.unit),
        *shares,
        period.band or ("nothing" if not period.amount else ""),
    )


def accounts_table(look: FirstLook) -> LookTable:
    """The accounts that took most."""
    if not look.accounts:
        none = "No account is named: --column customer=NAME says where they are, --accounts FILE which titles name."
        return LookTable("Accounts that took most", (none,), ())
    heads = ("account", *_heads(look.unit), "share", "one-offs", "revenue a year")
    rows = [
        (
            short(row.name, 60),
            *_amounts(f"{row.issues:,}", row.amount, look.unit),
            percent(row.amount / look.total.amount if look.total.amount else 0.0),
            bare_amount(row.one_offs, look.unit),
            REVENUE_UNKNOWN if row.revenue is None else cents(exact(row.revenue)),
        )
        for row in look.accounts
    ]
    more = look.accounts_named - len(rows)
    about = ["An issue that names several accounts counts for each of them: the rows do not add up."]
    if more > 0:
        about.append(f"{more:,} more {'account is' if more == 1 else 'accounts are'} named.")
    return LookTable("Accounts that took most", tuple(about), (heads, *rows))


def unplanned_table(look: FirstLook) -> LookTable:
    """What was created and finished in one quarter."""
    total = look.total.unplanned
    if not total.known:
        about = "Nobody knows: the file does not say when issues were created (--column created=NAME) and finished."
        return LookTable("Not planned", (about,), ())
    heads = ("quarter", *_heads(look.unit), "share")
    rows = [
        (
            period.name,
            *_amounts(f"{period.unplanned.issues:,} of {period.unplanned.known:,}", period.unplanned.amount, look.unit),
            "" if period.unplanned.share is None else percent(period.unplanned.share),
        )
        for period in (*shown_quarters(look), look.total)
    ]
    about = "Created after the first day of a quarter, and finished in it; of the issues of which both days are known."
    return LookTable("Not planned", (about,), (heads, *rows))


def leads_table(look: FirstLook) -> LookTable:
    """How long issues took, from the day they were created on."""
    if not look.lead.issues:
        return LookTable("Lead times", ("Nobody knows: both days are known of no issue.",), ())
    names = dict(look.slices)
    rows = [(f"{letter} {names[letter]}", *_lead_row(lead)) for letter, lead in look.lead_by_slice]
    about = (
        "Days from the day on which an issue was created to that on which it was finished; nothing is said of fewer "
        f"than {LEAST_LEAD}."
    )
    heads = ("of", "issues", "median", "85% within")
    return LookTable("Lead times", (about,), (heads, *rows, ("all", *_lead_row(look.lead))))


def _lead_row(lead: Lead) -> tuple[str, str, str]:
    if lead.half is None or lead.most is None:
        return f"{lead.issues:,}", "too few", "too few"
    return f"{lead.issues:,}", days_words(lead.half), days_words(lead.most)


def days_words(days: float) -> str:
    """As ``1 day``, ``12.5 days``."""
    return f"{days:,g} day{'' if days == 1 else 's'}"


def rule_words(rule: LookRule | None) -> str:
    """A rule as it is typed; the column that rows name slices in."""
    return "slice column" if rule is None else rule.text


def rules_table(look: FirstLook) -> LookTable:
    """What each rule took; those that match nothing are named in a sentence."""
    heads = ("rule", *_heads(look.unit), "such as")
    rows = [
        (
            rule_words(each.rule),
            *_amounts(f"{each.issues:,}", each.amount, look.unit),
            short("; ".join(each.samples[:2]), 80),
        )
        for each in look.rules
        if each.issues
    ]
    about = ["The first rule that matches counts."]
    for own, who in ((True, "Of yours, these"), (False, "Of the usual ones, these")):
        idle = [each.rule.text for each in look.rules if each.rule and not each.issues and each.rule.own == own]
        if idle:
            about.append(f"{who} match nothing: {', '.join(short(text, 60) for text in idle)}.")
    return LookTable("Rules", tuple(about), (heads, *rows) if rows else ())


def unmatched_table(look: FirstLook) -> LookTable:
    """What no rule says."""
    found = look.unmatched
    if not found.issues:
        none = "Every issue has a slice by a rule." if look.counted else "There is no issue."
        return LookTable("No rule", (none,), ())
    share = percent(found.amount / look.total.amount) if look.total.amount else "0%"
    belong = "belongs" if found.issues == 1 else "belong"
    took = amount_words(found.amount, look.unit)
    about = [f"No rule says where {issues_words(found.issues)} {belong} ({took}, {share})."]
    if found.hints:
        hints = ", ".join(f"{short(text, 40)} ({count:,})" for text, count in found.hints)
        about.append(f"Most frequent among them: {hints}.")
    return LookTable("No rule", tuple(about), (("such as",), *((short(title, 100),) for title in found.samples)))


def _heads(unit: Unit) -> tuple[str, ...]:
    """The heads of the columns of issues and of amounts; one where issues are what is counted."""
    return ("issues",) if unit == "issues" else ("issues", unit)


def _amounts(issues: str, amount: float, unit: Unit) -> tuple[str, ...]:
    return (issues,) if unit == "issues" else (issues, bare_amount(amount, unit))


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _they(count: int) -> str:
    return "it" if count == 1 else "they"
