"""A form: labelled lines, a sentence for what is wrong, and, while typing, what would follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from store.common.errors import Refused
from store.common.text import sentence
from tui.dialogs.dialog import Dialog
from tui.dialogs.kept import Typed
from tui.forms.fields import Field, Values
from tui.widgets.file_names import FileNames
from tui.widgets.key_line import KeyLine
from tui.widgets.keys import Key, Keys
from tui.widgets.line_input import LineInput

__all__ = ["Field", "Form", "Values"]


class Form(Dialog[dict[str, str] | None]):
    """Asks for the fields; dismissed with their values, or None after Esc.

    ``check`` raises :class:`Refused` for values that cannot be taken. ``follow`` gives a line that tells what the
    present values would mean, and is called while typing; it may raise Refused too.
    """

    DEFAULT_CSS = """
    Form { align: center middle; }
    Form > Vertical {
        width: 84; max-width: 96%; height: auto; max-height: 100%;
        padding: 1 2;
    }
    Form .form-title { text-style: bold; height: auto; }
    Form .form-about { color: $text-muted; height: auto; margin-bottom: 1; }
    Form VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
    Form Horizontal { height: 1; }
    Form .form-label { width: 24; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; padding-right: 1; }
    Form Input { width: 1fr; }
    Form .form-hint { color: $text-muted; height: auto; min-height: 1; margin-top: 1; }
    Form .form-follow { height: auto; }
    Form .form-error { color: $error; height: auto; }
    Form .form-keys { margin-top: 1; }
    Form.-low > Vertical { padding: 0 2; }
    Form.-low .form-about, Form.-low .form-keys, Form.-low .form-hint { margin: 0; }
    """

    GIVES_WAY = "VerticalScroll"
    KEYS = Keys(
        "A form",
        Key("form.leave", "escape", "Back", "leave"),
        Key("form.take", "ctrl+s", "Save", "take"),
        Key("form.next", "down", "Next field", "app.focus_next", show=False),
        Key("form.before", "up", "Field before", "app.focus_previous", show=False),
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS.bindings

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        about: str = "",
        *,
        check: Callable[[Values], None] | None = None,
        follow: Callable[[Values], str] | None = None,
        enter: str = "save",
    ) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
        self._heading = title
        self._fields = tuple(fields)
        self._about = about
        self._check = check
        self._follow = follow
        self._enter = enter
        self._filled: dict[str, str] = {}
        self._taken: dict[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Heading, fields, hint, what follows, what is wrong, keys."""
        with Vertical():
            yield Static(Content(self._heading), classes="form-title", markup=False)
            if self._about:
                yield Static(Content(self._about), classes="form-about", markup=False)
            with VerticalScroll(can_focus=False):
                for field in self._fields:
                    with Horizontal():
                        yield Static(Content(field.label), classes="form-label", markup=False)
                        text = self._filled.get(field.name, field.value)
                        yield LineInput(
                            text,
                            compact=True,
                            id=f"field-{field.name}",
                            suggester=FileNames() if field.names_file else None,
                        )
            yield Static("", classes="form-hint", markup=False)
            yield Static("", classes="form-follow", markup=False)
            yield Static("", classes="form-error", markup=False)
            keys = (
                f"enter next, on the last line {self._enter}   {{take}} {self._enter}   {{leave}} back, nothing changed"
            )
            if len(self._fields) == 1:
                keys = f"enter {self._enter}   {{leave}} back, nothing changed"
            yield KeyLine(self.KEYS.said(self.app, keys), classes="form-keys")

    def on_mount(self) -> None:
        """Say at once what the present values mean."""
        self._say_what_follows()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.name: self.query_one(f"#field-{field.name}", Input).value for field in self._fields}

    def kept(self) -> dict[str, str]:
        """The fields that were typed in; those that were not show what is true when they are filled in again."""
        values = self._taken if self._taken is not None else self.values if self.is_mounted else {}
        # A key that came with the one that opened it can close it before it has any fields.
        fields = [field for field in self._fields if field.name in values]
        return {field.name: values[field.name] for field in fields if values[field.name] != field.value}

    def refill(self, typed: Typed, *, last: bool) -> None:
        """Fill in; a form is always shown."""
        self._filled = {field.name: typed[field.name] for field in self._fields if field.name in typed}

    def on_descendant_focus(self) -> None:
        """Show the hint of the field that has the cursor."""
        focused = self.focused
        hint = next((field.hint for field in self._fields if focused and focused.id == f"field-{field.name}"), "")
        self.query_one(".form-hint", Static).update(Content(hint))
        self.fit()

    def on_input_changed(self) -> None:
        """Typing moves what follows."""
        self.query_one(".form-error", Static).update("")
        self._say_what_follows()
        self.fit()

    def _say_what_follows(self) -> None:
        if self._follow is None:
            return
        try:
            line = self._follow(self.values)
        except Refused as error:
            line = sentence(error)
        self.query_one(".form-follow", Static).update(Content(line))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field; on the last one it takes the form."""
        if event.input.id == f"field-{self._fields[-1].name}":
            self.action_take()
        else:
            self.focus_next(Input)

    def action_take(self) -> None:
        """Take the values, or say what is wrong and go there."""
        if not self.is_mounted:
            return
        values = self.values
        try:
            if self._check is not None:
                self._check(values)
        except Refused as error:
            self.query_one(".form-error", Static).update(Content(sentence(error)))
            self.fit()
            names = [field.name for field in self._fields]
            self.query_one(f"#field-{error.field if error.field in names else names[-1]}", Input).focus()
            return
        self._taken = values
        self.dismiss(values)
