"""Chromium without a window, driven over its DevTools protocol: what its page asks for, shows, and is typed."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.tui.processes import PATIENCE

aiohttp = pytest.importorskip("aiohttp", reason="the extra web is not installed")

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on the PATH")

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--window-size=1300,900",
)
#: The keys that are no letters: their name, their code, and what they type.
_NAMED = {"Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "ArrowDown": ("ArrowDown", 40, "")}


class Page:
    """One tab."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._ids = count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        #: every address that the page asked for, sockets among them
        self.requested: list[str] = []
        #: what the page's console complained of
        self.complaints: list[str] = []
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if (waiting := self._waiting.pop(said.get("id"), None)) is not None:
                waiting.set_result(said)
            match said:
                case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}:
                    self.requested.append(url)
                case {"method": "Network.webSocketCreated", "params": {"url": url}}:
                    self.requested.append(url)
                case {"method": "Log.entryAdded", "params": {"entry": {"level": "error", "text": text}}}:
                    self.complaints.append(text)

    async def do(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol, and its result."""
        number = next(self._ids)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        said = await asyncio.wait_for(answer, PATIENCE)
        assert "error" not in said, f"{method}: {said}"
        result: dict[str, Any] = said["result"]
        return result

    async def open(self, address: str) -> None:
        """Go to an address."""
        for domain in ("Network", "Log", "Page"):
            await self.do(f"{domain}.enable")
        await self.do("Page.navigate", url=address)

    async def ask(self, script: str) -> Any:
        """The value of a script in the page."""
        return (await self.do("Runtime.evaluate", expression=script, returnByValue=True))["result"].get("value")

    async def until(self, script: str, seconds: float = PATIENCE) -> None:
        """Wait for a script to say true."""
        end = asyncio.get_running_loop().time() + seconds
        while not await self.ask(script):
            assert asyncio.get_running_loop().time() < end, f"never true: {script}"
            await asyncio.sleep(0.05)

    async def press(self, *keys: str) -> None:
        """Press keys, as a keyboard does."""
        for key in keys:
            name, code, text = _NAMED[key] if key in _NAMED else (key, ord(key.upper()), key)
            pressed = {"key": name, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
            await self.do("Input.dispatchKeyEvent", type="keyDown", **pressed)
            await self.do("Input.dispatchKeyEvent", type="keyUp", key=name, windowsVirtualKeyCode=code)

    async def picture(self, path: Path) -> None:
        """What the page looks like, as a PNG."""
        path.write_bytes(base64.b64decode((await self.do("Page.captureScreenshot"))["data"]))


@asynccontextmanager
async def page(folder: Path) -> AsyncIterator[Page]:
    """A tab of a browser of its own, whose profile lies in a folder."""
    assert CHROMIUM is not None
    profile = folder / "chromium"
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *_FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        env={**os.environ, "HOME": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        port = await _port(profile / "DevToolsActivePort", process)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(PATIENCE)) as session:
            tabs: list[dict[str, Any]] = []
            while not tabs:
                async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                    tabs = [tab for tab in await answer.json() if tab["type"] == "page"]
            async with session.ws_connect(tabs[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield Page(socket)
    finally:
        # All of its processes are in the session that began with it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _port(file: Path, process: asyncio.subprocess.Process) -> int:
    end = asyncio.get_running_loop().time() + PATIENCE
    while True:
        with suppress(OSError, ValueError, IndexError):
            return int(file.read_text().splitlines()[0])
        assert process.returncode is None, "chromium does not start"
        assert asyncio.get_running_loop().time() < end, "chromium says no port"
        await asyncio.sleep(0.05)
