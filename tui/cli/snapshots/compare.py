"""``makeroom compare``: two or three plans side by side, as lines, JSON, Markdown or HTML."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from scenarios.compare import Comparison, Difference
from scenarios.reports.comparison import differences_told, figure_rows
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.cli.printing import DIFFERS, DONE, print_json, say, say_text, short
from tui.cli.snapshots.named_plans import MOST, compared
from tui.cli.snapshots.outputs import CompareOut
from tui.cli.workspace import look
from tui.forms.plans import NOW

#: What is said before a cell of a difference, by its column.
_SAID = {
    "how": "",
    "why": "",
    "who waits": "waits: ",
    "effort": "",
    "asked by": "asked by ",
    "what left for it": "left for it: ",
    "effort at the baseline": "",
    "for": "made way for ",
    "done as": "done as ",
}
#: Characters of a cell of the figures.
WIDEST = 60
_INSTEAD = "name another file, or add --overwrite"


def compare_plans(arguments: argparse.Namespace) -> int:
    """Two or three plans side by side; 1 where they differ; with --take, one difference is taken over.

    Raises Refused for more plans, or a difference that is not there.
    """
    if getattr(arguments, "take", None) is not None:
        from tui.cli.snapshots.cherry_pick import take

        return take(arguments)
    names = arguments.names if len(arguments.names) > 1 else [*arguments.names, NOW]
    comparison = compared(arguments, look(arguments), names)
    written = _reports(arguments, comparison)
    if arguments.json:
        print_json(CompareOut(**_compared(comparison)))
    elif not written:
        _say_comparison(comparison, numbered=NOW in map(str.casefold, names))
    return DONE if comparison.same else DIFFERS


def _reports(arguments: argparse.Namespace, comparison: Comparison) -> bool:
    """Write what was asked for; whether anything was."""
    for wanted, module, function in (
        (arguments.markdown, "compare_markdown", "compare_markdown"),
        (arguments.html, "compare_html", "compare_html"),
    ):
        if wanted:
            text: str = getattr(import_module(f"scenarios.reports.{module}"), function)(comparison)
            if wanted == "-":
                say_text(text)
            else:
                path = expanded(wanted)
                write_report_file(path, text, unless_there="" if arguments.overwrite else _INSTEAD)
                if not arguments.json:
                    say(f"written to {path}")
    return bool(arguments.markdown or arguments.html)


def numbers_of(comparison: Comparison) -> dict[int, int]:
    """By identity, the number of each difference: by it one is taken over."""
    return {id(each): number for number, each in enumerate(comparison.differences, 1)}


def _say_comparison(comparison: Comparison, *, numbered: bool) -> None:
    rows = figure_rows(comparison)
    wide = [min(WIDEST, max(len(row[at]) for row in rows)) for at in range(len(rows[0]))]
    for row in rows:
        say("  ".join(short(cell, WIDEST).ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip())
    numbers = numbers_of(comparison)
    for pair in comparison.pairs:
        say()
        count = len(pair.differences)
        words = f"{count} difference{'' if count == 1 else 's'}"
        say(f"“{short(pair.a.name, 60)}” -> “{short(pair.b.name, 60)}”: {words}")
        for heading, columns, found in differences_told(pair):
            say(f"{short(heading, 80)}:")
            for (what, *cells), each in found[:MOST]:
                said = [f"{_SAID[name]}{cell}" for name, cell in zip(columns[1:], cells, strict=True) if cell]
                number = f"{numbers.get(id(each), ''):>3}  " if numbered else ""
                say(f"  {number}{short(what, 60)}: {short('; '.join(said), 200)}")
            if len(found) > MOST:
                say(f"  and {len(found) - MOST:,} more")
        say(f"{pair.unchanged} items are the same in both")


def _compared(comparison: Comparison) -> dict[str, Any]:
    numbers = numbers_of(comparison)
    return {
        "same": comparison.same,
        "sides": [
            {
                "name": side.name,
                "odds": side.odds,
                "target": side.target,
                "items": side.items,
                "load": side.load,
                "net": side.net,
                "one_offs": side.one_offs,
                "mix": {part.letter: part.share for part in side.mix.slices},
                "teams": [{"name": each.name, "net": each.net, "load": each.load} for each in side.teams],
                "waits_for_what_is_out": list(side.out),
                "revenue_out": side.revenue_out,
                "revenue_known_for": side.paid_out.known,
            }
            for side in comparison.figures
        ],
        "pairs": [
            {
                "a": pair.a.name,
                "b": pair.b.name,
                "unchanged": pair.unchanged,
                "differences": [{"number": numbers[id(each)], **_difference(each)} for each in pair.differences],
            }
            for pair in comparison.pairs
        ],
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "title": each.title,
        "words": each.words,
        "ew": each.ew,
        "value": each.value,
        "waiting": list(each.waiting),
        "reason": each.reason,
        "place": each.place,
        "takes": each.takes,
    }
