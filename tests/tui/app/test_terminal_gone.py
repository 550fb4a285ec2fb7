"""A terminal that goes while the app writes to it: nothing waits for it for ever."""

import os
import signal
import threading

from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from tests.tui.terminal import Terminal, environment, needs_a_pty
from tui.terminal.terminal import Lasting


def test_who_writes_to_a_terminal_that_is_gone_does_not_wait():
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as file:
        thread = WriterThread(Lasting(file))
        thread.start()

        def much():
            for _ in range(10 * MAX_QUEUED_WRITES):
                thread.write("a picture" * 1_000)

        writing = threading.Thread(target=much, daemon=True)
        writing.start()
        writing.join(20)
        assert not writing.is_alive(), "the app would hang, and what is being typed would be lost"
        thread.stop()
        assert not thread.is_alive()
        # What is left in its buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), writer)


def test_what_is_there_gets_every_word():
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as file:
        lasting = Lasting(file)
        lasting.write("pie ")
        lasting.write("and odds")
        lasting.flush()
        assert os.read(reader, 100) == b"pie and odds"
        assert lasting.fileno() == writer
    os.close(reader)


@needs_a_pty
def test_a_terminal_that_goes_before_the_board_is_there_leaves_nothing_running(tmp_path):
    with Terminal(["--db", str(tmp_path / "room.db")], 120, 40, environment(tmp_path)) as terminal:
        while not terminal.written:
            terminal._read(0.01, 0.1)
        # It has begun to draw; the look for a terminal that is gone comes later.
        terminal.hang_up()
        assert terminal.ended() in (-signal.SIGHUP, 128 + signal.SIGHUP)
