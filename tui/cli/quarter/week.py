"""``makeroom week``: what moved since the last week, what drifts, and who should hear of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta

from scenarios.figures.sizes import change_ew, format_ew
from scenarios.quarter.week import ItemNews, PromiseAtRisk, WeekNews, week_news
from scenarios.reports.markdown import plain
from scenarios.requests.interrupts import effort_words
from store.records import Customer, State
from tui.cli.printing import DONE, print_json, say, say_text, short
from tui.cli.quarter.interrupts import interrupts_of
from tui.cli.quarter.outputs import ItemNewsOut, PromiseAtRiskOut, WeekNewsOut
from tui.cli.workspace import desk
from tui.drawing.words import arrow, odds_percent
from tui.session.past import Past
from tui.session.session import Session

_WEEK = timedelta(days=7)


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises Refused where the quarter does not run yet."""
    with desk(arguments) as session:
        now = session.now
        then = Past(session).figures(_before(session, arguments.since))
        news = week_news(session.state, now.forecast, then.state, then.forecast)
        state = session.state
    if arguments.json:
        print_json(_out(state, news))
    elif arguments.markdown:
        say_text("\n".join(_markdown(state, news)) + "\n")
    else:
        for heading, lines in _parts(state, news):
            say(heading)
            for line in lines:
                say(f"  {short(line, 300)}")
    return DONE


def _before(session: Session, since: date | None) -> int:
    """The last event as of which progress was known of a day a week ago or earlier; before the first of it, where there
    is none."""
    quarter = session.state.quarter
    limit = since or (quarter.progress_on - _WEEK if quarter.progress_on is not None else None)
    known: str | None = None
    for seq, change in session.workspace.changes_of(quarter):
        day = (change.after or {}).get("progress_on")
        if day == known:
            continue
        if limit is None or (day is not None and date.fromisoformat(day) > limit):
            return max(1, seq - 1)
        known = day
    return session.state.seq


# ------------------------------------------------------------------ in words


def _parts(state: State, news: WeekNews) -> Iterator[tuple[str, list[str]]]:
    """Headings with their lines; a part that has nothing says so."""
    since = f"since {news.since}" if news.since is not None else "since before the quarter ran"
    head = f"{news.quarter}, {news.moment.words(date.today())}, {since}"
    risk = f"; first at risk: {news.first_at_risk}" if news.first_at_risk else ""
    odds = f"odds {arrow(news.odds_then, news.odds, news.target)}{'' if news.fits else ', below the target'}{risk}"
    left = f"{format_ew(news.capacity_left)} ew of capacity left, {format_ew(news.load_left)} ew of work"
    yield head, [odds, left]
    yield "What moved", [_move(each) for each in news.moved] or ["nothing on record"]
    names = {row.id: row.name for row in state.each(Customer)}
    came = [
        f"{row.day} {effort_words(row.effort)}: {row.title}"
        + (f" for {names[row.customer_id]}" if row.customer_id is not None else "")
        for row in news.interrupts
    ]
    if came:
        yield "What came unplanned", came
    yield "What drifts", list(news.drifting) or ["nothing"]
    yield "Promises at risk", [_promise(each) for each in news.at_risk] or ["none"]


def _move(each: ItemNews) -> str:
    if each.what == "left the plan":
        return f"{each.title}: left the plan, {format_ew(each.left)} ew of it were left"
    if each.what.startswith("done"):
        return f"{each.title}: {each.what}" + (f", it took {format_ew(each.spent)} ew" if each.what == "done" else "")
    more = f", {change_ew(each.more_spent)} ew spent" if abs(each.more_spent) >= 0.05 else ""
    return f"{each.title}: {each.what}{more}, {format_ew(each.left)} ew left"


def _promise(each: PromiseAtRisk) -> str:
    to = f" to {each.who}" if each.who else ""
    by = f" by {each.due}" if each.due else ""
    odds = f", odds {odds_percent(each.odds)}" if each.odds is not None else ""
    hear = f"; who should hear it: {', '.join(each.hear)}" if each.hear else ""
    return f"{each.title}, promised{to}{by}{odds}: {each.why}{hear}"


def _markdown(state: State, news: WeekNews) -> Iterator[str]:
    for at, (heading, lines) in enumerate(_parts(state, news)):
        yield f"{'#' if at == 0 else '##'} {plain(heading)}"
        yield ""
        yield from (f"- {plain(line)}" for line in lines)
        yield ""


# ------------------------------------------------------------------ for programs


def _out(state: State, news: WeekNews) -> WeekNewsOut:
    new = {row.id for row in news.interrupts}
    return WeekNewsOut(
        quarter=news.quarter,
        on=news.moment.day if news.moment.told else None,
        week=news.moment.week,
        weeks=news.moment.weeks,
        since=news.since,
        odds_before=news.odds_then,
        odds=news.odds,
        target=news.target,
        fits=news.fits,
        first_at_risk=news.first_at_risk,
        capacity_left=news.capacity_left,
        load_left=news.load_left,
        moved=[
            ItemNewsOut(
                title=each.title,
                what=each.what,
                spent=each.spent,
                left=each.left,
                more_spent=each.more_spent,
                more_left=each.more_left,
            )
            for each in news.moved
        ],
        drifting=list(news.drifting),
        interrupts=[each for each in interrupts_of(state).interrupts if each.id in new],
        promises_at_risk=[
            PromiseAtRiskOut(
                title=each.title,
                promised_to=each.who,
                due=each.due,
                odds=each.odds,
                done_by=each.done_by,
                why=each.why,
                who_should_hear=list(each.hear),
            )
            for each in news.at_risk
        ],
    )
