"""``makeroom serve`` in a process of its own, and a browser without pictures: its socket, on a screen."""

from __future__ import annotations

import asyncio
import json
import re
import select
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.tui.plain_screen import PlainScreen
from tests.tui.processes import AFTER_ESCAPE, PATIENCE, QUIET, children_of, work
from tests.tui.terminal import ROOT, RUN, environment

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")
pytest.importorskip("textual_serve", reason="the extra web is not installed")


class Served:
    """A server, and the address that it printed."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address
        self.base, self.token = address.split("/?token=")
        self.host = self.base.removeprefix("http://")

    def children(self) -> list[int]:
        """The processes that it began."""
        return children_of(self.process.pid)

    def end(self, signum: int = signal.SIGINT) -> int:
        """Send it a signal; its exit code."""
        self.process.send_signal(signum)
        return self.process.wait(PATIENCE)

    async def rest(self, quiet: float = QUIET) -> None:
        """Wait until it and all that it began have slept for so many seconds: what was sent has been answered."""
        began = asleep = time.monotonic()
        while asleep - began < PATIENCE and time.monotonic() - asleep < quiet:
            await asyncio.sleep(0.005)
            if work((self.process.pid, *self.children())):
                asleep = time.monotonic()


@contextmanager
def serving(path: Path, *more: str, environ: Mapping[str, str] | None = None, folder: Path = ROOT) -> Iterator[Served]:
    """A server on a workspace, at any free port; ``environ`` where its home is not that of the workspace, and the
    ``folder`` in which it is begun."""
    process = subprocess.Popen(
        [*RUN, "serve", "--db", str(path), "--port", "0", "--as", "Ana", *more],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(path.parent) if environ is None else dict(environ),
        cwd=folder,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        assert select.select([process.stdout], [], [], PATIENCE)[0], "the server says no address"
        yield Served(process, process.stdout.readline().strip())
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        process.stdout.close()


class Viewer:
    """A browser that has shown the token: it knows the room, and keeps the cookie."""

    def __init__(self, session: Any, served: Served, room: str) -> None:
        self.session, self.served, self.room = session, served, room

    def socket(self, query: str = "width=120&height=40", **headers: str) -> Any:
        """A socket, from our own page unless told otherwise."""
        headers = {"Origin": self.served.base} | headers
        return self.session.ws_connect(f"{self.room}/ws?{query}", headers=headers, max_msg_size=0)

    @asynccontextmanager
    async def seat(self, query: str = "width=120&height=40") -> AsyncIterator[Seen]:
        """Sit down."""
        async with self.socket(query) as socket:
            seen = Seen(socket, self.served)
            try:
                yield seen
            finally:
                seen.reader.cancel()


@asynccontextmanager
async def viewer(served: Served) -> AsyncIterator[Viewer]:
    """Somebody who opened the address."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(served.address, allow_redirects=False) as answer:
            assert answer.status == 303
            room = answer.headers["Location"].rstrip("/")
        yield Viewer(session, served, f"{served.base}{room}")


class Seen:
    """What a seat shows."""

    def __init__(self, socket: Any, served: Served) -> None:
        self.socket, self.served = socket, served
        self._screen = PlainScreen(400, 200)
        #: everything that came, as it came
        self.written = bytearray()
        #: addresses of files that were handed to the browser
        self.handed: list[str] = []
        self.reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type == aiohttp.WSMsgType.BINARY:
                self.written += message.data
                self._screen.feed(message.data)
            elif message.type == aiohttp.WSMsgType.TEXT:
                kind, *rest = json.loads(message.data)
                if kind == "open_url":
                    self.handed.append(rest[0]["url"])

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.rows).rstrip()

    def lowest_and_widest(self) -> tuple[int, int]:
        """The last row and the last column in which anything was begun."""
        places = re.findall(rb"\x1b\[(\d+);(\d+)H", bytes(self.written))
        return max((int(row) for row, _ in places), default=0), max((int(column) for _, column in places), default=0)

    async def until(self, *words: str, gone: str = "\0", seconds: float = PATIENCE) -> None:
        """Wait for these words to be on the screen together, and for another to be off it."""
        end = time.monotonic() + seconds
        while not all(word in self.text for word in words) or gone in self.text:
            assert time.monotonic() < end, f"no {words} (or still {gone!r}) on screen:\n{self.text}"
            await asyncio.sleep(0.03)

    async def say(self, *message: object) -> None:
        """A message as the page sends it."""
        await self.socket.send_str(json.dumps(message))

    async def type(self, *keys: str) -> None:
        """Type, one after the other, each after all that the one before brought."""
        for key in keys:
            await self.say("stdin", key)
            await self.served.rest(AFTER_ESCAPE if key == "\x1b" else QUIET)

    async def closed(self) -> int:
        """The code with which the server closes the socket."""
        await asyncio.wait_for(self.reader, PATIENCE)
        code: int = self.socket.close_code
        return code
