"""Numbers as people read them, and as they are compared: exactly, so that 10% does not depend on a float's last bit."""

from __future__ import annotations

import math
from fractions import Fraction

from store.common.currencies import with_sign

#: So near to a target, whole percents would read the same: half a point, and what a float is off.
_NEAR = 0.005 + 1e-9


class _Spoken:
    """The currency of the workspace that is open: one at a time in a process."""

    currency = "USD"


def use_currency(code: str) -> None:
    """From now on every amount is written and read in this currency (ISO 4217)."""
    _Spoken.currency = code


def currency() -> str:
    """The currency in which amounts are written and read."""
    return _Spoken.currency


def exact(value: float) -> Fraction:
    """The decimal number that a float stands for, at the 15 digits that the store keeps."""
    return Fraction(f"{value:.15g}")


#: What an amount in short counts, up to a thousand of it: its letter, and its decimals.
_COUNTED = ((1, "", 0), (10**3, "k", 0), (10**6, "M", 2), (10**9, "B", 2))


def money(amount: float | Fraction) -> str:
    """An amount in short: $480k, $1.24M; half and more of the last digit is rounded up, as everywhere."""
    amount = amount if isinstance(amount, Fraction) else exact(amount)
    text = ""
    for size, letter, places in _COUNTED:
        last = half_up(amount * 10**places / size)
        text = f"{last / 10**places:.{places}f}{letter}"
        if last < 1000 * 10**places:
            break
    return with_sign(text, currency())


def half_up(value: Fraction) -> int:
    """The nearest whole number; of two that are as near, the upper one."""
    return math.floor(value + Fraction(1, 2))


def cents(amount: float | Fraction) -> str:
    """An amount in full, as $1,234,567 or $1,234.50."""
    whole = half_up(Fraction(amount) * 100)
    return with_sign(f"{whole // 100:,}" + (f".{whole % 100:02d}" if whole % 100 else ""), currency())


def whole_percent(share: float) -> int:
    """A share 0..1 in whole percent, half and more of one rounded up."""
    return int(share * 100 + 0.5)


def percent(share: float, bound: float | None = None) -> str:
    """A share 0..1 in whole percent; what is there but rounds to nothing is "<1%".

    What would read as the ``bound`` that it is held against, and is not at it, is as :func:`share_percent` has it.
    """
    if bound is not None and abs(share - bound) > 1e-9 and percent(share) == percent(bound):
        return share_percent(share)
    if 0 < share < 0.005:
        return "<1%"
    return f"{whole_percent(share)}%"


def tenths(value: Fraction) -> str:
    """One decimal, rounded towards zero, so that 2.99 is never read as the 3 that it misses; whole numbers without."""
    found = int(value * 10)
    return f"{found // 10}" if found % 10 == 0 and found == value * 10 else f"{found / 10:.1f}"


def share_percent(share: float | Fraction) -> str:
    """A share 0..1 that is held against a bound, as the one-offs' is: in percent as :func:`tenths` has it."""
    return f"{tenths(100 * (share if isinstance(share, Fraction) else exact(share)))}%"


def rate_percent(rate: float | Fraction) -> str:
    """A rate (1 is 100%) that no bound waits for, as net revenue retention: in percent with a decimal, half and more of
    it rounded up; whole ones without."""
    found = 1000 * (rate if isinstance(rate, Fraction) else exact(rate))
    near = half_up(found)
    whole = near % 10 == 0 and near == found
    return f"{near // 10}%" if whole else f"{'-' * (near < 0)}{abs(near) // 10}.{abs(near) % 10}%"


def odds_percent(odds: float, target: float | None = None) -> str:
    """Odds 0..1 in whole percent; never 0% or 100% unless they are just that.

    Within half a point of the ``target`` that they are read against, they have one decimal, rounded down: 69.9% misses
    70%, 70.2% reaches it. Exactly there, they read as :func:`target_percent`.
    """
    whole = int(odds * 100 + 0.5)
    if 0 < odds < 1:
        whole = min(99, max(1, whole))
    if target is not None and odds == target:
        return target_percent(target)
    if target is not None and (abs(odds - target) <= _NEAR or whole == 100 * target):
        return f"{math.floor(1000 * odds + 1e-6) / 10:.1f}%"
    return f"{whole}%"


def target_percent(target: float) -> str:
    """An odds target 0..1 in percent, as it was stated: 70%, 72.5%; of more decimals, in whole percent."""
    tenths = round(1000 * target)
    return f"{tenths / 10:g}%" if abs(tenths - 1000 * target) < 1e-6 else odds_percent(target)


def arrow(before: float, after: float, target: float | None = None) -> str:
    """Odds before and after, as ``74% → 71%``, read against a target as :func:`odds_percent`; one figure where they
    read the same."""
    first, second = odds_percent(before, target), odds_percent(after, target)
    return second if first == second else f"{first} → {second}"
