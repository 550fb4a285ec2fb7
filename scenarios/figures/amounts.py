"""Numbers as people read them, and as they are compared: exactly, so that 10% does not depend on a float's last bit."""

from __future__ import annotations

from fractions import Fraction


def exact(value: float) -> Fraction:
    """The decimal number that a float stands for, at the 15 digits that the store keeps."""
    return Fraction(f"{value:.15g}")


def money(amount: float | Fraction) -> str:
    """An amount in short: $480k, $1.24M."""
    amount = float(amount)
    for size, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if amount >= size:
            text = f"{amount / size:.2f}" if letter != "k" else f"{amount / size:.0f}"
            return f"${text}{letter}"
    return f"${amount:.0f}"


def cents(amount: float | Fraction) -> str:
    """An amount in full, as $1,234,567 or $1,234.50."""
    whole = round(Fraction(amount) * 100)
    return f"${whole // 100:,}" + (f".{whole % 100:02d}" if whole % 100 else "")


def percent(share: float) -> str:
    """A share 0..1 in whole percent; what is there but rounds to nothing is "<1%"."""
    if 0 < share < 0.005:
        return "<1%"
    return f"{int(share * 100 + 0.5)}%"


def odds_percent(odds: float) -> str:
    """Odds 0..1 in whole percent; never 0% or 100% unless they are just that."""
    whole = int(odds * 100 + 0.5)
    if 0 < odds < 1:
        whole = min(99, max(1, whole))
    return f"{whole}%"
