"""A new request in one line, with what was understood shown while typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from scenarios.figures.amounts import cents
from scenarios.figures.sizes import format_range
from scenarios.requests.quick_add import RequestDraft
from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys
from tui.widgets.line_input import LineInput

EXAMPLE = "Acme audit log ~2-3-5.5 #oneoff >Acme $480k@60% by:sales-east team:Pay"


class QuickAdd(Dialog[tuple[str, RequestDraft] | None]):
    """Dismissed with ("take" or "form", the draft), or None after Esc."""

    DEFAULT_CSS = """
    QuickAdd { align: center middle; }
    QuickAdd > Vertical { width: 92; max-width: 96%; height: auto; padding: 1 2; }
    QuickAdd .title { text-style: bold; }
    QuickAdd .muted { color: $text-muted; height: auto; }
    QuickAdd Input { margin: 1 0; }
    QuickAdd #read { height: auto; min-height: 6; }
    QuickAdd #wrong { color: $error; height: auto; }
    """
    KEYS = Keys(
        "A request in one line",
        Key("quickadd.leave", "escape", "Back", "leave"),
        Key("quickadd.form", "tab,f2", "As a form", "form", priority=True),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self,
        read: Callable[[str], RequestDraft],
        consequence: Callable[[RequestDraft], str],
        account: Callable[[RequestDraft], str],
        wrong: Callable[[RequestDraft], str],
        line: str = "",
    ) -> None:
        """``read`` parses the line. Of the draft, ``consequence`` says what it would do to the odds, ``account`` what
        is known of its customer, ``wrong`` why it cannot be asked for (empty: it can)."""
        super().__init__()
        self._read = read
        self._consequence = consequence
        self._account = account
        self._wrong = wrong
        self._line = line
        self._way = ""

    def compose(self) -> ComposeResult:
        """The line, what was understood, what it would do."""
        with Vertical():
            yield Static("A request", classes="title")
            yield Static(Content(f"as in  {EXAMPLE}"), classes="muted", markup=False)
            yield LineInput(self._line, placeholder="what is asked for", compact=True)
            yield Static("", id="read", markup=False)
            yield Static("", id="wrong", markup=False)
            words = "enter ask for it   {form} as a form   {leave} back, nothing changed"
            yield KeyLine(self.KEYS.said(self.app, words))

    def kept(self) -> dict[str, str]:
        """The line, and whether a form came after it."""
        line = self.query_one(Input).value if self.is_mounted else self._line
        return {"line": line, "way": self._way} if line.strip() else {}

    def refill(self, typed: Typed, *, last: bool) -> tuple[str, RequestDraft] | None:
        """The line; it is passed over on the way to the form."""
        self._line, self._way = typed.get("line", ""), typed.get("way", "")
        return ("form", self._read(self._line)) if self._way == "form" and not last else None

    def on_mount(self) -> None:
        """Show what an empty or given line means."""
        self._show(self._read(self._line))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        self._show(self._read(event.value))

    def _show(self, draft: RequestDraft) -> None:
        rows = [
            ("title", draft.title),
            ("size", f"{format_range(draft.size)} ew" if draft.size else "none yet: it waits in the inbox until sized"),
            ("slice", draft.slice or ("F, or O if only they would use it: asked next" if draft.customer else "F")),
            ("team", draft.team or "(first)"),
            ("customer", draft.customer),
            ("account", self._account(draft)),
            ("deal", _deal(draft)),
            ("asked by", draft.asked_by),
            ("escalated", escalated_words(draft)),
            ("owner", draft.owner),
            ("problem", draft.problem),
            ("claimed", draft.claimed),
            ("priority", draft.priority),
            ("due", draft.due.isoformat() if draft.due else ""),
        ]
        lines = [f"{name:>9}  {value}" for name, value in rows if value]
        if draft.unknown:
            lines.append(f"{'kept':>9}  in the title, not understood: {'  '.join(draft.unknown)}")
        if draft.title and draft.size:
            lines.append(f"{'then':>9}  {self._consequence(draft)}")
        self.query_one("#read", Static).update(Content("\n".join(lines)))
        self.query_one("#wrong", Static).update("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Ask for it."""
        draft = self._read(event.value)
        if wrong := self._wrong(draft):
            self.query_one("#wrong", Static).update(Content(wrong))
            return
        self._line, self._way = event.value, "take"
        self.dismiss(("take", draft))

    def action_form(self) -> None:
        """Go on in a form, with what was understood filled in."""
        self._line, self._way = self.query_one(Input).value, "form"
        self.dismiss(("form", self._read(self._line)))


def escalated_words(draft: RequestDraft) -> str:
    """Who carried it past its desk; empty where nobody did."""
    if draft.escalated_by is None:
        return ""
    return f"by {draft.escalated_by or 'nobody named'}{f' to {draft.escalated_to}' if draft.escalated_to else ''}"


def _deal(draft: RequestDraft) -> str:
    if draft.deal_amount is None:
        return ""
    chance = "" if draft.deal_probability is None else f" x {100 * draft.deal_probability:.0f}%"
    return f"{cents(round(draft.deal_amount))}{chance}"
