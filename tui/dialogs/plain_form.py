"""The form of a plain change, made of its description."""

from __future__ import annotations

from collections.abc import Callable

from store.records import Command
from store.records.text import sentence
from tui.dialogs.form import Form
from tui.forms.fields import FormError, Values
from tui.forms.plain_change import PlainChange, said
from tui.session.session import Figures


def form_of(plain: PlainChange, now: Callable[[], Figures], record: int | None = None) -> Form | None:
    """Its fields as they stand ``now``, checked as its command is; None where the record is gone."""
    fields = plain.fields(now(), record)
    if fields is None:
        return None

    def check(values: Values) -> None:
        taken(plain, now(), record, values)

    def follow(values: Values) -> str:
        return "" if plain.follow is None else plain.follow(now(), record, values)

    return Form(
        said(plain.title, now(), record),
        fields,
        said(plain.about, now(), record),
        check=check,
        follow=None if plain.follow is None else follow,
        enter=plain.enter,
    )


def taken(plain: PlainChange, now: Figures, record: int | None, values: Values) -> Command:
    """What the values mean. Raises FormError, as a form says it."""
    try:
        return plain.command(now, record, values)
    except FormError as error:
        raise FormError(error.field, sentence(error)) from error
