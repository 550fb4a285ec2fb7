"""A play that is led, in processes of their own: who leads is killed, a browser's seat takes a role.

Ten seconds of processor time: with MAKEROOM_LONG=1 alone.
"""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from scenarios.practice.parts import leader
from tests.tui.app_helpers import stored
from tests.tui.practice.rooms import led, sentences, shared
from tests.tui.terminal import Terminal, environment, needs_a_pty
from tests.tui.web.serving import serving, viewer
from tui.practice.case_list import case_named

pytestmark = [
    needs_a_pty,
    pytest.mark.skipif(
        not os.environ.get("MAKEROOM_LONG"), reason="ten seconds; test_room has the same in one process"
    ),
]


async def test_a_browser_has_a_role_and_takes_the_lead_when_the_terminal_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path, (case, _) = led(tmp_path), case_named("ferry")
    with Terminal(["--db", str(path), "--as", "Ana"], 80, 24, environment(path.parent)) as ana:
        await asyncio.to_thread(ana.until, "SCRIPT")
        with serving(path, "--max", "1") as served:
            async with viewer(served) as browser, browser.seat("width=80&height=24") as seen:
                await seen.until("leads this play")
                await seen.type("R", "r", "r", "2")
                await seen.until("You are Tobias, Sales lead")
                assert sentences(case, "sales")[0][:30].encode() in bytes(seen.written)
                await seen.type("\r")
                # What Ana shows and sends comes to the browser; what is for whoever leads stays at her terminal.
                await asyncio.to_thread(ana.press, "d")
                await seen.until("A question for the room", "What exactly are we deciding now")
                await asyncio.to_thread(ana.press, "D")
                await seen.until("THE PLAN" if "THE PLAN" in seen.text else "item", gone="A question for the room")
                await asyncio.to_thread(ana.press, "enter")
                await seen.until("Tobias asks, to Maija", "You play Tobias")
                await seen.type("\r")
                drawn = bytes(seen.written)
                assert b"SCRIPT" not in drawn
                assert case.events[2].says[:30].encode() not in drawn
                # Her terminal goes: it is said, and the browser takes the lead.
                ana.send(signal.SIGKILL)
                await seen.until("Ana leads this play, and is not here")
                await seen.type("R", "r", "l", "t")
                await seen.until("SCRIPT", "the clock stands")
                assert leader(stored(path)) == "Ana (browser)"
        for file, content in shared(path):
            assert not [
                text for role in case.roles for text in sentences(case, role.key) if text[:30].encode() in content
            ], file
