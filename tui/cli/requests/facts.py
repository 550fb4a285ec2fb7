"""``makeroom facts``: what makeroom itself knows of an item, as on its facts card; it changes nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace

from scenarios.requests.trade_facts import NOTHING_GIVES, FactsSubject, best_swap, facts_with, yes_to
from store.common.errors import Refused
from tui.cli.figures import figures_out, say_all, why_lines
from tui.cli.printing import DONE, print_json, say
from tui.cli.requests.outputs import FactOut, FactsOut
from tui.cli.trade.swap_rows import leaving_of
from tui.cli.workspace import desk, find_item, find_leaving


def facts(arguments: argparse.Namespace) -> int:
    """The facts of an item, with the best swap or with what ``--out`` names. Raises Refused."""
    with desk(arguments) as session:
        item = find_item(session.state, arguments.item).item
        asked = yes_to(session.state, item.id, session.now.forecast)
        if asked is None:
            raise AssertionError("an item that was found is there")
        asked = _chosen(asked, arguments.out)
        out = asked.out or ()
        found = facts_with(asked, out)
        if arguments.json:
            print_json(
                FactsOut(
                    id=item.id,
                    title=item.title,
                    how=asked.how,
                    out=[leaving_of(each) for each in out],
                    facts=[
                        FactOut(
                            about=fact.about,
                            text=fact.text,
                            more=list(fact.more),
                            figures=figures_out(fact.figures),
                        )
                        for fact in found
                    ],
                )
            )
            return DONE
        say(f"“{item.title}”, number {item.id}: {asked.how}")
        for fact in found:
            say(f"{fact.about}: {fact.text}")
            say_all(f"  {line}" for line in fact.more)
            if arguments.why:
                say_all(why_lines(fact.figures))
    return DONE


def _chosen(asked: FactsSubject, texts: list[str]) -> FactsSubject:
    """What leaves: what was named, else the best swap where something has to give."""
    trade = asked.trade
    if texts:
        if trade is None:
            raise Refused(f"nothing can leave for it: {asked.how}")
        named = tuple(find_leaving(trade.state, text) for text in texts)
        return replace(asked, out=named, how="with what --out names")
    if trade is None:
        return asked
    if trade.fits:
        return replace(asked, how=NOTHING_GIVES)
    out, how = best_swap(trade)
    return replace(asked, out=out, how=how)
