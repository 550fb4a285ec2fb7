"""Who may come in, and how much they may ask for: what stands between the web and a workspace.

Any page that a browser shows may send requests to this machine, and a name that an attacker owns may be made to mean
127.0.0.1. So a request must name a host that is ours, come from our own page, and show the token.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

#: Terminal sizes in cells, least and most. A size is a promise of memory: a million cells are not given to anybody.
COLUMNS, ROWS = (20, 400), (10, 200)
#: Bytes of the longest message from a browser: a long paste, and no more.
LONGEST_MESSAGE = 262_144
#: Bytes of the longest file that a browser may send up (what an import reads at most), and how many a seat may have.
LONGEST_FILE, MOST_FILES = 50_000_000, 20
#: Seats at once, unless the command line says otherwise; each is a process of about 65 MB.
MOST_SEATS = 8
COOKIE = "makeroom"
TOKEN = "token"  # noqa: S105 - the parameter's name, not a token
_TOKEN_BYTES, _ROOM_BYTES = 32, 16


@dataclass(frozen=True)
class Gate:
    """The names, the token and the room of one server; all refusals are decided here.

    ``origins`` tells for each host that may be named which origin its pages have. Everything but the first request lies
    under ``room``, a path that nobody can guess: the browser shows a cookie to every port of a machine, but only to
    the path that it belongs to, so that another server on this machine is never shown it.
    """

    origins: Mapping[str, str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(_TOKEN_BYTES), repr=False)
    room: str = field(default_factory=lambda: f"/{secrets.token_urlsafe(_ROOM_BYTES)}", repr=False)

    def origin_of(self, hosts: Sequence[str]) -> str | None:
        """The origin that belongs to a request's ``Host`` headers; None where they name nothing of ours."""
        return self.origins.get(hosts[0].lower()) if len(hosts) == 1 else None

    def from_our_page(self, hosts: Sequence[str], origins: Sequence[str], must: bool) -> bool:
        """Whether the ``Origin`` headers are those of our page; with none, it is ours unless there ``must`` be one."""
        if not origins:
            return not must
        return len(origins) == 1 and origins[0].lower() == self.origin_of(hosts)

    def knows(self, shown: str | None) -> bool:
        """Whether that is the token; takes as long for a near miss as for any other."""
        return hmac.compare_digest((shown or "").encode("utf-8", "surrogateescape"), self.token.encode())

    def secure(self, hosts: Sequence[str]) -> bool:
        """Whether the browser speaks TLS with whoever has that name."""
        return (self.origin_of(hosts) or "").startswith("https:")


def allowed(port: int, names: Iterable[str] = ()) -> dict[str, str]:
    """The hosts that may be named, and the origin of each: this machine's own, and ``names`` of TLS proxies."""
    own = {f"{host}:{port}": f"http://{host}:{port}" for host in ("127.0.0.1", "localhost", "[::1]")}
    return own | {name.lower(): f"https://{name.lower()}" for name in names}


def headers(origin: str | None) -> dict[str, str]:
    """The headers of every answer; ``origin`` is that of the page."""
    sockets = "" if origin is None else f" ws{origin.removeprefix('http')}"
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        # The terminal sizes its cells with rules that it writes itself.
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        # A socket has a scheme of its own, which some browsers do not take for the page's.
        "connect-src": f"'self'{sockets}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{what} {whence}" for what, whence in policy.items()),
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def terminal_size(width: object, height: object) -> tuple[int, int]:
    """Columns and rows within :data:`COLUMNS` and :data:`ROWS`; 80 and 24 for what is no number."""
    return _within(width, COLUMNS, 80), _within(height, ROWS, 24)


def _within(given: object, bounds: tuple[int, int], usual: int) -> int:
    least, most = bounds
    # Digits alone, and few: Python refuses to read a number of 5,000 of them, and what it reads otherwise is no size.
    if isinstance(given, str) and given.isascii() and given.isdigit():
        given = int(given[:9])
    return min(max(given, least), most) if type(given) is int else usual
