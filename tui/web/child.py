"""One seat's process: how it is begun, listened to, and ended. The protocol is textual-serve's."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from store.common.text import clean
from tui.flows.files import VARIABLE

#: Seconds that a board has to put away what is being typed; it hurries after three (`tui.app.shutdown`).
_FAREWELL = 6.0
#: Bytes kept of what a process complains of.
_COMPLAINT = 4_096
# The child finds its modules where this process does, and nothing in whatever folder it is started from.
_PROGRAM = "import sys; sys.path[:] = sys.argv.pop(1).split('\\n'); from tui.cli import main; sys.exit(main())"


class SeatProcess(AppService):
    """makeroom with some arguments, drawn for a browser.

    It ends when its input does: when it is stopped, and when this process is gone, however it went.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[object]],
        downloads: DownloadManager,
        download_path: str,
        folder: Path,
    ) -> None:
        """``download_path`` is where a browser finds the files that the board hands out, by their key; ``folder`` is
        where what it sends up lies."""
        super().__init__(
            "makeroom",
            write_bytes=write_bytes,
            write_str=write_str,
            close=self._close,
            download_manager=downloads,
        )
        self._arguments = list(arguments)
        self._downloads = downloads
        self._download_path = download_path
        self._folder = folder
        self._close_socket = close
        self._heard = True
        self._complaint = b""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {
            **os.environ,
            "TEXTUAL_DRIVER": "tui.web.driver:SeatDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            VARIABLE: str(self._folder),
            "TERM": "xterm-256color",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _PROGRAM, "\n".join(sys.path), *self._arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            # A Ctrl+C that is meant for the server is not the board's.
            start_new_session=True,
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Pass on what the process draws until it ends, then close the browser's socket."""
        process = self._process
        if process is None or process.stdout is None or process.stderr is None:
            raise RuntimeError("start it first")
        complaints = asyncio.create_task(self._listen(process.stderr))
        with suppress(asyncio.IncompleteReadError):
            await self._pass_on(process.stdout)
        await complaints
        if code := await process.wait():
            await self.on_data(self._last_words(code))
        await self._close()

    async def _pass_on(self, stream: asyncio.StreamReader) -> None:
        """Read packets. Raises IncompleteReadError at the end."""
        while True:
            kind = await stream.readexactly(1)
            if kind == b"_":
                # The line with which each app on this stream begins.
                await stream.readline()
                continue
            payload = await stream.readexactly(int.from_bytes(await stream.readexactly(4), "big"))
            if kind == b"D":
                await self.on_data(payload)
            elif kind == b"M":
                await self.on_meta(payload)
            elif kind == b"P":
                await self.on_packed(payload)

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while said := await stream.read(_COMPLAINT):
            self._complaint = (self._complaint + said)[-_COMPLAINT:]

    def _last_words(self, code: int) -> bytes:
        """What the process complained of, or its exit code, for a terminal."""
        lines = self._complaint.decode("utf-8", "replace").splitlines()
        said = [line for line in map(clean, lines) if line] or [f"makeroom ended with code {code}."]
        return ("\x1b[?1049l\x1b[2J\x1b[H" + "\r\n".join(said) + "\r\n").encode()

    async def on_data(self, payload: bytes) -> None:
        """Draw; once the browser is gone, what comes is thrown away, so that the process is not held up by it."""
        if self._heard:
            await self._tell(self.remote_write_bytes(payload))

    async def on_meta(self, data: bytes) -> None:
        """Something besides drawing. Only files are handed out: nothing here opens an address elsewhere."""
        said = json.loads(data)
        if said.get("type") != "deliver_file_start" or not self._heard:
            return
        key = str(said["key"])
        await self._downloads.create_download(
            app_service=self,
            delivery_key=key,
            file_name=Path(said["path"]).name,
            open_method="download",
            mime_type=said["mime_type"],
            encoding=said["encoding"],
            name=said.get("name"),
        )
        address = {"url": f"{self._download_path}/{key}", "new_tab": True}
        await self._tell(self.remote_write_str(json.dumps(["open_url", address])))

    async def _tell(self, saying: Awaitable[None]) -> None:
        try:
            await saying
        except (ConnectionError, RuntimeError):
            self._heard = False

    async def _close(self) -> None:
        if self._heard:
            self._heard = False
            await self._close_socket()

    async def stop(self) -> None:
        """Hang up, give it the time to put away what is being typed, and see that it is gone."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        self._heard = False
        await self._downloads.cancel_app_downloads(app_service_id=self.app_service_id)
        self.stdin.close()
        try:
            await asyncio.wait_for(asyncio.shield(task), _FAREWELL)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await task
        await process.wait()
