"""Currencies: the codes of ISO 4217, their usual signs, and where these stand."""

from __future__ import annotations

CODES = frozenset({
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP",
    "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP",
    "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LYD",
    "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN",
    "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
    "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND",
    "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
})  # fmt: skip
#: Each currency's usual sign; one that several share means, where it is typed, that of the workspace.
SIGNS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "VND": "₫",
    "TRY": "₺", "UAH": "₴", "NGN": "₦", "PHP": "₱", "KZT": "₸", "AUD": "A$", "CAD": "C$", "NZD": "NZ$", "HKD": "HK$",
    "SGD": "S$", "TWD": "NT$", "MXN": "MX$", "BRL": "R$", "ZAR": "R", "PLN": "zł", "CZK": "Kč", "SEK": "kr",
    "NOK": "kr", "DKK": "kr", "ISK": "kr", "HUF": "Ft", "RUB": "₽", "RON": "lei", "BGN": "лв",
}  # fmt: skip
#: Their sign stands behind the amount.
_BEHIND = frozenset({"PLN", "CZK", "SEK", "NOK", "DKK", "ISK", "HUF", "RUB", "RON", "BGN", "VND"})
#: What else is written for one: the first is what it means where the workspace's own does not share it.
_ALSO = {
    "$": ("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN"), "us$": ("USD",), "eur": ("EUR",), "euro": ("EUR",),
    "euros": ("EUR",), "fr": ("CHF",), "sfr": ("CHF",), "ca$": ("CAD",), "au$": ("AUD",), "rs": ("INR",),
    "円": ("JPY",), "yen": ("JPY",), "元": ("CNY", "TWD"), "원": ("KRW",), "rp": ("IDR",), "reais": ("BRL",),
    "dollar": ("USD",), "dollars": ("USD",), "pound": ("GBP",), "pounds": ("GBP",),
}  # fmt: skip


def with_sign(amount: str, code: str) -> str:
    """An amount with its currency as it is usually written: ``$480k``, ``480k kr``, ``CHF 480k``."""
    sign = SIGNS.get(code, code)
    if code in _BEHIND:
        return f"{amount} {sign}"
    return f"{sign} {amount}" if code not in SIGNS else f"{sign}{amount}"


def currency_meant(word: str, own: str) -> str | None:
    """The code that a sign or a code means in a workspace of the currency ``own``; None where it means none."""
    plain = word.strip().rstrip(".").casefold()
    if plain.upper() in CODES:
        return plain.upper()
    found = (*(code for code, sign in SIGNS.items() if sign.casefold() == plain), *_ALSO.get(plain, ()))
    return own if own in found else next(iter(found), None)
