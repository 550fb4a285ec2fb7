"""The keyboard: what the terminal sends, in whatever bytes and pieces, as keys, pastes, mouse and replies.

Textual's own parser knows what the sequences mean; here they are told apart. Left to itself it ends with an error on a
reply that it cannot read, and hands out a reply that it does not know as if its letters had been typed.
"""

from __future__ import annotations

import codecs
import os
import time
from collections.abc import Callable, Iterator, Mapping

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

ESC, BEL = "\x1b", "\x07"
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
#: What begins a text up to BEL or ESC \: operating system, device control and application commands.
_STRINGS = "]P_^X"
#: Seconds for which the rest of a sequence is waited for, and in which it is still known as a rest.
_REST, _LATE = 1.0, 1.0
#: Seconds for which a lone escape may be the beginning of a sequence, over a network.
_FAR = 0.3
#: Characters of the longest sequence that can mean anything; columns and lines of the largest screen.
_LONGEST, _LARGEST = 256, 2000
#: What a reply that a parser cannot read ends with, there.
_UNREADABLE = (ValueError, ArithmeticError, LookupError, TypeError)


def escape_delay(environ: Mapping[str, str] | None = None) -> float:
    """Seconds for which a lone escape may be the beginning of a sequence: ESCDELAY's, else more over ssh."""
    environ = os.environ if environ is None else environ
    far = "ESCDELAY" not in environ and any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    return max(_FAR, constants.ESCAPE_DELAY) if far else constants.ESCAPE_DELAY


class Keyboard:
    """Bytes in, messages out; between the reads, :meth:`tick` says what the silence means."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, delay: float | None = None) -> None:
        self._clock = clock
        self._delay = escape_delay() if delay is None else delay
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        #: what has come of a sequence that is not whole yet, or of what is pasted
        self._begun = ""
        self._pasting = False
        #: until when, and what, may still come late: the rest of an arrow, the rest of a text
        self._late, self._late_until = "", 0.0
        #: when the last read was, and whether it was of one character
        self._since, self._single = 0.0, False

    def feed(self, data: bytes) -> Iterator[Message]:
        """What these bytes complete. A byte that is not UTF-8 is the replacement character."""
        text = self._decode(data)
        if not text:
            return
        self._single = len(text) == 1
        if not self._begun and not self._pasting:
            text = self._without_rest(text)
        text, self._begun, self._since = self._begun + text, "", self._clock()
        at = 0
        while at < len(text):
            pasted = self._pasting
            end = _end_of_paste(text, at) if pasted else _end_of(text, at)
            if end is None:
                self._begun = text[at:]
                return
            part, at = text[at:end], end
            if pasted:
                self._pasting = False
                yield from _pasted(part.removesuffix(_PASTED))
                continue
            if part == _PASTE:
                self._pasting = True
            else:
                yield from self._told(part)

    def tick(self) -> Iterator[Message]:
        """What it means that nothing came for a while: a lone escape is the key, half a reply is nothing."""
        begun, waited = self._begun, self._clock() - self._since
        if self._pasting:
            # A paste that never ends must not keep the keyboard: escape, or ctrl+c, pressed by itself ends it.
            if self._single and begun[-1:] in (ESC, "\x03") and begun and waited >= self._delay:
                self._begun, self._pasting = "", False
                self._wait_for("[")
                yield from _pasted(begun[:-1])
        elif begun == ESC:
            if waited >= self._delay:
                self._begun = ""
                self._wait_for("[")
                yield events.Key("escape", ESC)
        elif begun and waited >= _REST and (begun[1] in _STRINGS or len(begun) == 2):
            # Of a sequence with its figures begun, the end is waited for: nobody types one.
            self._begun = ""
            if begun[1] in _STRINGS:
                self._wait_for("]")

    def _wait_for(self, what: str) -> None:
        self._late, self._late_until = what, self._clock() + _LATE

    def _without_rest(self, text: str) -> str:
        """A text without the rest of what came so late that its beginning is told already."""
        late, self._late = self._late, ""
        if not late or self._clock() > self._late_until:
            return text
        if late == "]":
            ends = [at + len(end) for end in (BEL, f"{ESC}\\") if (at := text.find(end)) >= 0]
            return text[min(ends) :] if ends else text
        # "[B": an arrow whose escape was on its own for too long. People press "O", but not "OB" in one read.
        return ESC + text if text[0] == "[" or (text[0] == "O" and text[1:2].isalpha()) else text

    def _told(self, part: str) -> Iterator[Message]:
        """What one character or one whole sequence means; nothing where it means nothing."""
        if part == ESC:
            yield events.Key("escape", ESC)
            return
        if part[0] == ESC and (len(part) > _LONGEST or part[1] in _STRINGS):
            return
        if len(part) == 2 and part[0] == ESC:
            known = self._parser._sequence_to_key_events
            yield from list(known(part)) or known(part[1], alt=True)
            return
        found: list[Message] = []
        try:
            found += self._parser.feed(part)
        except _UNREADABLE:
            self._renew()
        if self._parser._awaiting.timeout is not None:
            # It does not know this one, and waits for more.
            self._renew()
        for each in found:
            if not isinstance(each, events.Resize) or _is_sane(each):
                yield each

    def _renew(self) -> None:
        old, self._parser = self._parser, XTermParser()
        self._parser.last_x, self._parser.last_y = old.last_x, old.last_y
        sizes = old.terminal_size, old.terminal_pixel_size
        if all(size is not None and min(size) > 0 for size in sizes):
            self._parser.terminal_size, self._parser.terminal_pixel_size = sizes
            self._parser.mouse_pixels = old.mouse_pixels


def _is_sane(event: events.Resize) -> bool:
    return 0 < event.size.width <= _LARGEST and 0 < event.size.height <= _LARGEST


def _pasted(text: str) -> Iterator[Message]:
    text = text.replace("\x00", "")
    if text:
        yield events.Paste(text)


def _end_of_paste(text: str, start: int) -> int | None:
    """Where a paste ends, with what says so; None where that has not come yet."""
    found = text.find(_PASTED, start)
    return None if found < 0 else found + len(_PASTED)


def _end_of(text: str, start: int) -> int | None:
    """Where the character or sequence that begins at ``start`` ends; None where its end has not come yet."""
    if text[start] != ESC:
        return start + 1
    if len(text) == start + 1:
        return None
    kind = text[start + 1]
    if kind == ESC:
        return start + 1
    if kind in _STRINGS:
        return _end_of_string(text, start + 2)
    if kind == "O":
        if len(text) == start + 2:
            return None
        return start + 3 if text[start + 2].isascii() and text[start + 2].isalpha() else start + 2
    if kind != "[":
        return start + 2
    return _end_of_control(text, start + 2)


def _end_of_control(text: str, at: int) -> int | None:
    """The end of a control sequence: figures, then the letter that says what it is."""
    if text[at : at + 1] == "M":
        # The oldest report of the mouse: three characters, whatever they are.
        return at + 4 if len(text) >= at + 4 else None
    if text[at : at + 1] == "[":
        # A function key of Linux' own console.
        return at + 2 if len(text) >= at + 2 else None
    while at < len(text):
        if not " " <= text[at] <= "?":
            # Its letter; whatever else breaks it off, and is read for itself.
            return at + 1 if "@" <= text[at] <= "~" else at
        at += 1
    return None


def _end_of_string(text: str, at: int) -> int | None:
    """The end of a text: BEL, or ESC \\; any other escape breaks it off."""
    while at < len(text):
        if text[at] == BEL:
            return at + 1
        if text[at] == ESC:
            if len(text) == at + 1:
                return None
            return at + 2 if text[at + 1] == "\\" else at
        at += 1
    return None
