"""The command line: ``makeroom`` and its commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from store.common.errors import Refused, StaleError, StoreError
from store.imports.errors import ImportOptionError
from tui.cli.arguments import parser
from tui.cli.parser import WeekSaid, know_weeks
from tui.cli.printing import DONE, INTERRUPTED, STALE, UNREADABLE, USAGE, complain, say_json


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 done, 1 does not fit or differs, 2 wrong usage, 3 cannot read or write, 4 changed
    meanwhile."""
    # Looking through all that is installed for plugins of pydantic would take longer than some commands do.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    argv = sys.argv[1:] if argv is None else argv
    _hold_streams()
    try:
        if sys.stdout is None:
            raise StoreError("standard output is closed: there is nowhere to say what came of it, so nothing was done.")
        arguments = parser(argv).parse_args(argv)
        if scenario := getattr(arguments, "scenario", ""):
            from tui.cli.scenario_files import file_of

            arguments.db = str(file_of(arguments.db, scenario))
        if any(isinstance(value, WeekSaid) for value in vars(arguments).values()):
            from tui.cli.workspace import look

            know_weeks(arguments, lambda: look(arguments))
        # For what runs commands itself.
        arguments.main = main
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except SystemExit as end:
        # How argparse leaves after --help.
        return end.code if isinstance(end.code, int) else DONE
    except BrokenPipeError:
        # Whoever read our lines has seen enough; the interpreter's last flush must not fail on it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Refused as error:
        if isinstance(error, StaleError):
            return _refused(argv, str(error), STALE)
        unreadable = isinstance(error, StoreError) and not isinstance(error, ImportOptionError)
        return _refused(argv, str(error), UNREADABLE if unreadable else USAGE)
    except OSError as error:
        return _refused(argv, f"{error.filename or 'a file'}: {error.strerror or error}.", UNREADABLE)
    except KeyboardInterrupt:
        return _refused(argv, "stopped.", INTERRUPTED)


def _hold_streams() -> None:
    """See that no file that is opened takes the place of a standard stream that is closed: whatever writes there, or
    reads, would meet the workspace."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115 - for as long as the process lives
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115


def _refused(argv: Sequence[str], sentence: str, code: int) -> int:
    """Say what went wrong: to people, and where an answer for programs was asked for, as that."""
    complain(sentence)
    if "--json" in argv and sys.stdout is not None:
        say_json({"error": sentence, "exit": code})
    return code
