"""The app: opens a workspace, shows the board on it, and says in a sentence what it cannot do."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, ClassVar

# Numpy's linear algebra would start threads that nothing here needs, at the cost of start-up.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider

from store.places import DEMO, Place, demo_path
from store.workspace import Workspace
from tui import themes
from tui.drawing.colours import ColourMode
from tui.screens.board import Board
from tui.session import Session

if TYPE_CHECKING:
    from store.seats import Seats
    from tui.live import Live

#: What the app's run returns when the demo is wanted instead.
OPEN_DEMO = "demo"


def _board_commands() -> type[Provider]:
    # Imported when the palette is first opened.
    from tui.commands import BoardCommands

    return BoardCommands


class MakeroomApp(themes.ColouredApp):
    """One session on one workspace."""

    TITLE = "makeroom"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar = App.COMMANDS | {_board_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit")
    ]

    # The board is the default screen, whose own CSS_PATH Textual would not load.
    CSS_PATH = "screens/board.tcss"
    CSS = """
    Screen { background: $background; }
    ModalScreen { background: $background 60%; }
    ModalScreen > Vertical { background: $panel; }
    Input { background: $track; }
    Input:focus { background: $background; }
    Toast { background: $panel; }
    SearchIcon { display: none; }
    """

    def __init__(
        self,
        session: Session,
        *,
        name: str = "",
        colour_mode: ColourMode | None = None,
        theme: str | None = None,
        seats: Seats | None = None,
    ) -> None:
        """``name`` is shown in the header for a workspace that is not the user's own.

        With ``seats``, this seat and the others are known to each other, and what others change is shown at once.
        """
        super().__init__(colour_mode, theme or themes.DARK)
        self.seats = seats
        self.live: Live | None = None
        #: who is here, in the header; empty where nobody else is
        self.seated = ""
        self.session = session
        self.workspace_name = name
        self.slice_letters = "".join(part.letter for part in session.now.slices)

    def on_ready(self) -> None:
        """The first screen stands: collect garbage from here on, without going through what start-up made."""
        gc.freeze()
        gc.enable()
        if self.seats is not None:
            self.live = _live(self, self.seats)
            self.live.start()

    def on_unmount(self) -> None:
        """The seat is free again."""
        if self.live is not None:
            self.live.stop()

    def get_default_screen(self) -> Board:
        """The board."""
        if self.seats is not None and not self.seats.own.drives:
            from tui.screens.following import FollowBoard

            return FollowBoard(self.session, self.workspace_name)
        return Board(self.session, self.workspace_name)


def _live(app: MakeroomApp, seats: Seats) -> Live:
    # Imported when the first screen stands.
    if seats.own.drives:
        from tui.live import Live

        return Live(app, seats)
    from tui.following import Following

    return Following(app, seats)


def run_board(place: Place, colour_mode: ColourMode | None = None) -> int:
    """Open the workspace of a place and show its board until it is left; the exit code.

    Raises StoreError where the workspace cannot be opened.
    """
    while True:
        with _opened(place) as workspace:
            name = DEMO if place.chosen == DEMO else ""
            wanted = MakeroomApp(Session(workspace, place.chosen), name=name, colour_mode=colour_mode).run()
        if wanted != OPEN_DEMO:
            return 0
        place = demo_path()


def _opened(place: Place) -> Workspace:
    """The workspace of a place; the demonstration is made where it is missing."""
    if place.chosen == DEMO:
        from store.demo import open_demo

        return open_demo(place.path)
    return Workspace.open(place.path)
