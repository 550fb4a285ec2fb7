"""Whatever bytes come from a terminal, in whatever pieces: no error, and no key that nobody pressed."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable

import pytest
from textual import events

from tui.terminal.keyboard import Keyboard, escape_delay

RUNS = 20_000 if os.environ.get("MAKEROOM_LONG") else 2_000
#: What terminals send by themselves: replies, reports, focus, mouse.
REPLIES = [
    b"\x1b[?62;22c",
    b"\x1b[>41;354;0c",
    b"\x1b[?2026;2$y",
    b"\x1b[?2048;0$y",
    b"\x1b[12;40R",
    b"\x1b[?12;40R",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<35;10;20M",
    b"\x1b[<0;10;20m",
    b"\x1b[<64;1;1M",
    b"\x1b[M abc"[:6],
    b"\x1b[M\xff\xfe\xfd",
    b"\x1b]11;rgb:ffff/ffff/dddd\x1b\\",
    b"\x1b]10;rgb:bbbb/bbbb/bbbb\x07",
    b"\x1bP>|tmux 3.4\x1b\\",
    b"\x1bP1+r544e=78\x1b\\",
    b"\x1b[?u",
    b"\x1b[?0u",
    b"\x1b[?31u",
    b"\x1b[4;768;1024t",
    b"\x1b[48;0;0;0;0t",
    b"\x1b[48;99999999;9;9;9t",
    b"\x1b[8;24;80t",
    b"\x1b]52;c;Y29weQ==\x07",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[99999999999u",
    b"\x1b[1;2:3;4;5u",
    b"\x1b[97:65;1:3u",
    b"\x1b[0n",
    b"\x1b[?997;1n",
    b"\x1b[55296u",
    b"\x1b[<9;9M",
    b"\x1b[" + b"1;" * 200 + b"q",
    b"\x1b[?1;2;3$y",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[5;5;5;5x",
]
PASTES = [
    b"",
    b"quit q B",
    b"a\r\nb\nc\r",
    b"\xe2\x82\xac \xff bytes \x11\x03",
    b"\x1b[B \x1b]x",
    b"*" * 9000,
    b"[200~",
]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def pressed(messages: Iterable[object]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


def pieces(data: bytes, rng: random.Random) -> list[bytes]:
    cuts = sorted(rng.sample(range(1, len(data)), min(rng.randrange(5), len(data) - 1))) if len(data) > 1 else []
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def typed(data: bytes, *, rng: random.Random | None = None, pause: float = 0.0) -> list[object]:
    """What comes of bytes, in one read or in pieces with pauses between them, and of a long silence after them."""
    clock = Clock()
    keyboard, found = Keyboard(clock, delay=0.1), []
    for piece in [data] if rng is None else pieces(data, rng):
        found += keyboard.feed(piece)
        clock.now += pause
        found += keyboard.tick()
    for _ in range(3):
        clock.now += 1.5
        found += keyboard.tick()
    return found


def test_any_bytes_in_any_pieces_never_fail_and_the_next_key_is_heard():
    rng = random.Random(22)
    for _ in range(RUNS):
        clock = Clock()
        keyboard = Keyboard(clock, delay=0.1)
        parts = []
        for _ in range(rng.randrange(1, 6)):
            match rng.randrange(4):
                case 0:
                    parts.append(rng.randbytes(rng.randrange(1, 12)))
                case 1:
                    whole = rng.choice(REPLIES)
                    parts.append(whole[: rng.randrange(1, len(whole) + 1)])
                case 2:
                    parts.append(b"\x1b[200~" + rng.choice(PASTES) + rng.choice([b"\x1b[201~", b""]))
                case _:
                    parts.append(b"\x1b[" + bytes(rng.choices(b"0123456789;:<?>$MmRuctyx~ABH", k=rng.randrange(1, 40))))
        for piece in pieces(b"".join(parts), rng):
            list(keyboard.feed(piece))
            clock.now += rng.choice([0, 0, 0.04, 0.2, 1.2])
            list(keyboard.tick())
        # A person presses escape until the screen answers, then a key: three times is enough whatever came.
        heard: list[str] = []
        for data in (b"\x1b", b"\x1b", b"\x1b", b"z"):
            clock.now += 3
            heard += pressed(keyboard.tick())
            heard += pressed(keyboard.feed(data))
            clock.now += 3
            heard += pressed(keyboard.tick())
        assert heard[-1] == "z", parts


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: repr(reply)[2:24])
def test_what_a_terminal_says_by_itself_presses_no_key(reply):
    found = typed(b"k" + reply + b"j")
    # A report of a key that was pressed is one; 97:65 is "a" with its capital beside it, let go.
    assert (pressed(found)[0], pressed(found)[-1]) == ("k", "j")
    assert not re.search(rb"[^u]$", reply) or pressed(found) == ["k", "j"]
    rng = random.Random(len(reply))
    for pause in (0.0, 0.05):
        for _ in range(8):
            between = pressed(typed(b"k" + reply + b"j", rng=rng, pause=pause))
            assert between == pressed(found)
    assert all(0 < each.size.width <= 2000 for each in found if isinstance(each, events.Resize))


def test_a_paste_is_a_paste_in_any_pieces():
    for number, text in enumerate(PASTES):
        shown = text.decode("utf-8", "replace")
        for pause in (0.0, 0.05, 0.9):
            found = typed(b"\x1b[200~" + text + b"\x1b[201~", rng=random.Random(number), pause=pause)
            # An escape that stays by itself for so long is one.
            assert set(pressed(found)) <= ({"escape"} if pause > 0.1 else set())
            assert "".join(each.text for each in found if isinstance(each, events.Paste)) == shown


def test_an_arrow_that_comes_in_two_pieces_is_no_command():
    clock = Clock()
    for first, rest in ((b"\x1b", [b"[B"]), (b"\x1b", [b"[", b"B"]), (b"\x1b", [b"OB"]), (b"\x1b[", [b"B"])):
        keyboard, found = Keyboard(clock, delay=0.1), []
        for piece in (first, *rest):
            found += keyboard.feed(piece)
            clock.now += 0.12
            found += keyboard.tick()
        assert [key for key in pressed(found) if key != "escape"] == ["down"]


def test_keys_are_what_they_were():
    for data, keys in {
        b"a": ["a"],
        b"ab": ["a", "b"],
        b"\x1b[A\x1b[B": ["up", "down"],
        b"\x1b": ["escape"],
        b"\x1b\x1b": ["escape"] * 2,
        b"\x1bb": ["ctrl+left"],
        b"\x1bg": ["alt+g"],
        b"\x1bG": ["alt+shift+g"],
        b"\x13": ["ctrl+s"],
        b"\r": ["enter"],
        b"\x1b[Z": ["shift+tab"],
        b"\x1b[1;2A": ["shift+up"],
        b"\x1bOP": ["f1"],
        b"\x1b[[A": ["f1"],
        b"\x1b[97;5u": ["ctrl+a"],
        b"\x7f": ["backspace"],
        "é".encode(): ["é"],
        b"\x1b[3~": ["delete"],
        b"\x1b\t": ["shift+tab"],
        b"\x1a": ["ctrl+z"],
        b"\x1b\x1b[A": ["escape", "up"],
    }.items():
        assert pressed(typed(data)) == keys, data
    assert [each.character for each in typed(b"\xff") if isinstance(each, events.Key)] == ["�"]


def test_over_a_network_an_escape_waits_longer():
    near, far = escape_delay({}), escape_delay({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"})
    assert far > 2 * near
    assert escape_delay({"SSH_TTY": "/dev/pts/1", "ESCDELAY": "25"}) == near
