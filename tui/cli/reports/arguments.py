"""The arguments of ``makeroom report``."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, later, make, within


def add_report(commands: Commands) -> None:
    """``report`` with a command for each report."""
    top = make(
        commands,
        "report",
        "Print a report that looks back; each is text, one web page, Markdown or JSON, and holds no figure that is not "
        "on record. docs/reports.md tells where each figure comes from.",
        "  makeroom report accounts\n  makeroom report accounts -o accounts.html",
    )
    top.set_defaults(run=later("reports.report", "ask_which"))
    top.later = lambda: _add_own(top)


def _add_own(top: Parser) -> None:
    own = within(top)
    add_output(
        own(
            "accounts",
            "Each account's revenue and renewal, and its share of revenue beside its share of the planned effort.",
            "  makeroom report accounts\n  makeroom report accounts --json",
            "reports.accounts",
            "run",
        )
    )


def add_output(one: Parser) -> None:
    """``-o`` and ``--overwrite``."""
    one.add_argument("-o", "--output", default="", metavar="FILE", help="write it as FILE.html or FILE.md instead")
    one.add_argument("--overwrite", "--force", action="store_true", help="write over a file that is there already")
