"""The arguments of ``makeroom export``, ``compare`` and ``completion``."""

from __future__ import annotations

import argparse

from tui.cli.parser import Commands, add_db, later, make

#: Written out, so that the help of other commands does not load the formats.
FORMATS = ("md", "html", "csv", "xlsx", "json", "jira", "linear")
KINDS = ("plan", "decisions", "one-offs", "commitments", "waits", "accounts", "exceptions", "mix", "progress",
         "interrupts", "all")  # fmt: skip
SHELLS = ("bash", "zsh", "fish", "tcsh")
#: What the scripts ask for while somebody types.
NAMES = ("items", "accounts", "snapshots", "scenarios")


def add_export(commands: Commands) -> None:
    """``makeroom export``."""
    one = make(
        commands,
        "export",
        "Write the plan, decisions, one-offs, commitments, who waits, accounts, exceptions, the mix, progress and "
        "interrupts as Markdown, a web page, CSV, an Excel workbook or JSON; or "
        "what was decided as CSV for Jira or Linear. JSON of all is the whole workspace as it is now, which makeroom "
        "import reads into an empty one. docs/exports.md tells which column is what.",
        "  makeroom export                              Markdown, here\n"
        "  makeroom export -o plan.html\n"
        "  makeroom export decisions -o decisions.csv\n"
        "  makeroom export --format json -o room.json   then: makeroom --db other.db import room.json\n"
        "  makeroom export --format jira -o jira.csv",
    )
    one.add_argument("what", nargs="?", choices=KINDS, metavar="WHAT", help=f"{', '.join(KINDS)} (all that it holds)")
    one.add_argument(
        "--format", choices=FORMATS, metavar="NAME", help=f"{', '.join(FORMATS)}; else by the file's ending"
    )
    one.add_argument("-o", "--output", default="-", metavar="FILE", help="the file to write; - (usual) is here")
    one.add_argument("--overwrite", "--force", action="store_true", help="write over a file that is there already")
    one.add_argument(
        "--json",
        action="store_true",
        help="for programs: with -o, one JSON object that says what was written; here, the same as --format json",
    )
    one.set_defaults(run=later("files.export"), actor=None)
    add_db(one)


def add_completion(commands: Commands) -> None:
    """``makeroom completion``."""
    one = make(
        commands,
        "completion",
        "Print the script by which a shell completes makeroom's commands, options, and what is in the workspace: "
        "items, accounts, snapshots, scenarios.",
        "  makeroom completion bash > ~/.local/share/bash-completion/completions/makeroom\n"
        '  makeroom completion zsh > "${fpath[1]}/_makeroom"\n'
        "  makeroom completion fish > ~/.config/fish/completions/makeroom.fish",
    )
    one.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
    one.add_argument("--names", choices=NAMES, default="", help=argparse.SUPPRESS)
    one.set_defaults(run=later("completion"))
