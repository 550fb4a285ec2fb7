"""Files that are no backlog that can be read: what they are, and what to export instead."""

from __future__ import annotations

import re

from store.imports.errors import UnreadableFileError
from store.imports.formats.format import Source

_JIRA = re.compile(r'"(?:issues|fields)"\s*:\s*[\[{]')


def require_readable(source: Source) -> None:
    """Raise UnreadableFileError for a web page, XML, an old workbook or Jira's JSON, by its name."""
    if source.kind == "workbook":
        return
    head = source.data[:20_000].replace(b"\0", b"").decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    begins = head[:300].casefold()
    if source.data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(f"{source.name} is an old Excel workbook (.xls): save it as .xlsx or CSV first.")
    if begins.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        raise UnreadableFileError(
            f"{source.name} is a web page (HTML), whatever its name ends in: some trackers call such a page Excel. "
            "Export CSV instead, or open it in Excel and save it as .xlsx."
        )
    if begins.startswith(("<?xml", "<rss", "<feed")):
        what = "Jira's XML (RSS)" if "<rss" in head[:2_000] or "jira" in head[:2_000].casefold() else "XML"
        raise UnreadableFileError(f"{source.name} is {what}, which is not read: export CSV instead.")
    if source.kind == "json" and _JIRA.search(head) and '"key"' in head and '"summary"' in head:
        raise UnreadableFileError(
            f"{source.name} is JSON of Jira's REST API, which is not read: export the issues as CSV "
            "(in Jira: Export, CSV, current or all fields)."
        )
