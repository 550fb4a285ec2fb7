"""What the command line says: plain lines, free of control characters, and exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TextIO

from store.common.text import clean, without_escapes
from store.common.text import short as short

if TYPE_CHECKING:
    # The records behind it are no business of whoever prints a line.
    from tui.cli.outputs import Output

DONE = 0
DIFFERS = 1
USAGE = 2
UNREADABLE = 3
#: somebody else changed it meanwhile: looking again and repeating may do
STALE = 4
INTERRUPTED = 130


def say(line: str = "") -> None:
    """One line for the person or the program that asked."""
    _write(sys.stdout, line)


def say_json(found: Mapping[str, Any]) -> None:
    """One JSON object on one line, for programs."""
    # DEL is the one control character that JSON lets through as it is.
    say(json.dumps(found, ensure_ascii=True).replace("\x7f", "\\u007f"))


def say_text(text: str) -> None:
    """A whole text as the output proper: in UTF-8, or on a terminal in what that can show; without escapes."""
    encoding = (sys.stdout.encoding or "utf-8") if sys.stdout.isatty() else "utf-8"
    sys.stdout.flush()
    sys.stdout.buffer.write(without_escapes(text).encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()


def complain(sentence: str) -> None:
    """One sentence on what went wrong."""
    _write(sys.stderr, f"makeroom: {sentence}")


def say_aside(line: str) -> None:
    """One line for the person at the terminal, beside the output proper."""
    _write(sys.stderr, line)


def ask(question: str) -> str:
    """What is typed in answer to a question; empty at the end of input. The question stays out of the output proper."""
    sys.stderr.write(f"{clean(question)} ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _write(stream: TextIO, line: str) -> None:
    indent = line[: len(line) - len(line.lstrip(" "))]
    text = indent + clean(line)
    # A terminal that cannot show a letter gets its code, not a failure.
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def print_json(output: Output) -> None:
    """One JSON object; whatever is in it, no control character reaches a terminal."""
    say_json(output.as_json())
