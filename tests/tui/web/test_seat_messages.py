"""Messages made by hand, over the socket of a seat in a browser: no path of the server is opened, made, removed.

As ``test_seat_paths.py``, but through a server and a seat's process, which write down what they open. Only with
MAKEROOM_LONG=1: 200 names over all places, some minutes.
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.app_helpers import demo
from tests.tui.processes import PATIENCE
from tests.tui.terminal import environment
from tests.tui.web.serving import Seen, Viewer, serving, viewer
from tests.tui.web.test_seat_paths import DOORS, TOUCHING, strays
from tests.tui.web.test_served_files import hostile, seated, sent

#: Run by each Python of the server before anything else.
LISTENER = """
import os, sys
_list, _touching = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT), TOUCHING
def _audit(event, arguments):
    for each in arguments[: _touching.get(event, 0)]:
        if event == "os.remove" and arguments[1] >= 0:
            # Of a folder that is open, as whoever removes a whole folder goes about it.
            each = os.path.join(os.readlink(f"/proc/self/fd/{arguments[1]}"), os.fsdecode(each))
        if isinstance(each, (str, bytes, os.PathLike)):
            os.write(_list, os.path.realpath(os.fsencode(each)) + b"\\n")
sys.addaudithook(_audit)
"""
#: An escape that no terminal has to wait for, whether it begins a sequence.
ESCAPE = "\x1b[27u"
#: In the last line of the board alone.
BOARD = "add a request"
#: The end of a field, and everything before it gone.
EMPTIED = "\x1b[F\x15"


#: The answer to a name that was not sent up, wherever its lines are broken; a toast is gone again after seconds.
REFUSED = re.compile(rb"[^a-z].{0,3000}?".join(b"only what was sent up is read".split()), re.DOTALL)


async def comes(what: Callable[[], object]) -> bool:
    """Wait for something; False where it does not come."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while not what() and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(0.03)
    return bool(what())


async def answered(seen: Seen, ours: Viewer, door: str, way: str) -> tuple[str, bytes]:
    """Give a name at a place; the name and the bytes of the file that was handed out, where one was."""
    keys, reads = DOORS[door]
    many, before = len(seen.handed), len(seen.written)
    await seen.type(*keys)
    # A name is pasted, so that what is no letter comes in, too.
    await seen.type(f"{EMPTIED}\x1b[200~{way}\x1b[201~\x13")
    if way.strip("\0 \n"):
        if reads:
            assert await comes(lambda: REFUSED.search(seen.written, before)), (door, way, seen.text)
        else:
            assert await comes(lambda: len(seen.handed) == many + 1), (door, way, seen.text)
    name, data = "", b""
    for address in seen.handed[many:]:
        async with ours.session.get(f"{ours.served.base}{address}") as answer:
            assert answer.status == 200
            name = answer.content_disposition.filename or ""
            data = await answer.read()
    # Out of what was asked, and of the page that it was asked on.
    await seen.type(ESCAPE, ESCAPE)
    for _ in range(4):
        if BOARD not in seen.text:
            await seen.type(ESCAPE)
    assert BOARD in seen.text, (door, way, seen.text)
    return name, data


@pytest.mark.skipif(not os.environ.get("MAKEROOM_LONG"), reason="some minutes: MAKEROOM_LONG=1")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's list of open files")
async def test_no_message_reaches_a_path_of_the_server(tmp_path: Path) -> None:
    server, shared, hook, temporary = (tmp_path / name for name in ("server", "db", "hook", "temporary"))
    for folder in (server, shared, hook, temporary):
        folder.mkdir()
    secret, log = server / "secret.csv", tmp_path / "touched"
    secret.write_text("Title,name,person\nZinnober,Zinnober,Zinnober\n")
    (server / ".profile").write_text("echo server\n")
    before = {path: path.read_bytes() for path in server.rglob("*") if path.is_file()}
    (hook / "sitecustomize.py").write_text(f"LOG, TOUCHING = {str(log)!r}, {TOUCHING!r}\n{LISTENER}")
    own = environment(tmp_path)
    environ = {
        **own,
        "PYTHONPATH": f"{hook}{os.pathsep}{own['PYTHONPATH']}",
        "HOME": str(server),
        # What is the app's own lies elsewhere than what is the user's.
        "TMPDIR": str(temporary),
        **{name: str(tmp_path / "own") for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")},
    }
    ways = hostile(secret)
    handed: list[tuple[str, bytes]] = []
    with serving(demo(shared), environ=environ, folder=server) as served:
        async with viewer(served) as ours:
            seen, seat = await seated(ours)
            await seen.until(BOARD)
            assert (await sent(ours, seat, "sent.csv", "Title\nFrom the browser\n"))[0] == 200
            assert len([*temporary.glob("makeroom-seat-*/sent.csv")]) == 1
            # Something to compare with; what was decided is in the demo.
            await seen.type("s", "s", f"{EMPTIED}As it was", "\x13", ESCAPE)
            for number, way in enumerate(ways):
                door = [*DOORS][number % len(DOORS)]
                handed.append(await answered(seen, ours, door, way))
            seen.reader.cancel()
            await seen.socket.close()
    assert len([name for name, _ in handed if name]) >= len(handed) // 3
    assert not any(b"Zinnober" in data for _, data in handed)
    assert not any(set(name) & set("/\\:~") or name.startswith(".") for name, _ in handed)
    found = log.read_bytes().splitlines()
    allowed = (temporary, shared, hook, log, tmp_path / "own", tmp_path / "state", *map(Path, mimetypes.knownfiles))
    # Python itself looks for modules in the folder where it is begun.
    assert set(strays(*allowed, among=found)) <= {str(server)}
    assert {path: path.read_bytes() for path in server.rglob("*") if path.is_file()} == before
    # And that is no wonder of a hook that hears nothing.
    assert any(line.startswith(os.fsencode(shared)) for line in found)
