"""A seat in a browser reaches no path of the server: files are sent up to it, and handed out by it, and no more."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from store.common.errors import StoreError
from tests.store.imports.malformed import CASES, case
from tests.tui.app_helpers import NARROW, NORMAL, demo, opened, stored
from tests.tui.processes import PATIENCE
from tests.tui.seats.test_live import room_of_ten
from tests.tui.web.serving import Seen, Viewer, aiohttp, serving, viewer
from tui.flows import files
from tui.web.defences import LONGEST_FILE, MOST_FILES

#: What is tried of what no import can take; all of it with MAKEROOM_LONG=1 (some 40 s).
BOMBS = {
    "a million columns below",
    "GitHub: deep objects",
    "workbook: a bomb that calls itself small",
    "workbook: one tag that says forty thousand times what it is",
    "workbook: a cell at the end of the world",
}
CSV = "Title,Estimate\nFrom the browser,3\n"


def hostile(secret: Path) -> list[str]:
    """Two hundred ways to mean a file that is the server's."""
    ways = [
        str(secret),
        f"~/{secret.name}",
        "~",
        "~root/.profile",
        "/etc/passwd",
        "/proc/self/environ",
        "/dev/zero",
        ".",
    ]
    ways += [
        "..",
        "",
        " ",
        "\0",
        f"{secret}\0.csv",
        f"file://{secret}",
        secret.name,
        f"./{secret.name}",
        "C:\\x",
        "NUL",
    ]
    ways += [f"sent.csv/../{up}{secret.name}" for up in ("", "../", "../../")]
    for depth in range(1, 30):
        ways += ["../" * depth + secret.name, "..\\" * depth + secret.name, "../" * depth + "etc/passwd"]
        ways += [f"{'..%2f' * depth}{secret.name}", f"sent.csv{'/..' * depth}{secret}", "/" * depth + str(secret)]
    ways += [f"{secret}{end}" for end in ("/", "/.", " ", "\n", "#", "?x")]
    return [*dict.fromkeys(ways)][:200]


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a seat, in which one file lies; the process stands where a secret does."""
    folder = tmp_path / "seat"
    folder.mkdir()
    (folder / "sent.csv").write_text(CSV)
    (tmp_path / "secret.csv").write_text("Title\nSecret\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(files.VARIABLE, str(folder))
    return folder


def test_two_hundred_names_lead_to_nothing_but_what_was_sent_up(seat: Path, tmp_path: Path) -> None:
    ways = hostile(tmp_path / "secret.csv")
    assert len(ways) == 200
    (seat / "link.csv").symlink_to(tmp_path / "secret.csv")
    for way in ways:
        with pytest.raises(StoreError, match="only what was sent up is read"):
            files.to_read(way)
        # What a draft names stays in the folder, too, and is at most a file that is not there.
        assert files.kept_path(way).parent == seat
        assert not files.kept_path(way).exists()
    assert files.to_read("sent.csv") == seat / "sent.csv"


def test_what_is_handed_out_is_written_nowhere(seat: Path, tmp_path: Path) -> None:
    handed: list[tuple[str, bytes]] = []

    def deliver(file: Any, save_filename: str, mime_type: str) -> None:
        handed.append((save_filename, file.read()))

    board: Any = SimpleNamespace(app=SimpleNamespace(deliver_binary=deliver))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for way in hostile(tmp_path / "secret.csv"):
        asyncio.run(files.write_out(board, way, "echo mine"))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert len(handed) == 200
    assert all(files.is_name(name) for name, _ in handed)
    assert {content for _, content in handed} == {b"echo mine"}


async def test_the_forms_of_a_seat(seat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Import, export and the import of people, as somebody in a browser meets them."""
    handed: list[str] = []
    (tmp_path / "db").mkdir()
    async with opened(demo(tmp_path / "db"), NARROW) as room:
        monkeypatch.setattr(room.app, "deliver_binary", lambda file, save_filename, **_: handed.append(save_filename))
        there = sorted(path.name for path in tmp_path.iterdir())
        await room.press("I")
        assert "sent.csv" in room.text
        await room.replace(str(tmp_path / "secret.csv"), "enter")
        assert "only what was sent up is read" in " ".join(room.text.split())
        await room.press("escape")
        await room.press("X", "p", "m")
        await room.replace("~/.profile", "enter")
        await room.until(lambda: "Handed to the browser" in room.toasts)
        assert handed == ["makeroom"]
        await room.press("X", "p", "c")
        await room.replace("/etc/plan.csv", "enter")
        await room.until(lambda: "plan.csv" in room.toasts)
        assert handed == ["makeroom", "plan.csv"]
        # Snapshots and reports, too.
        await room.press("s", "I")
        await room.replace(str(tmp_path / "secret.csv"), "enter")
        await room.until(lambda: "only what was sent up is read" in room.toasts)
        await room.press("s")
        await room.replace("../../.profile", "ctrl+s")
        await room.press("end", "e")
        assert len(handed) == 3
        assert files.is_name(handed[-1])
        assert sorted(path.name for path in tmp_path.iterdir()) == there


async def test_what_no_import_can_take_is_answered_in_a_sentence(seat: Path, tmp_path: Path) -> None:
    """Bombs and broken files, sent up to a seat: the board says what is wrong and goes on, nothing is written."""
    chosen = [each for each in CASES if os.environ.get("MAKEROOM_LONG") or each in BOMBS]
    (tmp_path / "db").mkdir()
    path = demo(tmp_path / "db")
    async with opened(path, NORMAL) as room:
        assert set(CASES) >= BOMBS
        before = stored(path)
        for number, each in enumerate(chosen):
            name, (data, words) = f"{number}.bin", case(each)
            (seat / name).write_bytes(data)
            await room.press("I")
            await room.replace(name, "enter")
            # The board asks for what the command line says is missing.
            said = "".join(words.replace("--points-per-week", "NEEDED").split())
            await room.until(lambda said=said: said in "".join(room.text.split()), words)  # type: ignore[misc]
            assert (seat / name).read_bytes() == data
            (seat / name).unlink()
            await room.press(*("escape",) * 3)
        assert stored(path) == before
        assert room.app.is_running


async def sent(ours: Viewer, seat: str, name: str, data: Any, **headers: str) -> tuple[int, str]:
    """A file is sent up; the code and the sentence of the answer."""
    given = {"Origin": ours.served.base, **headers}
    async with ours.session.post(f"{ours.room}/{seat}/files/{name}", data=data, headers=given) as answer:
        return answer.status, await answer.text()


async def seated(ours: Viewer) -> tuple[Seen, str]:
    """Sit down as the page does, which knows its seat."""
    async with ours.session.get(f"{ours.room}/") as answer:
        page = await answer.text()
    name = page.partition('data-to="')[2].partition("/files/")[0]
    headers = {"Origin": ours.served.base}
    socket = await ours.session.ws_connect(
        f"{ours.room}/{name}/ws?width=120&height=40", headers=headers, max_msg_size=0
    )
    return Seen(socket, ours.served), name


async def test_a_file_is_sent_up_and_taken_in_and_goes_with_the_seat(tmp_path: Path) -> None:
    with serving(room_of_ten(tmp_path)) as one:
        async with viewer(one) as ours:
            seen, name = await seated(ours)
            await seen.until("Work 1")
            assert await sent(ours, name, "mine.csv", CSV) == (
                200,
                "mine.csv is here: give this name to the board's import.\n",
            )
            # Nobody else, no other name, not too much, and to no seat that is not there.
            address = f"{ours.room}/{name}/files/x.csv"
            async with aiohttp.ClientSession() as stranger, stranger.post(address, data=CSV) as answer:
                assert answer.status == 403
            assert (await sent(ours, name, "x.csv", CSV, Origin="http://evil.example"))[0] == 403
            assert (await sent(ours, "A" * 22, "x.csv", CSV))[0] == 404
            for bad in ("..%2F..%2Fx.csv", ".profile", "%2Fetc%2Fx", "a%00b", "x" * 121, "..%5Cx", "%0A"):
                assert (await sent(ours, name, bad, CSV))[0] in (400, 404), bad
            status, said = await sent(ours, name, "big.csv", bytes(LONGEST_FILE + 1))
            assert (status, "at most 50 MB" in said) == (413, True)
            for number in range(MOST_FILES - 1):
                assert (await sent(ours, name, f"{number}.csv", CSV))[0] == 200
            assert (await sent(ours, name, "more.csv", CSV))[0] == 403
            (folder,) = [each for each in temporary() if (each / "mine.csv").exists()]
            assert folder.stat().st_mode & 0o777 == 0o700
            assert len(list(folder.iterdir())) == MOST_FILES
            await seen.type("I")
            await seen.until("sent up: 18.csv")
            seen.reader.cancel()
            await seen.socket.close()
            end = asyncio.get_running_loop().time() + PATIENCE
            while folder.exists():
                assert asyncio.get_running_loop().time() < end, "what was sent up is left"
                await asyncio.sleep(0.05)


def temporary() -> list[Path]:
    from tempfile import gettempdir

    return [Path(each.path) for each in os.scandir(gettempdir()) if each.name.startswith("makeroom-seat-")]
