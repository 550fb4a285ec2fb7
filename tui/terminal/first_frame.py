"""The first frame of the board, noted as it was drawn, and on screen at once at the next start.

To read a workspace, to work out its odds and to draw them takes a moment, most of it for loading what does that; so
long whoever starts makeroom would look at nothing. But as long as the workspace is as it was, its first frame is, too.
It is noted in the user's cache, with all that it depends on: the last seal of the journal above all. It is written
before anything is loaded. Then the app comes and draws its own, of which what differs is written: a noted frame that
is not right any more, for whatever reason, is put right a moment later. What is typed meanwhile waits for the app.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from store.database.notes import keep, recall
from store.database.places import config_folder
from store.database.state_stamp import head_of

if sys.platform != "win32":
    import fcntl
    import struct
    import termios

#: The kind of note, and its layout.
_KIND, _LAYOUT = "frames", 1
#: An update of the program may draw it in another way.
_PROGRAM = tuple(Path(__file__).parents[1] / name for name in ("app", "board", "plan_view", "drawing", "widgets"))
#: What says which colours the terminal has, and how large it is.
_ENVIRONMENT = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES", "WT_SESSION")
_SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT")
#: The other screen, without a cursor, on which no line goes on in the next one; and back. The driver's own codes, but
#: that it enters the other screen only where this did not.
ENTER = "\x1b[?1049h"
_BEGIN, _LEAVE = f"{ENTER}\x1b[?25l\x1b[?7l", "\x1b[?7h\x1b[?1049l\x1b[?25h"
#: A terminal that can hold a frame back until it is whole does so; the others take no notice.
_FRAME, _WHOLE = "\x1b[?2026h", "\x1b[?2026l"
#: The codes of a look, letters, and letters with looks: what is noted may hold nothing else that a terminal obeys.
_CODES = re.compile("[0-9;]*")
_LETTERS = re.compile("[^\x00-\x1f\x7f-\x9f]*")
_LOOKS = re.compile("\x1b\\[[0-9;]*m")
#: The most lines and columns of a screen that is noted.
_MOST = 1_000

#: So many cells in one look: width, the codes of the look, and the text; or without codes, text that has its own.
Run: TypeAlias = tuple[int, str | None, str]
#: A screen's lines, from the top.
Lines: TypeAlias = Sequence[Sequence[Run]]


class FirstFrame:
    """What the first frame on a workspace was when all was as it is now, and the terminal that shows it."""

    def __init__(self, path: Path, *said: object) -> None:
        """``path`` is the workspace's file; ``said`` is what else was said of how it is to be opened, for JSON."""
        self._path = path
        self._said = said
        self.size = 0, 0
        #: as it was noted; empty where it was not, or of another state
        self.lines: Lines = ()
        #: whether some of it may not have come to the terminal
        self.is_lost = False
        self._writer: threading.Thread | None = None
        self._attributes: list[Any] | None = None

    @property
    def is_up(self) -> bool:
        """Whether the terminal shows it, and no app has the terminal yet."""
        return self._attributes is not None

    def show(self) -> None:
        """Write it, where it was noted; what is typed from now on is kept for whoever reads next."""
        if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ or sys.__stdin__ is None:
            return
        self.lines = self._recall()
        if not self.lines:
            return
        try:
            kept = termios.tcgetattr(sys.__stdin__.fileno())
            quiet = termios.tcgetattr(sys.__stdin__.fileno())
            # As the app reads it, but that ctrl+c still ends what takes too long, and nothing stops it half-way.
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            quiet[6][termios.VMIN], quiet[6][termios.VSUSP] = 1, b"\0"
            termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, quiet)
        except (termios.error, OSError, ValueError):
            self.lines = ()
            return
        self._attributes = kept
        for number in (getattr(signal, name) for name in _SIGNALS):
            # Who runs it may have said that it is not to end when the terminal goes.
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._end_by)
        # Beside what is loaded: a terminal may take its time to read it.
        self._writer = threading.Thread(target=self._bring, daemon=True)
        self._writer.start()

    def _bring(self) -> None:
        self.is_lost = not _write("".join((_BEGIN, _FRAME, *written(self.lines), _WHOLE)))

    def hand_over(self) -> list[Any] | None:
        """Leave the terminal to the app, which draws on; what it was set to before."""
        kept, self._attributes = self._attributes, None
        if kept is not None:
            self._finish()
            for number in (getattr(signal, name) for name in _SIGNALS):
                if signal.getsignal(number) == self._end_by:
                    signal.signal(number, signal.SIG_DFL)
        return kept

    def take_away(self) -> None:
        """Give the terminal back as it was, where no app came."""
        kept = self.hand_over()
        if kept is not None and sys.__stdin__ is not None:
            _write(_LEAVE)
            with suppress(termios.error, OSError, ValueError):
                termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, kept)

    def keep(self, size: tuple[int, int], lines: Lines, seq: int) -> None:
        """Note the frame of the state after event ``seq`` for the next start, if it is not noted, and still that."""
        if (size, lines) == (self.size, self.lines):
            return
        stamp = self._stamp()
        if stamp is None or stamp[1][0] != seq:
            return
        keep(_KIND, self._path, {"stamp": stamp, "size": size, "lines": lines})

    def _recall(self) -> Lines:
        found = recall(_KIND, self._path)
        if not isinstance(found, dict) or found.get("stamp") is None or found["stamp"] != self._stamp():
            return ()
        lines: Any = found.get("lines")
        columns, rows = shutil.get_terminal_size()
        if found.get("size") != [columns, rows] or not _is_frame(lines, columns, rows):
            return ()
        self.size = columns, rows
        return [[(width, look, text) for width, look, text in line] for line in lines]

    def _stamp(self) -> list[Any] | None:
        """Another one when the frame may be another one; None where that cannot be told."""
        head = head_of(self._path)
        try:
            program = [os.stat(each).st_mtime_ns for each in _PROGRAM]
            pixels = struct.unpack("HHHH", fcntl.ioctl(2, termios.TIOCGWINSZ, bytes(8)))
        except (OSError, ValueError):
            return None
        if head is None:
            return None
        seen = [os.environ.get(name, "") for name in _ENVIRONMENT]
        return [_LAYOUT, [*head], str(date.today()), *self._said, seen, [*pixels], program, _preferences()]

    def _finish(self) -> None:
        if self._writer is not None:
            self._writer.join()
            self._writer = None

    def _end_by(self, number: int, _: object) -> None:
        self.take_away()
        os.kill(os.getpid(), number)


def written(lines: Lines) -> Iterator[str]:
    """What brings lines onto a screen of their size. After letters that a terminal may take to be wider, or narrower,
    it is said where the next begin."""
    for y, line in enumerate(lines, 1):
        at, told = 1, False
        for width, look, text in line:
            if not told or look is None:
                yield f"\x1b[{y};{at}H"
            told = look is not None
            yield text if not look else f"\x1b[{look}m{text}\x1b[0m"
            at += width


def _write(text: str) -> bool:
    """Write, as the app does; to a terminal that is gone, or does not keep up, it is lost."""
    with suppress(OSError, ValueError, AttributeError):
        sys.__stderr__.write(text)  # type: ignore[union-attr]
        sys.__stderr__.flush()  # type: ignore[union-attr]
        return True
    return False


def _preferences() -> str:
    """What the person set, as it stands in their file."""
    with suppress(OSError):
        return hashlib.sha256((config_folder() / "config.toml").read_bytes()).hexdigest()
    return ""


def _is_frame(lines: Any, columns: int, rows: int) -> bool:
    """Whether it is a screen of this size, and nothing that a terminal would obey: the folder is anybody's to tidy."""
    return (
        isinstance(lines, list)
        and len(lines) == rows <= _MOST
        and columns <= _MOST
        and all(isinstance(line, list) and all(map(_is_run, line)) for line in lines)
        and all(sum(width for width, _, _ in line) == columns for line in lines)
    )


def _is_run(run: Any) -> bool:
    if not isinstance(run, list) or len(run) != 3:
        return False
    width, look, text = run
    if type(width) is not int or width < 1 or not isinstance(text, str):
        return False
    if look is None:
        return _LETTERS.fullmatch(_LOOKS.sub("", text)) is not None
    if not isinstance(look, str) or _CODES.fullmatch(look) is None:
        return False
    return len(text) == width and _LETTERS.fullmatch(text) is not None
