"""A screen on which a draft is made beside pie and meter: what its foot says, how it is left and taken up."""

from __future__ import annotations

from textual.screen import ScreenResultType

from scenarios.odds.forecast import Forecast
from store.common.errors import Refused
from store.common.text import sentence
from tui.dialogs.dialog import SidedPage
from tui.dialogs.kept import Typed
from tui.drawing.words import arrow, ew_by_team, room_words, rounded_up
from tui.session.session import Session
from tui.widgets.keys import Keys

#: Columns from which on pie and meter stand beside the list.
_ROOM = 72


class DraftScreen(SidedPage[ScreenResultType]):
    """Base of the screens of capacity and progress; subclasses have the draft, and show it."""

    KEYS: Keys
    #: the short names of the keys that leave and confirm
    LEAVE, CONFIRM = "leave", "confirm"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._said = ""
        self._leaving = False
        self._confirmed: dict[str, str] | None = None

    @property
    def session(self) -> Session:
        """What is on screen besides the draft."""
        return self._session

    # -------------------------------------------------- for subclasses

    def show(self) -> None:
        """Show the draft."""
        raise NotImplementedError

    def described(self) -> dict[str, str]:
        """The draft, first in words, then as it can be taken up again; empty where nothing is changed."""
        raise NotImplementedError

    def take_up(self, draft: str) -> str:
        """Take up a draft that was kept, on the plan as it is now; what is said of it. Raises Refused."""
        raise NotImplementedError

    # -------------------------------------------------- showing

    def on_resize(self) -> None:
        """Pie and meter show as much as the size allows; beside the list there may be no room for them."""
        self.set_class(self.size.width < _ROOM, "-alone")
        self.call_after_refresh(self._show_laid_out)

    def _show_laid_out(self) -> None:
        if not self.gone:
            self.show()

    def say(self, words: str) -> None:
        """A sentence in the foot, until the next key."""
        self._said, self._leaving = sentence(words), False
        self.show()

    @staticmethod
    def odds_words(before: Forecast, after: Forecast, *, changed: bool) -> str:
        """The odds now and then, and what is short or left."""
        odds = f"odds {arrow(before.odds, after.odds, after.plan.target)}   "
        if changed and not after.fits:
            return f"{odds}short {ew_by_team(rounded_up(after.short), after.plan.teams)}: something has to give"
        return odds + room_words(after)

    # -------------------------------------------------- leaving

    def stays(self, changed: str) -> bool:
        """Whether a draft with changes stays on screen: asked to go, it first says what is lost."""
        if not changed or self._leaving:
            return False
        leave, confirm = self.KEYS.of(self.app, self.LEAVE), self.KEYS.of(self.app, self.CONFIRM)
        self.say(f"{changed}: {leave} again throws the draft away, {confirm} confirms")
        self._leaving = True
        return True

    def kept(self) -> dict[str, str]:
        """The draft as it was confirmed, or as it is."""
        return self._confirmed if self._confirmed is not None else self.described()

    def refill(self, typed: Typed, *, last: bool) -> None:
        """Take the draft up on the plan as it is now; it is always shown."""
        if "draft" not in typed:
            return
        try:
            self._said = self.take_up(typed["draft"])
        except Refused as error:
            self._said = f"The draft could not be taken up: {error}."
