"""What a board watches of the play that it shows: its clock, and, where somebody leads it, what they show and whether
they are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.practice.parts import leader, roles_of
from store.common.errors import StoreError
from tui.flows.host import Host
from tui.practice.cast import gone_words, leader_here, leads, reached
from tui.practice.play import play_of
from tui.practice.play_clock import PlayClock
from tui.practice.supplied import supplied_deck

if TYPE_CHECKING:
    from textual.worker import WorkType

    from tui.practice.question_dialog import QuestionDialog

#: Looks after which whoever leads is missed: a seat is seen a second after it came.
_MISSED = 5


def clock_of(board: Host) -> PlayClock | None:
    """The clock of the play on the board; None where it shows no play. A case that cannot be read is said."""
    try:
        play = play_of(board.session.workspace.path)
    except StoreError as error:
        board.tell(str(error), severity="error")
        return None
    if play is None:
        return None
    clock = PlayClock(board, play)
    if play.state.facilitated:
        clock.watches.append(RoomWatch(clock).look)
    return clock


class RoomWatch:
    """Looks once a second at a play that is led."""

    def __init__(self, clock: PlayClock) -> None:
        self._clock, self._board = clock, clock.board
        self._begun = self._ended = False
        #: the question that this seat has seen, and what shows it
        self._seen: int | None = None
        self._dialog: QuestionDialog | None = None
        #: looks at which whoever leads was missing
        self._missing = 0

    def look(self) -> None:
        """One look."""
        self._question()
        self._lead()
        self._begin()
        if self._clock.play.state.ended and not self._ended:
            self._ended = True
            self._board.tell(f"The play has ended: {reached(self._board)} p d tells how it was reasoned.")

    def _begin(self) -> None:
        """Whoever leads has the script at once; whoever has no role is told how to take one."""
        board, play = self._board, self._clock.play
        if self._begun or play.state.ended:
            return
        self._begun = True
        if leads(board, play):
            if self._clock.free:
                show: WorkType[None] = self._script
                board.run_worker(show, group="question")
        elif not board.session.workspace.read_only:
            roles = roles_of(play.case, board.session.state, board.session.workspace.actor)
            if not roles:
                board.tell(f"{leader(board.session.state)} leads this play: {reached(board)} r takes a role.")

    async def _script(self) -> None:
        from tui.practice.lead_flow import show_script

        await show_script(self._board)

    # -------------------------------------------------- the question for the room

    def _question(self) -> None:
        number, clock = self._clock.play.state.question, self._clock
        dialog = self._dialog
        if dialog is not None and not dialog.is_attached:
            dialog = self._dialog = clock.question = None
        if dialog is not None and dialog.number != number:
            # Over it something may be read; then it goes at the next look.
            if self._board.app.screen is dialog:
                dialog.dismiss(None)
            return
        if number is None:
            self._seen = None
        elif number != self._seen and dialog is None and clock.free and not leads(self._board, clock.play):
            self._show(number)

    def _show(self, number: int) -> None:
        from tui.practice.question_dialog import QuestionDialog

        self._seen = number
        questions = supplied_deck().questions
        if number < len(questions):
            group, question = questions[number]
            self._dialog = QuestionDialog(number, f"A question for the room: {group.title}", question.ask)
            self._clock.question = self._dialog
            self._board.app.push_screen(self._dialog)

    # -------------------------------------------------- whoever leads

    def _lead(self) -> None:
        """Say it once where whoever leads has left."""
        board = self._board
        if board.session.workspace.read_only or self._clock.play.state.ended or leader_here(board):
            self._missing = 0
            return
        self._missing += 1
        if self._missing == _MISSED:
            board.tell(f"{gone_words(board)} {reached(board)} l takes the lead.", severity="warning")
