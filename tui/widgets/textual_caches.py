"""A cache of Textual's, without the widgets that asked for what is in it."""

from __future__ import annotations

from functools import lru_cache, partial

from textual._styles_cache import StylesCache

#: Pairs of a ground and what lies below it, some 20 in each theme.
_GROUNDS = 256


def let_widgets_go() -> None:
    """Have widgets that are gone let go of by Textual; once more changes nothing.

    It keeps two styles that depend on two colours alone by all arguments of the method that makes them, its ``self``
    among them: the drawn lines of the last widgets that are gone, 1,024 times, took more than 30 MB.
    """
    asked = vars(StylesCache)["get_inner_outer"]
    if not isinstance(asked, staticmethod):
        kept = lru_cache(_GROUNDS)(partial(asked.__wrapped__, StylesCache))
        StylesCache.get_inner_outer = staticmethod(kept)  # type: ignore[assignment,method-assign]
