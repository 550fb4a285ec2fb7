"""``makeroom serve``: the board in a browser, for this machine and for whoever is let in to it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from store.common.errors import Refused
from store.common.text import clean
from store.database.places import database_path
from store.workspace.workspace import Workspace, login_name
from tui.cli.printing import DONE, UNREADABLE, complain, say

_NAME = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl+C. Raises StoreError with a sentence where the workspace cannot be opened."""
    if not 0 <= arguments.port <= 65535:
        raise Refused(f"--port {arguments.port}: a port is a number from 1 to 65535, or 0 for any that is free.")
    if arguments.max < 1:
        raise Refused(f"--max {arguments.max}: there must be one seat at least.")
    for name in arguments.host_name:
        if not _NAME.fullmatch(name):
            raise Refused(f"--host-name {name}: give a name as it stands in the address, as in room.example.org.")
    if any(find_spec(needed) is None for needed in ("textual_serve", "aiohttp")):
        complain("serving to a browser needs what is not installed yet; from a clone: pip install '.[web]'")
        return UNREADABLE
    path = database_path(arguments.db).path.absolute()
    # What cannot be opened is said here and now, rather than to each who sits down.
    Workspace.open(path, actor=arguments.actor, read_only=arguments.read_only).close()

    from tui.web.server import Server
    from tui.web.server import run as serve
    from tui.web.status import StatusPage

    server = Server(
        seat_arguments(path, arguments.actor, arguments.read_only),
        names=arguments.host_name,
        most=arguments.max,
        status=StatusPage(path).read,
    )
    try:
        serve(server, arguments.port, lambda address: _tell(address, arguments))
    except OSError as error:
        complain(f"port {arguments.port}: {error.strerror or error}. --port 0 takes any that is free.")
        return UNREADABLE
    return DONE


def seat_arguments(path: Path, actor: str | None, read_only: bool) -> Sequence[str]:
    """The arguments of makeroom for a seat in a browser; ``actor`` is who serves, the login name by default."""
    who = clean(actor or login_name()) or "someone"
    seat = [f"--db={path}", f"--as={who} (browser)"]
    return [*seat, "--follow=*"] if read_only else seat


def _tell(address: str, arguments: argparse.Namespace) -> None:
    say(address)
    if arguments.read_only:
        say("Whoever opens it only looks on, and cannot change anything.")
    else:
        say("Whoever opens it can change the plan, so give it to nobody else. --read-only is for those who look on.")
    for name in arguments.host_name:
        say(f"Behind the proxy: https://{name}/{address[address.index('?') :]}")
    say(f"For this machine alone, {arguments.max} seats at most. Ctrl+C ends it.")
    # A pipe, too, is to have the address at once.
    sys.stdout.flush()
