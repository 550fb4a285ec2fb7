"""The server behind ``makeroom serve``: a page, a socket for each seat, and nothing for whoever has no token."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory
from urllib.parse import quote

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.download_manager import DownloadManager

from store.common.errors import StoreError
from tui.flows.files import is_name
from tui.web.child import SeatProcess
from tui.web.defences import (
    COOKIE,
    LONGEST_FILE,
    LONGEST_MESSAGE,
    MOST_FILES,
    MOST_SEATS,
    TOKEN,
    Gate,
    allowed,
    headers,
    terminal_size,
)

#: The machine itself: whoever wants to come from elsewhere brings what makes that safe (docs/serve.md).
HOST = "127.0.0.1"
#: Seconds after which a browser that does not answer has left its seat.
_HEARTBEAT = 15.0
#: Seconds for all seats to put away what is being typed when the server ends.
_FAREWELL = 8.0
#: What the page is made of: its name in the page, the package and the path that it comes from, what it is.
_STATIC = {
    "textual.js": ("textual_serve", "static/js/textual.js", "text/javascript"),
    "xterm.css": ("textual_serve", "static/css/xterm.css", "text/css"),
    "mono.ttf": ("textual_serve", "static/fonts/RobotoMono-VariableFont_wght.ttf", "font/ttf"),
    "page.css": ("tui.web", "page.css", "text/css"),
    "page.js": ("tui.web", "page.js", "text/javascript"),
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Seats in browsers at one workspace."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        names: Sequence[str] = (),
        most: int = MOST_SEATS,
        status: Callable[[str], str] | None = None,
    ) -> None:
        """``arguments`` are those of makeroom for each seat; ``names`` the hosts of TLS proxies; ``most`` seats;
        ``status`` makes the page of the status, with the address of the board in it."""
        self._arguments = list(arguments)
        self._status = status
        self._names = list(names)
        self._most = most
        self._taken = 0
        self._seats: dict[SeatProcess, web.WebSocketResponse] = {}
        self._downloads = DownloadManager()
        #: by seat, where what is sent up to it lies
        self._folders: dict[str, Path] = {}
        self._gate = Gate({})
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> str:
        """Listen, at any free port for 0; the address with its token. Raises OSError where the port is taken."""
        app = web.Application(middlewares=[self._guard])
        app.on_response_prepare.append(self._add_headers)
        app.on_shutdown.append(self._end_seats)
        room = self._gate.room
        app.add_routes(
            [
                web.get("/", self._enter),
                web.get(f"{room}/", self._page),
                web.get(f"{room}/status", self._show_status),
                web.get(f"{room}/ws", self._seat),
                web.get(f"{room}/{{seat}}/ws", self._seat),
                web.post(f"{room}/{{seat}}/files/{{name}}", self._take),
                web.get(f"{room}/download/{{key}}", self._download),
                web.get(f"{room}/static/{{name}}", self._static),
            ]
        )
        # No log of requests: the first of each browser holds the token.
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_FAREWELL)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        port = self._runner.addresses[0][1]
        self._gate = Gate(allowed(port, self._names), self._gate.token, room)
        return f"http://{HOST}:{port}/?{TOKEN}={self._gate.token}"

    async def stop(self) -> None:
        """Hang up on every seat, and see that its process is gone."""
        if self._runner is not None:
            await self._runner.cleanup()

    # -------------------------------------------------- who may come in

    @web.middleware
    async def _guard(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        hosts, origins = request.headers.getall("Host", []), request.headers.getall("Origin", [])
        if self._gate.origin_of(hosts) is None:
            raise _refused("This server answers to its own name alone. Open the address that makeroom serve printed.")
        if not self._gate.from_our_page(hosts, origins, must=request.path.endswith("/ws") or "/files/" in request.path):
            raise _refused("This request comes from another page than this server's own.")
        if request.path != "/" and not self._gate.knows(request.cookies.get(COOKIE)):
            raise _no_token()
        return await handler(request)

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers(self._gate.origin_of(request.headers.getall("Host", []))))
        response.headers.popall("Server", None)

    async def _enter(self, request: web.Request) -> web.StreamResponse:
        """Take the token out of the address, into a cookie that no script and no other site can use."""
        if not self._gate.knows(request.query.get(TOKEN)):
            raise _no_token()
        response = web.HTTPSeeOther(f"{self._gate.room}/")
        secure = self._gate.secure(request.headers.getall("Host", []))
        response.set_cookie(
            COOKIE, self._gate.token, path=self._gate.room, httponly=True, samesite="Strict", secure=secure
        )
        raise response

    # -------------------------------------------------- what they get

    async def _page(self, request: web.Request) -> web.StreamResponse:
        if self._full:
            raise self._no_seat()
        origin = self._gate.origin_of(request.headers.getall("Host", [])) or ""
        seat = secrets.token_urlsafe(16)
        socket = f"ws{origin.removeprefix('http')}{self._gate.room}/{seat}/ws"
        # Who only looks on has nothing to send.
        looks_on = any(word.startswith("--follow") for word in self._arguments)
        files = "" if looks_on else f"{seat}/files/"
        template = Template(_read("tui.web", "page.html").decode())
        page = template.substitute(socket=socket, files=files, looks="status" if looks_on and self._status else "")
        return web.Response(text=page, content_type="text/html")

    async def _show_status(self, request: web.Request) -> web.StreamResponse:
        """How the quarter stands, for a phone: it takes no seat, has no script, and writes nothing."""
        if self._status is None:
            raise web.HTTPNotFound
        try:
            page = await asyncio.to_thread(self._status, "./#board")
        except StoreError as error:
            raise web.HTTPServiceUnavailable(text=f"{error}\n") from error
        return web.Response(text=page, content_type="text/html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        if (found := _STATIC.get(request.match_info["name"])) is None:
            raise web.HTTPNotFound
        package, path, kind = found
        return web.Response(body=_read(package, path), content_type=kind)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that a board hands out: only ever saved, never shown as a page of ours."""
        key = request.match_info["key"]
        try:
            download = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text="There is no such file any more: hand it out again.\n") from None
        response = web.StreamResponse()
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(download.file_name, safe='')}"
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        return response

    @property
    def _full(self) -> bool:
        return self._taken >= self._most

    def _no_seat(self) -> web.HTTPServiceUnavailable:
        return web.HTTPServiceUnavailable(
            text=f"All {self._most} seats are taken. Close one, or start makeroom serve with a larger --max.\n"
        )

    async def _seat(self, request: web.Request) -> web.StreamResponse:
        """A socket, and a process of its own for as long as it is open."""
        if self._full:
            raise self._no_seat()
        self._taken += 1
        try:
            return await self._sit_down(request)
        finally:
            self._taken -= 1

    async def _take(self, request: web.Request) -> web.StreamResponse:
        """A file that is sent up to a seat: into the seat's own folder, which goes with it."""
        folder, name = self._folders.get(request.match_info["seat"]), request.match_info["name"]
        if folder is None:
            raise web.HTTPNotFound(text="There is no such seat: sit down first.\n")
        if not is_name(name):
            raise web.HTTPBadRequest(text="A file needs a plain name, of at most 120 letters.\n")
        if len(list(folder.iterdir())) >= MOST_FILES:
            raise web.HTTPForbidden(text=f"This seat has {MOST_FILES} files already: sit down again.\n")
        half, size = folder / f".{secrets.token_hex(4)}", 0
        try:
            with half.open("xb") as file:
                async for piece in request.content.iter_chunked(65_536):
                    if (size := size + len(piece)) > LONGEST_FILE:
                        most = f"at most {LONGEST_FILE // 1_000_000} MB"
                        raise web.HTTPRequestEntityTooLarge(LONGEST_FILE, size, text=f"{name} is too large: {most}.\n")
                    file.write(piece)
            os.replace(half, folder / name)
        except OSError as error:
            raise web.HTTPInsufficientStorage(text=f"{name} was not kept: {error.strerror or error}.\n") from error
        finally:
            half.unlink(missing_ok=True)
        return web.Response(text=f"{name} is here: give this name to the board's import.\n")

    @contextmanager
    def _folder(self, request: web.Request) -> Iterator[Path]:
        """The folder of a seat, for as long as somebody sits there; for the eyes of whoever serves alone."""
        seat = request.match_info.get("seat", "")
        with TemporaryDirectory(prefix="makeroom-seat-", ignore_cleanup_errors=True) as folder:
            own = bool(seat) and seat not in self._folders
            if own:
                self._folders[seat] = Path(folder)
            try:
                yield Path(folder)
            finally:
                if own:
                    del self._folders[seat]

    async def _sit_down(self, request: web.Request) -> web.WebSocketResponse:
        with self._folder(request) as folder:
            return await self._sit(request, folder)

    async def _sit(self, request: web.Request, folder: Path) -> web.WebSocketResponse:
        # Not compressed: a short message must not grow into a long one.
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=LONGEST_MESSAGE, compress=False)
        await socket.prepare(request)
        seat = SeatProcess(
            self._arguments,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=socket.close,
            downloads=self._downloads,
            download_path=f"{self._gate.room}/download",
            folder=folder,
        )
        self._seats[seat] = socket
        try:
            await seat.start(*terminal_size(request.query.get("width"), request.query.get("height")))
            await _listen(socket, seat)
        finally:
            del self._seats[seat]
            await seat.stop()
        return socket

    async def _end_seats(self, _: web.Application) -> None:
        going = WSCloseCode.GOING_AWAY
        await asyncio.gather(*(socket.close(code=going) for socket in self._seats.values()), return_exceptions=True)


async def _listen(socket: web.WebSocketResponse, seat: SeatProcess) -> None:
    """Pass on what a browser says until it is gone, or speaks something else than our page does."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            said = json.loads(message.data)
        except (ValueError, RecursionError):
            said = None
        match said:
            case ["stdin", str(typed)]:
                # Half a letter, which no keyboard types, is none; and nothing, to the board, is the end of its line.
                if keys := typed.encode("utf-8", "ignore"):
                    await seat.send_bytes(keys)
            case ["resize", {"width": width, "height": height}]:
                await seat.set_terminal_size(*terminal_size(width, height))
            case ["ping", str(when)]:
                await socket.send_json(["pong", when])
            case ["blur"]:
                await seat.blur()
            case ["focus"]:
                await seat.focus()
            case _:
                await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"not understood")


def _refused(sentence: str) -> web.HTTPForbidden:
    return web.HTTPForbidden(text=f"{sentence}\n")


def _no_token() -> web.HTTPForbidden:
    return _refused(
        "The token is missing or wrong. Paste the whole address that makeroom serve printed into the address bar."
    )


@cache
def _read(package: str, path: str) -> bytes:
    return files(package).joinpath(path).read_bytes()


def run(server: Server, port: int, tell: Callable[[str], None]) -> None:
    """Serve until Ctrl+C or a signal to end; ``tell`` is given the address. Raises OSError where the port is taken."""
    asyncio.run(_serve(server, port, tell))


async def _serve(server: Server, port: int, tell: Callable[[str], None]) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        # Not every system has them all; without, Ctrl+C is an exception as always.
        with suppress(AttributeError, NotImplementedError):
            loop.add_signal_handler(getattr(signal, name), ended.set)
    address = await server.start(port)
    try:
        tell(address)
        await ended.wait()
    finally:
        await server.stop()
