"""The arguments of the commands that tell what was decided: the decision log, and the memos."""

from __future__ import annotations

from tui.cli.parser import Commands, Parser, make_working, month, past_day, since_day

#: As the memos have them; written out, so that no command pays for the import of what only this one needs.
AUDIENCES = ("team", "executives", "account")


def add_log(commands: Commands) -> None:
    """Both of them."""
    one = make_working(
        commands,
        "decisions",
        "decisions.decisions",
        "Tell what was decided, newest first: what came in, what left, who asked, who decided, what spoke against it. "
        "Each begins with its number: makeroom plan --at NUMBER shows the plan as it left it.",
        "  makeroom decisions audit log --since 2026-10-01\n"
        "  makeroom decisions --customer Acme --slice O --person Ana --json",
        function="run",
    )
    one.add_argument("words", nargs="*", metavar="WORD", help="words that a decision must have")
    one.add_argument("--customer", default="", metavar="NAME", help="touching what this customer asked or waits for")
    one.add_argument("--slice", default="", metavar="LETTER", help="touching an item of this slice")
    one.add_argument("--person", default="", metavar="NAME", help="naming this person, or one whose name begins so")
    one.add_argument("--since", type=since_day, metavar="DATE", help="decided on this day or later, as 2026-11-21")
    one.add_argument("--full", action="store_true", help="each with all that is on record of it")
    one = make_working(
        commands,
        "memo",
        "decisions.memos",
        "Write the memo of a meeting from the log alone: for the team, for executives, or for an account, in words "
        "that this customer may read: first what is not as it was, then how. Of the last day on which anything was "
        "decided, unless --day names another, or of all days of a span.",
        "  makeroom memo team\n"
        "  makeroom memo executives --day 2026-11-21 --html -o memo.html\n"
        "  makeroom memo executives --month 2026-11\n"
        "  makeroom memo account --customer Acme --since 2026-10-01 -o acme.md\n"
        "  makeroom memo account --customer Acme --sent       the next one tells what changed since\n"
        "  makeroom memo --write-templates    put the templates where they can be edited",
        function="run",
    )
    one.add_argument(
        "audience", nargs="?", choices=AUDIENCES, metavar="team|executives|account", help="for whom the memo is"
    )
    one.add_argument("--customer", default="", metavar="NAME", help="whose account; for account alone")
    one.add_argument("--day", type=past_day, metavar="DATE", help="the day of the meeting, as 2026-11-21")
    one.add_argument(
        "--since", type=since_day, metavar="DATE", help="all from this day on, up to --day, or to the last one"
    )
    one.add_argument("--month", type=month, metavar="MONTH", help="all of a month, as 2026-11")
    one.add_argument(
        "--sent", action="store_true", help="note that this account's page is sent: the next one tells from here on"
    )
    one.add_argument("--html", action="store_true", help="one web page, with the pies before and after, not Markdown")
    one.add_argument("-o", "--output", default="", metavar="FILE", help="write it to a new file")
    one.add_argument("--overwrite", action="store_true", help="write over the file")
    one.add_argument(
        "--write-templates", action="store_true", help="put the built-in templates where they can be edited"
    )


def add_review(commands: Commands) -> None:
    """``makeroom review``."""
    one = make_working(
        commands,
        "review",
        "decisions.reviews",
        "List the decisions whose review day has come: what was expected, and what is known now; or record that one "
        "was looked at: it stands until another day, with other conditions where some are given, or, without a day, "
        "it is closed. Signed exceptions have a review of their own: makeroom exceptions.",
        "  makeroom review\n"
        "  makeroom review 12 --by Priya --because 'two accounts use it' --again 2027-06-30\n"
        "  makeroom review 12 --by Priya --because 'it was right'       closes it",
        function="run",
    )
    one.later = lambda: _add_review(one)


def _add_review(one: Parser) -> None:
    from tui.cli.plain_change import add_asks
    from tui.forms.outcomes import REVIEW_DECISION

    one.add_argument("decision", nargs="?", type=int, metavar="DECISION", help="its number, as the list has it")
    add_asks(one, REVIEW_DECISION)
