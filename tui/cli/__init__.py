"""The command line: ``makeroom`` and its commands. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from store.common.errors import Refused, StoreError
from store.imports.errors import ImportOptionError
from tui.cli.arguments import parser
from tui.cli.printing import DONE, INTERRUPTED, UNREADABLE, USAGE, complain


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 done, 1 does not fit or differs, 2 wrong usage, 3 cannot read or write."""
    # Looking through all that is installed for plugins of pydantic would take longer than some commands do.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        arguments = parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
        if scenario := getattr(arguments, "scenario", ""):
            from tui.cli.scenario_files import file_of

            arguments.db = str(file_of(arguments.db, scenario))
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
        complain(str(error))
        return UNREADABLE if isinstance(error, StoreError) and not isinstance(error, ImportOptionError) else USAGE
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {error.strerror or error}.")
        return UNREADABLE
    except KeyboardInterrupt:
        complain("stopped.")
        return INTERRUPTED
