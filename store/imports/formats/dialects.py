"""Tables of trackers and roadmap tools that need nothing but names: a row each, with where its shape is from.

Where no export of a tool is public, the shape is that of what reads it, or of the tool's own screens ("from memory").
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from store.imports.columns import Dialect, Field, Unit
from store.imports.formats.format import Tabular
from store.imports.formats.own_figures import with_own_figures
from store.imports.formats.schedules import with_summaries
from store.imports.formats.subitems import with_subitems
from store.imports.table import Table


def _tool(
    name: str,
    words: str,
    needs: tuple[str, ...],
    tells: str,
    columns: Mapping[Field, tuple[str, ...]],
    seconds: Unit = "",
    finish: Callable[[Table], Table] = lambda table: table,
) -> Tabular:
    """A tool's table: in each of ``needs`` one of several names (apart by ``|``) is there; so are ``tells``."""
    return Tabular(
        Dialect(name, words, columns, seconds),
        needs=tuple(frozenset(each.split("|")) for each in needs),
        tells=frozenset(tells.split("|")),
        finish=finish,
    )


DIALECTS: tuple[Tabular, ...] = (
    # linear/linear, packages/import: AsanaCsvImporter; headers in public code that reads Asana's exports.
    _tool(
        "asana", "an Asana export", ("task id", "name", "section column|completed at"),
        "created at|completed at|last modified|section column|assignee email|projects|parent task",
        {"title": ("name",), "key": ("task id",), "status": ("section column",), "parent": ("parent task",),
         "hours": ("estimated time", "time estimate"), "component": ("projects",), "finished": ("completed at",),
         "blocked_by": ("blocked by dependencies",), "blocks": ("blocking dependencies",), "note": ("notes",)},
    ),
    # linear/linear, packages/import: ClickupCsvImporter. Times are milliseconds.
    _tool(
        "clickup", "a ClickUp export", ("task id", "task name", "list name|task content|time estimated|parent id"),
        "task content|list name|folder name|space name|time estimated|parent id|date created text",
        {"title": ("task name",), "key": ("task id", "task custom id"), "parent": ("parent id",),
         "note": ("task content",),
         "owner": ("assignees", "assignee"), "due": ("due date", "due date text"), "seconds": ("time estimated",),
         "component": ("list name",), "label": ("tags",), "points": ("sprint points", "points")},
        seconds="milliseconds",
    ),
    # linear/linear, packages/import: ShortcutCsvImporter.
    _tool(
        "shortcut", "a Shortcut export", ("id", "name", "is completed|epic id|requester|requestor", "estimate",
        "state"),
        "is completed|is archived|epic id|iteration id|owners|story type|type|external tickets|workflow|utc offset",
        {"title": ("name",), "key": ("id",), "points": ("estimate",), "owner": ("owners",), "status": ("state",),
         "type": ("type", "story type"), "component": ("project",), "parent": ("epic",), "due": ("due date",
         "deadline"),
         "finished": ("is completed", "completed at", "is archived")},
    ),
    # linear/linear, packages/import: PivotalCsvImporter; useshortcut/api-cookbook, pivotal-import.
    _tool(
        "pivotal", "a Pivotal Tracker export", ("id", "title", "current state"),
        "iteration|current state|accepted at|requested by|owned by|estimate|task status|blocker",
        {"title": ("title",), "key": ("id",), "points": ("estimate",), "status": ("current state",),
         "owner": ("owned by",),
         "due": ("deadline",), "finished": ("accepted at",), "blocked_by": ()},
    ),
    # GitLab's documentation, "Export issues to CSV" (app/services/issues/export_csv_service.rb) and "Issues API" for
    # the JSON of it. Times are seconds.
    _tool(
        "gitlab", "a GitLab export", ("issue id|iid", "title", "url|web url", "state",
        "weight|time estimate|closed at utc|author"),
        "issue id|iid|author username|confidential|locked|created at utc|closed at utc|weight|time estimate|parent iid",
        {"title": ("title",), "key": ("issue id", "references full", "iid"), "points": ("weight",),
         "seconds": ("time estimate", "time stats time estimate"), "owner": ("assignees", "assignee",
         "assignee username"), "type": ("issue type", "type"),
         "finished": ("closed at utc", "closed at"), "parent": ("parent iid", "epic")},
        seconds="seconds",
    ),
    # JetBrains' documentation of YouTrack names the fields; the order of the columns is from memory.
    _tool(
        "youtrack", "a YouTrack export", ("issue id|id", "summary", "state|stage",
        "estimation|subsystem|reporter|resolved"),
        "issue id|estimation|subsystem|fix versions|affected versions|fixed in build|spent time|resolved|reporter",
        {"title": ("summary",), "key": ("issue id", "id"), "size": ("estimation", "estimate"), "status": ("state",
                   "stage"),
         "component": ("subsystem",), "finished": ("resolved",), "label": ("tags",),
         "parent": ("subtask of", "parent for")},
    ),
    # Headers of Redmine's issue list in public code that reads its CSV (md2workflow, redmine_csv).
    _tool(
        "redmine", "a Redmine export", ("number", "subject", "tracker"),
        "tracker|parent task|target version|estimated time|percent done|spent time|related issues|author",
        {"title": ("subject",), "key": ("number",), "type": ("tracker",), "hours": ("estimated time",),
         "parent": ("parent task",),
         "component": ("category",), "finished": ("closed",), "complete": ("percent done",), "blocked_by": ()},
    ),
    # opf/openproject: docs/user-guide/work-packages/exporting/csv, and app/models/work_package/exports/formatters
    # (compound_hours.rb, done_ratio.rb): "8h · Σ 24h", "30% · Σ 50%". The columns are those of the view.
    _tool(
        "openproject", "an OpenProject export", ("id", "subject",
        "work|estimated time|finish date|accountable|percent complete"),
        "type|work|estimated time|finish date|accountable|percent complete|remaining work|version|parent",
        {"title": ("subject",), "key": ("id",), "hours": ("work", "estimated time"), "due": ("finish date", "due date"),
         "component": ("category", "project")},
        finish=with_own_figures,
    ),
    # Headers of Trello's CSV export in public code that reads it.
    _tool(
        "trello-csv", "a Trello export", ("card name", "list name|card id"),
        "card id|card url|card description|list name|board name|archived|due complete|members",
        {"title": ("card name",), "key": ("card id",), "status": ("list name",), "owner": ("members",),
         "note": ("card description",), "finished": ("archived", "due complete")},
    ),
    # Atlassian's documentation, "Export a plan as CSV": fields of an Advanced Roadmaps plan.
    _tool(
        "jira-plans", "a Jira plan", ("title|work item|issue", "hierarchy",
        "work item key|issue key|work item status|issue status"),
        "hierarchy|work item key|work item status|estimates d|target start|target end|issue key|issue status|sprint",
        {"title": ("title", "work item", "issue"), "key": ("work item key", "issue key"), "type": ("hierarchy",),
         "status": ("work item status", "issue status"), "due": ("target end", "due date"),
         "days": ("estimates d", "estimate d"), "points": ("estimates sp", "story points")},
    ),
    # Public code that reads Productboard's exports: of features (entity_name, entity_uuid, status_name, pb_url), of
    # notes with their features (feature_name, feature_id, parent_feature_id); what else there is, users have named.
    _tool(
        "productboard", "a Productboard export", ("feature name|entity name",),
        "feature name|feature id|effort|product|component|drivers|entity uuid|status name|pb url|parent feature id",
        {"title": ("feature name", "entity name"), "key": ("feature id", "entity uuid", "entity id", "id"),
         "status": ("feature status", "status name", "status"), "owner": ("feature owner", "owner name", "owner"),
         "parent": ("parent feature", "parent feature id", "parent name", "parent"), "component": ("component",)},
    ),
    # Headers of Aha!'s lists and reports in public code that reads them: what a row is stands before each field.
    _tool(
        "aha", "an Aha! export", ("feature name", "feature reference|feature status"),
        "feature reference|feature name|feature status|feature assigned to|feature due date|epic name|release name|"
        "initiative name|feature end date",
        {"title": ("feature name",), "key": ("feature reference", "feature id"), "status": ("feature status",),
         "owner": ("feature assigned to", "feature assigned to user", "feature assignee"),
         "due": ("feature due date", "feature end date"), "note": ("feature description",), "type": ("feature type",),
         "label": ("feature tags",), "points": ("feature original estimate points",),
         "size": ("feature initial estimate", "feature original estimate", "effort t shirt size"),
         "parent": ("epic reference", "epic name")},
    ),
    # The same of what is called an epic today, and was a master feature.
    _tool(
        "aha-epics", "an Aha! export of epics", ("master feature name|epic name",
        "master feature reference|master feature status|epic reference|epic status"),
        "master feature reference|master feature name|master feature status|workspace name|epic reference|epic status|"
        "initiative name",
        {"title": ("epic name", "master feature name"), "key": ("epic reference", "master feature reference"),
         "status": ("epic status", "master feature status"),
         "owner": ("epic assigned to", "master feature assigned to"),
         "due": ("epic due date", "epic end date", "master feature due date"), "note": ("epic description",),
         "label": ("epic tags",), "size": ("epic initial estimate", "master feature initial estimate"), "parent": ()},
    ),
    # Public code that reads a board's Excel file, with a fixture of it: title and group above a header that each group
    # has again, subitems one column further right under a header of their own.
    _tool(
        "monday", "a Monday board", ("name", "subitems|item id auto generated", "person|owner|people|status"),
        "name|subitems|person|item id auto generated|status|timeline end|last updated",
        {"title": ("name",), "key": ("item id auto generated", "item id"), "owner": ("person", "owner", "people"),
         "due": ("timeline end", "due date", "date"), "status": ("status",)},
        finish=with_subitems,
    ),
    # Microsoft Project, "Save as CSV": the header of its task table in public code that holds such a file. Work is what
    # a task takes, its duration only where no work is planned; a number without a unit is minutes, as in its macros.
    _tool(
        "ms-project", "a Microsoft Project table", ("name|task name", "duration|work",
        "task mode|outline level|percent complete", "active|task mode|summary|unique id"),
        "active|task mode|outline level|resource names|predecessors|percent complete|baseline work|milestone|summary",
        {"title": ("task name", "name"), "key": ("unique id", "id"), "id": ("id",), "seconds": ("work", "duration"),
         "owner": ("resource names",), "due": ("finish", "finish date"), "status": (), "size": ()},
        seconds="minutes", finish=with_summaries,
    ),
)  # fmt: skip
