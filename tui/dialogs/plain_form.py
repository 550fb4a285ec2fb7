"""The form of a plain change, made of its description."""

from __future__ import annotations

from collections.abc import Callable

from store.common.errors import refused_about
from tui.dialogs.form import Form
from tui.dialogs.lines import LinesDialog
from tui.forms.fields import Values
from tui.forms.plain_change import Description, Meant, Now


def form_of(
    plain: Description[Now, Meant], now: Callable[[], Now], record: int | None = None, likely: Values | None = None
) -> Form | LinesDialog | None:
    """Its fields as they stand ``now``, else as is ``likely``, checked as its command is; None where it is gone."""
    fields = plain.fields(now(), record, likely or {})
    if fields is None:
        return None

    def check(values: Values) -> None:
        with refused_about(plain.asks[0].name):
            plain.command(now(), record, values)

    def follow(values: Values) -> str:
        return "" if plain.follow is None else plain.follow(now(), record, values)

    title, about = plain.said(now(), record)
    if [ask.kind for ask in plain.asks] == ["lines"]:
        return LinesDialog(title, about, fields[0], check)
    return Form(
        title,
        fields,
        about,
        check=check,
        follow=None if plain.follow is None else follow,
        enter=plain.enter,
    )
