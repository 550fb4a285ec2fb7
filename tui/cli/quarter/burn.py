"""``makeroom burn``: the quarter that runs by weeks, as text, as figures, or as a drawing."""

from __future__ import annotations

import argparse
import shutil

from scenarios.quarter.burn import Burn
from store.common.errors import Refused
from store.database.places import expanded
from store.sidecars.report_files import write_report_file
from tui.cli.printing import DONE, print_json, say
from tui.cli.quarter.outputs import BurnOut, BurnWeekOut
from tui.cli.workspace import desk
from tui.drawing import burn_chart
from tui.session.weeks import Weeks

#: The least and the most columns, and the lines, of the chart as text.
_NARROW, _WIDE, _LINES = 60, 160, 24
_INSTEAD = "name another file, or add --overwrite"


def run(arguments: argparse.Namespace) -> int:
    """Show it. Raises Refused where the quarter does not run yet."""
    if arguments.output and not arguments.output.casefold().endswith(".svg"):
        raise Refused(f"“{arguments.output}” is not a drawing: name a file that ends in .svg")
    with desk(arguments) as session:
        found = Weeks(session).burn()
    if arguments.output:
        from scenarios.reports.burn_svg import burn_svg

        path = expanded(arguments.output)
        write_report_file(path, burn_svg(found), unless_there="" if arguments.overwrite else _INSTEAD)
    if arguments.json:
        print_json(_as_data(found))
    elif arguments.output:
        say(f"written to {path}")
    else:
        _say(found)
    return DONE


def _say(found: Burn) -> None:
    width = max(_NARROW, min(_WIDE, shutil.get_terminal_size().columns - 1))
    told = f"progress of {found.day}" if found.now else "nobody has recorded progress yet"
    say(f"{found.quarter}, week {found.week} of {len(found.weeks)}, {told}")
    say(burn_chart.KEY if width >= len(burn_chart.KEY) else burn_chart.SHORT_KEY)
    for row in burn_chart.chart(found, width, _LINES):
        say("".join(char for char, _ in row).rstrip())
    say(found.words)


def _as_data(found: Burn) -> BurnOut:
    return BurnOut(
        quarter=found.quarter,
        day=found.day,
        week=found.week,
        capacity=found.capacity,
        weeks=[
            BurnWeekOut(
                week=week.number,
                ends=week.last,
                net=week.capacity,
                planned=week.planned,
                used=week.used,
                interrupts=week.interrupts,
                odds=week.odds,
                p10=week.fan[0] if week.fan else None,
                p50=week.fan[1] if week.fan else None,
                p90=week.fan[2] if week.fan else None,
            )
            for week in found.weeks
        ],
    )
