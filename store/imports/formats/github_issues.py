"""GitHub's issues as JSON: ``gh issue list --json ...``, the REST API's list, and ``gh project item-list``."""

from __future__ import annotations

from typing import Any

from store.imports.columns import Dialect
from store.imports.errors import UnreadableFileError
from store.imports.formats.format import Source
from store.imports.formats.github_project import key_in
from store.imports.formats.json_text import JsonText, table_of, words
from store.imports.table import Table

#: in quotes, near the beginning of a file
_TELLS = ('"number"', '"title"', '"labels"', '"assignees"', '"milestone"', '"html_url"', '"body"', '"content"')
#: one of these is in every list of GitHub's
_SURE = ('"number"', '"url"', '"html_url"', '"content"', '"assignees"', '"issueType"')
_DIALECT = Dialect("github", "GitHub issues", {"key": ("issue key",), "points": ("story points", "points")})
#: what a project's item has that is no field of the project
_OWN = frozenset({"content", "id", "title", "labels", "assignees", "milestone", "repository", "status", "url"})
#: when an issue was opened and closed, where that was asked for
_DAYS = {"Created": ("createdAt", "created_at"), "Closed": ("closedAt", "closed_at")}
#: what a project calls its items, which says nothing of the work
_CONTENTS = ("Issue", "DraftIssue")


class GitHubIssues:
    """Issues, each an object in a list."""

    name = "github"
    dialect = _DIALECT

    def recognise(self, source: Source) -> float:
        """By the names that an issue has."""
        if source.kind != "json":
            return 0.0
        head = source.data[:20_000].replace(b"\0", b"").decode("utf-8", "ignore")
        if '"idBoard"' in head or '"prefs"' in head:
            return 0.2
        if '"iid"' in head or not any(tell in head for tell in _SURE):
            # GitLab's issues, or any list.
            return 0.05
        return min(0.9, 0.3 + 0.15 * sum(tell in head for tell in _TELLS))

    def read(self, source: Source) -> Table:
        """The issues as a table. Raises UnreadableFileError with a sentence."""
        text = JsonText(source.text, source.name)
        rows: list[tuple[int, dict[str, str]]] = []
        if text.peek() == "{":
            for name in text.members():
                if name == "items" and text.peek() == "[":
                    rows += self._rows(source, text)
                else:
                    text.value()
        else:
            rows += self._rows(source, text)
        text.end()
        if not rows:
            raise UnreadableFileError(f"{source.name} holds no issues; it should be a list of them.")
        return table_of(source.name, self.name, rows)

    def _rows(self, source: Source, text: JsonText) -> list[tuple[int, dict[str, str]]]:
        rows = []
        for line, issue in source.watch.over("reading", text.elements()):
            if not isinstance(issue, dict):
                raise UnreadableFileError(f"{source.name}, line {line}: an issue should be an object in braces.")
            # The REST API lists pull requests among the issues, and so do projects.
            content = issue.get("content")
            if "pull_request" not in issue and not (isinstance(content, dict) and content.get("type") == "PullRequest"):
                rows.append((line, _cells(issue)))
        return rows


def _cells(issue: dict[str, Any]) -> dict[str, str]:
    """One issue's cells, under names that the import reads."""
    content = issue.get("content")
    fields: dict[str, str] = {}
    if isinstance(content, dict):
        # An item of a project: its fields are beside the issue.
        fields = {name: words(value) for name, value in issue.items() if name not in _OWN}
        issue = {**{name: issue[name] for name in _OWN & issue.keys() if name != "id"}, **content}
    milestone = issue.get("milestone")
    kind = issue.get("issueType") or issue.get("type")
    if kind in _CONTENTS:
        kind = None
    milestone = milestone if isinstance(milestone, dict) else {}
    state = words(issue.get("state"))
    return fields | {
        "Issue key": _key(issue),
        "Title": words(issue.get("title")),
        "Issue type": words(kind),
        "Status": words(issue.get("status")) if state.casefold() != "closed" else state,
        "Labels": words(issue.get("labels")),
        "Assignee": words(issue.get("assignees")).replace(";", ", "),
        "Milestone": words(issue.get("milestone")),
        "Due date": words(milestone.get("dueOn") or milestone.get("due_on")),
        "Description": words(issue.get("body")),
        "Parent": _key(issue.get("parent")),
        "Blocked by": _keys(issue.get("blockedBy")),
        "Blocks": _keys(issue.get("blocking")),
        **{name: words(issue[key]) for name, keys in _DAYS.items() for key in keys if issue.get(key)},
    }


def _key(issue: Any) -> str:
    """An issue's ``owner/repository#12``, or ``#12`` where its address is not there."""
    if not isinstance(issue, dict):
        return ""
    for name in ("url", "html_url"):
        if isinstance(address := issue.get(name), str) and (key := key_in(address)):
            return key
    number = issue.get("number")
    return f"#{number}" if isinstance(number, int) else ""


def _keys(issues: Any) -> str:
    """The keys of linked issues: a list, or an object with one under ``nodes``."""
    if isinstance(issues, dict):
        issues = issues.get("nodes")
    return ";".join(key for each in issues if (key := _key(each))) if isinstance(issues, list) else ""


FORMAT = GitHubIssues()
