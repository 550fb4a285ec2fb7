"""The form of a plain change, made of its description."""

from __future__ import annotations

from collections.abc import Callable

from tui.dialogs.form import Form
from tui.forms.fields import Values
from tui.forms.plain_change import PlainChange, said
from tui.session.session import Figures


def form_of(plain: PlainChange, now: Callable[[], Figures], record: int | None = None) -> Form | None:
    """Its fields as they stand ``now``, checked as its command is; None where the record is gone."""
    fields = plain.fields(now(), record)
    if fields is None:
        return None

    def check(values: Values) -> None:
        plain.command(now(), record, values)

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
