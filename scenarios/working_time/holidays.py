"""Public holidays by country and subdivision, from the `holidays` library, which is loaded when a place needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from store.common.errors import Refused


@dataclass(frozen=True, slots=True)
class Country:
    """A country whose public holidays are known: ISO 3166 code, name, and the codes of its subdivisions."""

    code: str
    name: str
    subdivisions: tuple[str, ...]


@lru_cache(maxsize=1024)
def public_holidays(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The public holidays of a year, with their names; those of the whole country where ``subdivision`` is empty.

    Where a holiday is moved from a weekend to a weekday, both days are in it. Raises :class:`Refused`.
    """
    country, subdivision = country.strip().upper(), subdivision.strip()
    if not re.fullmatch("[A-Z]{2,3}", country):
        raise Refused(f"“{country[:20]}” is not a country code: write two letters, such as DE or US")
    from holidays import country_holidays

    try:
        found = country_holidays(country, subdiv=subdivision or None, years=year)
    except NotImplementedError:
        raise Refused(_unknown(country, subdivision)) from None
    return MappingProxyType(dict(found))


def _unknown(country: str, subdivision: str) -> str:
    known = next((each for each in places_known() if each.code == country), None)
    if known is None:
        return f"no public holidays are known for the country “{country}”: check its code, or switch its holidays off"
    codes = ", ".join(known.subdivisions[:12]) + (", ..." if len(known.subdivisions) > 12 else "")
    return f"{known.name} has no subdivision “{subdivision[:20]}”" + (f": known are {codes}" if codes else "")


@lru_cache(maxsize=256)
def holidays_between(country: str, subdivision: str, first: date, last: date) -> frozenset[date]:
    """The public holidays from one day to another, both included; none without a country.

    Raises :class:`Refused`.
    """
    if not country.strip():
        return frozenset()
    years = range(first.year, last.year + 1)
    return frozenset(
        day for year in years for day in public_holidays(country, subdivision, year) if first <= day <= last
    )


@lru_cache(maxsize=1)
def places_known() -> tuple[Country, ...]:
    """Every country to choose from, by name."""
    from holidays import list_supported_countries
    from holidays.registry import COUNTRIES

    names = {codes[1]: name.replace("_", " ").title() for name, codes in COUNTRIES.items()}
    found = list_supported_countries(include_aliases=False)
    return tuple(
        sorted(
            (Country(code, names.get(code, code), tuple(parts)) for code, parts in found.items()),
            key=lambda each: each.name,
        )
    )
