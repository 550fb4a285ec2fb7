"""The board in a browser: who is let in, how much they may ask for, and that nobody stays behind."""

from __future__ import annotations

import asyncio
import re
import signal
import socket as sockets
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from store.sidecars.seats import has_drafts
from store.workspace.workspace import Workspace
from tests.tui.app_helpers import item, stored, titles
from tests.tui.processes import PATIENCE
from tests.tui.seats.test_live import room_of_ten
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tests.tui.web.browser import needs_chromium, page
from tests.tui.web.serving import Served, Viewer, aiohttp, serving, viewer
from tui.cli import main
from tui.cli.arguments import parser
from tui.web.defences import Gate, allowed, terminal_size

MOST = 2
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc to count processes in")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all who change nothing."""
    with serving(room_of_ten(tmp_path_factory.mktemp("served")), "--max", str(MOST)) as one:
        yield one


async def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        await asyncio.sleep(0.05)


async def nobody(one: Served) -> None:
    """Wait for the seats of the test before to be empty."""
    await until(lambda: not one.children())
    # A seat is counted until the server has seen that its process is gone.
    await one.rest()


class TestToken:
    @pytest.mark.parametrize(
        "query", ["", "?token=", "?token=x", "?token=%ff", "?Token={}", "?token={}x", "?token={:.42}"]
    )
    async def test_nobody_comes_in_without(self, served: Served, query: str) -> None:
        address = f"{served.base}/{query.format(served.token)}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            assert answer.status == 403
            assert "token is missing or wrong" in await answer.text()
            assert "Set-Cookie" not in answer.headers

    async def test_everything_needs_the_cookie(self, served: Served) -> None:
        async with viewer(served) as ours, aiohttp.ClientSession() as session:
            for path in (
                "/",
                "/ws",
                "/status",
                "/download/x",
                "/static/textual.js",
                "/static/../page.css",
                "/elsewhere",
            ):
                for cookie in ("", "makeroom=x", f"makeroom={served.token[:-1]}", f"other={served.token}"):
                    headers = {"Cookie": cookie, "Origin": served.base}
                    for address in (f"{ours.room}{path}", f"{served.base}{path}x"):
                        async with session.get(address, headers=headers) as answer:
                            assert answer.status == 403, (address, cookie)
            async with ours.session.get(f"{ours.room}/") as answer:
                assert answer.status == 200

    async def test_it_leaves_the_address_for_a_cookie_that_nobody_else_sees(self, served: Served) -> None:
        async with aiohttp.ClientSession() as session, session.get(served.address, allow_redirects=False) as answer:
            assert answer.status == 303
            where, cookie = answer.headers["Location"], answer.headers["Set-Cookie"]
        assert served.token not in where
        assert {"HttpOnly", "SameSite=Strict", f"Path={where.rstrip('/')}"} <= set(cookie.split("; "))
        # The browser shows the cookie on this path alone, and nobody guesses it: 16 bytes, 22 letters.
        assert len(where.strip("/")) >= 22
        assert len(served.token) >= 43, "256 bits"

    def test_each_server_has_its_own(self) -> None:
        assert len({gate.token for gate in (Gate({}), Gate({}))}) == 2
        gate = Gate({})
        assert gate.token not in repr(gate)


class TestOrigin:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "{}.evil.example", "evil.example:{port}", ""]
    )
    async def test_another_name_is_refused(self, served: Served, host: str) -> None:
        named = host.format(served.host, port=served.host.split(":")[1])
        async with viewer(served) as ours:
            for address in (served.address, f"{ours.room}/", f"{ours.room}/static/page.js", f"{ours.room}/ws"):
                async with ours.session.get(address, headers={"Host": named}) as answer:
                    assert answer.status in (400, 403), address

    async def test_this_machine_by_its_other_name(self, served: Served) -> None:
        async with viewer(served) as ours:
            named = f"localhost:{served.host.split(':')[1]}"
            async with ours.session.get(f"{ours.room}/", headers={"Host": named}) as answer:
                assert answer.status == 200
                assert f"ws://{named}" in await answer.text()

    @pytest.mark.parametrize(
        "origin", ["http://evil.example", "null", "", "https://{}", "http://{}.evil.example", "http://localhost:1"]
    )
    async def test_a_page_from_elsewhere_gets_no_socket(self, served: Served, origin: str) -> None:
        await nobody(served)
        async with viewer(served) as ours:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await ours.socket(Origin=origin.format(served.host))
            assert refused.value.status == 403
            # Nor one that does not say where it comes from.
            async with ours.session.get(f"{ours.room}/ws", headers={"Upgrade": "websocket"}) as answer:
                assert answer.status == 403
        assert served.children() == []

    def test_a_proxy_has_its_own_origin(self) -> None:
        gate = Gate(allowed(8750, ["Room.example.org"]))
        assert gate.from_our_page(["room.example.org"], ["https://room.example.org"], must=True)
        assert not gate.from_our_page(["room.example.org"], ["http://room.example.org"], must=True)
        assert not gate.from_our_page(["room.example.org"], ["http://127.0.0.1:8750"], must=True)
        assert not gate.from_our_page(["room.example.org"] * 2, ["https://room.example.org"], must=True)

    async def test_behind_a_proxy(self, tmp_path: Path) -> None:
        with serving(room_of_ten(tmp_path), "--host-name", "room.example.org") as one:
            async with aiohttp.ClientSession() as session:
                headers = {"Host": "room.example.org"}
                async with session.get(one.address, headers=headers, allow_redirects=False) as answer:
                    assert answer.status == 303
                    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
                    assert "wss://room.example.org" in answer.headers["Content-Security-Policy"]
            async with viewer(one) as ours, ours.socket(Host="room.example.org", Origin="https://room.example.org"):
                pass


class Attributes(HTMLParser):
    """What a page refers to, and the scripts and styles that stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.refers: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.refers += [value or "" for name, value in attrs if name in ("src", "href", "action", "poster")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]


class TestPage:
    async def test_nothing_comes_from_elsewhere(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours:
            async with ours.session.get(f"{ours.room}/") as answer:
                text = await answer.text()
            found = Attributes()
            found.feed(text)
            assert found.inline == []
            assert "status" in found.refers
            own = [one for one in found.refers if one not in ("data:,", "status")]
            assert len(own) == 4
            texts = [text.replace(f"ws://{served.host}", "")]
            while own:
                assert re.fullmatch(r"static/[a-z.]+", own[0])
                async with ours.session.get(f"{ours.room}/{own.pop(0)}") as answer:
                    assert answer.status == 200
                    if answer.content_type == "font/ttf":
                        continue
                    part = await answer.text()
                # Licences in comments name their homes.
                texts.append(re.sub(r"/\*.*?\*/", "", part, flags=re.S))
                if answer.content_type == "text/css":
                    assert "@import" not in part
                    own += [f"static/{name}" for name in re.findall(r"url\(\"?([^\")]*)", texts[-1])]
            for one in texts:
                assert not re.findall(r"(?:https?|wss?):\\?/\\?/\w.{30}", one)
                assert not re.findall(r"[\"'`(=]\s*//\w[\w-]*\.\w+", one)

    async def test_the_status_is_there_for_a_phone(self, tmp_path: Path) -> None:
        """It needs no script and no seat, and is there while all are taken; a phone that looks on is sent there."""
        path = room_of_ten(tmp_path)
        before = path.read_bytes()
        with serving(path, "--read-only", "--max", "1") as one:
            async with viewer(one) as ours, ours.session.get(f"{ours.room}/") as answer:
                assert 'data-looks="status"' in await answer.text()
            async with viewer(one) as ours, ours.socket():
                async with ours.session.get(f"{ours.room}/status") as answer:
                    assert (answer.status, answer.content_type) == (200, "text/html")
                    text = await answer.text()
                async with ours.session.post(f"{ours.room}/status") as answer:
                    assert answer.status == 405
        assert path.read_bytes() == before
        for title in titles(stored(path), "plan"):
            assert title in text
        assert "<script" not in text
        found = Attributes()
        found.feed(text)
        assert [one for one in found.refers if not one.startswith("url(#")] == ["", "./#board"]

    async def test_every_answer_carries_the_headers(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours:
            answers = []
            for address in (
                served.base,
                served.address,
                f"{ours.room}/",
                f"{ours.room}/static/none",
                f"{ours.room}/download/x",
            ):
                async with ours.session.get(address, allow_redirects=False) as answer:
                    answers.append((answer.status, answer.headers))
            async with ours.session.post(f"{ours.room}/") as answer:
                answers.append((answer.status, answer.headers))
            async with ours.socket() as socket:
                answers.append((101, socket._response.headers))
        assert [status for status, _ in answers] == [403, 303, 200, 404, 404, 405, 101]
        for _, headers in answers:
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Cache-Control"] == "no-store"
            assert "Access-Control-Allow-Origin" not in headers
            policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
            assert policy["default-src"] == "'none'"
            assert policy["script-src"] == "'self'"
            assert policy["frame-ancestors"] == "'none'"
            for sources in policy.values():
                assert set(sources.split()) <= {"'none'", "'self'", "'unsafe-inline'", "data:", f"ws://{served.host}"}


class TestBounds:
    async def test_twenty_sockets(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours:
            tried = await asyncio.gather(*(ours.socket() for _ in range(20)), return_exceptions=True)
            seated = [one for one in tried if isinstance(one, aiohttp.ClientWebSocketResponse)]
            refused = [one.status for one in tried if isinstance(one, aiohttp.WSServerHandshakeError)]
            assert (len(seated), refused) == (MOST, [503] * (20 - MOST))
            assert len(served.children()) <= MOST
            async with ours.session.get(f"{ours.room}/") as answer:
                assert answer.status == 503
                assert f"All {MOST} seats are taken" in await answer.text()
            # Who leaves makes room.
            for one in seated:
                await one.close()
            await nobody(served)
            async with ours.seat() as seat:
                await seat.until("THE PLAN")

    async def test_a_screen_of_2000_by_2000(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours, ours.seat("width=2000&height=2000") as seat:
            await until(lambda: seat.lowest_and_widest()[0] >= 200)
            await seat.say("resize", {"width": 2000, "height": 2000})
            await seat.type("?")
            await seat.until("esc")
            lowest, widest = seat.lowest_and_widest()
            assert lowest == 200
            assert 200 < widest <= 400

    async def test_what_no_keyboard_types_does_no_harm(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours, ours.seat("width=120&height=40") as seat:
            await seat.until("THE PLAN", "Work 9")
            # Nothing, half a letter, and sizes among the keys.
            await seat.type("", "\x1b[48;2000;2000;0;0t", "\x1b[48;150;300;0;0t")
            await seat.socket.send_str('["stdin", "\\ud800"]')
            await seat.type("?")
            await seat.until("esc")
            assert seat.lowest_and_widest()[0] == 40

    @pytest.mark.parametrize(
        ("asked", "given"),
        [
            (("2000", "2000"), (400, 200)),
            ((0, -5), (20, 10)),
            (("-1", "x"), (80, 24)),
            ((None, True), (80, 24)),
            ((1e9, float("nan")), (80, 24)),
            (("9" * 5000, 10**400), (400, 200)),
            (("120", 40), (120, 40)),
            (("²", "٣"), (80, 24)),
        ],
        ids=["large", "small", "words", "nothing", "floats", "digits", "usual", "other digits"],
    )
    def test_sizes(self, asked: tuple[object, object], given: tuple[int, int]) -> None:
        assert terminal_size(*asked) == given

    async def test_a_giant_message(self, served: Served) -> None:
        await nobody(served)
        async with viewer(served) as ours:
            async with ours.seat() as seat:
                await seat.say("stdin", "x" * 300_000)
                assert await seat.closed() == 1009
            await nobody(served)
            async with ours.session.get(f"{ours.room}/") as answer:
                assert answer.status == 200

    @pytest.mark.parametrize("said", ["[" * 20_000, '["stdin", 5]'], ids=["deep", "no text"])
    async def test_what_our_page_never_says(self, served: Served, said: str) -> None:
        await nobody(served)
        async with viewer(served) as ours, ours.seat() as seat:
            await seat.socket.send_str(said)
            assert await seat.closed() == 1008


async def ask_for(ours: Viewer, title: str) -> str:
    """Type a request in a seat, and leave it; what was on the screen."""
    async with ours.seat() as seat:
        await seat.until("THE PLAN")
        await seat.type("a", title, "\r")
        shown = seat.text
        await seat.type("\x1b")
    return shown


class TestSeats:
    async def test_who_only_looks_on_changes_nothing(self, tmp_path: Path) -> None:
        path = room_of_ten(tmp_path)
        before = stored(path)
        with serving(path, "--read-only") as one:
            assert one.process.stdout is not None
            assert "cannot change anything" in one.process.stdout.readline()
            async with viewer(one) as ours:
                shown = await ask_for(ours, "Bulk export")
            assert "follows" in shown or "read only" in shown
        assert stored(path).tables == before.tables
        # The same keys do something where one may.
        with serving(path) as one:
            async with viewer(one) as ours:
                await ask_for(ours, "Bulk export")
                await until(lambda: "Bulk export" in titles(stored(path), "inbox"))
        with Workspace.open(path, read_only=True) as workspace:
            assert "Ana (browser)" in {event.actor for event in workspace.events(0)}

    @needs_proc
    async def test_a_server_that_is_killed_leaves_nobody_and_loses_nothing(self, tmp_path: Path) -> None:
        path = room_of_ten(tmp_path)
        with serving(path) as one:
            async with viewer(one) as ours, ours.seat() as seat:
                await seat.until("THE PLAN", "Work 9")
                await seat.type("a", "Bulk ex")
                await seat.until("Bulk ex")
                children = one.children()
                assert len(children) == 1
                assert one.end(signal.SIGKILL) == -signal.SIGKILL
                await until(lambda: not Path(f"/proc/{children[0]}").exists() or _is_dead(children[0]))
        assert has_drafts(path)

    @needs_proc
    async def test_the_end_of_the_server_is_the_end_of_all(self, tmp_path: Path) -> None:
        with serving(room_of_ten(tmp_path)) as one:
            async with viewer(one) as ours, ours.seat() as seat:
                await seat.until("THE PLAN")
                (child,) = one.children()
                assert await asyncio.to_thread(one.end, signal.SIGINT) == 0
                assert not Path(f"/proc/{child}").exists() or _is_dead(child)

    async def test_what_a_seat_cannot_open_is_said(self, tmp_path: Path) -> None:
        path = room_of_ten(tmp_path)
        with serving(path) as one:
            path.rename(tmp_path / "elsewhere.db")
            path.write_text("no database any more")
            async with viewer(one) as ours, ours.seat() as seat:
                await seat.until("makeroom: ")
                assert await seat.closed() == 1000


def _is_dead(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


class TestCommand:
    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        import tui.cli.files.serve

        monkeypatch.setattr(tui.cli.files.serve, "find_spec", lambda name: None)
        assert main(["serve"]) == 3
        assert "pip install '.[web]'" in capsys.readouterr().err

    def test_a_port_that_is_taken(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with sockets.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            assert main(["serve", "--db", str(room_of_ten(tmp_path)), "--port", str(port)]) == 3
            said = capsys.readouterr().err
            assert f"port {port}" in said
            assert "--port 0" in said
            # The workspace was made before anybody sits down: by who serves.
            fresh = tmp_path / "fresh.db"
            assert main(["serve", "--db", str(fresh), "--port", str(port), "--as", "Ana"]) == 3
        with Workspace.open(fresh, read_only=True) as workspace:
            assert [event.actor for event in workspace.events()] == ["Ana"]

    @pytest.mark.parametrize(
        "wrong", [["--port", "-1"], ["--port", "65536"], ["--max", "0"], ["--host-name", "a b"], ["--port", "x"]]
    )
    def test_wrong_usage(self, wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["serve", *wrong]) == 2
        assert wrong[0] in capsys.readouterr().err

    def test_nothing_to_look_at(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["serve", "--read-only", "--db", str(tmp_path / "none.db")]) == 3
        assert "There is no workspace" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []

    def test_as_many_seats_as_documented(self) -> None:
        assert parser().parse_args(["serve"]).max == 8


@needs_chromium
async def test_a_phone_that_looks_on_is_sent_to_the_status(tmp_path: Path) -> None:
    """Its page is as wide as a phone makes pages of large screens; its screen is not."""
    path = room_of_ten(tmp_path)
    with serving(path, "--read-only") as one:
        async with asyncio.timeout(3 * PATIENCE), page(tmp_path) as tab:
            wide = "Object.defineProperty(window, 'innerWidth', {value: 980}); matchMedia = () => ({matches: false});"
            narrow = "Object.defineProperty(window.screen, 'width', {value: 390});"
            await tab.do("Page.addScriptToEvaluateOnNewDocument", source=wide + narrow)
            await tab.open(one.address)
            await tab.until("location.pathname.endsWith('/status')")
            await tab.until("document.body !== null && document.body.innerText.includes('In plan')")


@needs_chromium
@needs_a_pty
async def test_a_trade_in_a_browser_is_seen_in_a_terminal(tmp_path: Path) -> None:
    path = room_of_ten(tmp_path, net=25.7)
    with (
        serving(path) as one,
        Terminal(
            ["follow", "Ana (browser)", "--db", str(path), "--as", "Wall"], 120, 40, environment(tmp_path)
        ) as wall,
    ):
        wall.until("THE PLAN")
        async with asyncio.timeout(5 * PATIENCE), page(tmp_path) as tab:

            async def seen(*words: str) -> None:
                await asyncio.to_thread(wall.until, *words)

            await tab.open(one.address)
            await seen("follows Ana (browser)", "2 seats")
            await tab.press("i")
            await seen("say yes")
            await tab.press("Enter")
            await seen("Audit log", "give up")
            # The best swap is on the table as soon as it is found.
            await seen("2 out", "FITS")
            await tab.press("1")
            end = time.monotonic() + PATIENCE
            while item(stored(path), "Audit log").state != "plan" and time.monotonic() < end:
                # Confirm, whose name stands there already, and why is left open. One too many opens an item.
                await tab.press("Enter")
                await asyncio.sleep(0.5)
            assert {"Work 9", "Work 8"}.isdisjoint(titles(stored(path), "plan"))
            await seen("Ana (browser):", "Audit log")
            asked = [address for address in tab.requested if not address.startswith("data:")]
            assert len(asked) >= 7
            assert {address.split("/")[2] for address in asked} == {one.host}
            assert tab.complaints == []
            where = await tab.ask("location.href + document.cookie + document.referrer")
            assert one.token not in where
