"""A strip of the teams across the board: load, net and odds of each, the one that binds marked, and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from scenarios.figures.sizes import format_ew, whole_ew
from scenarios.odds.forecast import Forecast
from store.records import Team
from tui.drawing.canvas import Canvas, Line
from tui.drawing.colours import Palette
from tui.drawing.plain import clip, plain
from tui.drawing.words import odds_percent, teams_sentence

#: Cells between two teams, and of a team's name at most.
_GAP, _NAME = 2, 16


class TeamStrip(Canvas):
    """Shown where there are two teams or more, and where there is a row for it: else the plan's heading has it."""

    DEFAULT_CSS = """
    TeamStrip { height: 2; width: 1fr; display: none; padding: 0 1; }
    TeamStrip.-several { display: block; }
    """

    _forecast: Forecast | None = None

    def show(self, forecast: Forecast) -> None:
        """The teams of a plan; one that is shown already is not drawn again."""
        if forecast is self._forecast:
            return
        self._forecast = forecast
        self.set_class(len(forecast.plan.teams) > 1, "-several")
        self.redraw()

    def draw(self, width: int, height: int) -> list[Strip]:
        """A row of the teams and, where there are two rows, what they are together."""
        forecast, pen = self._forecast, self.palette
        if forecast is None:
            return []
        muted, ground = pen.style("muted"), pen.style()
        rows = [strip_of(forecast, width, pen).strip(width, ground)]
        if height > 1:
            rows.append(Line().add(clip(f" {teams_sentence(forecast)}", width), muted).strip(width, ground))
        return rows


def strip_of(forecast: Forecast, width: int, pen: Palette) -> Line:
    """As much of each team as there is room for, and how many teams there was none for."""
    muted, ground = pen.style("muted"), pen.style()
    words, least, line = said_of_teams(forecast, width), _binding(forecast), Line()
    for team, (name, figures) in words:
        binds = team.id == least
        style: Style = pen.style("text" if forecast.fits else "worse", bold=True) if binds else ground
        line.add(("▸" if binds else " ") + name, style).add(figures, style if binds else muted)
        line.add("", ground, _GAP - 1)
    hidden = len(forecast.plan.teams) - len(words)
    return line.add(f" +{hidden}" if hidden else "", muted)


def _binding(forecast: Forecast) -> int | None:
    """The team with the lowest odds, of those that have something to do."""
    loaded = [team.id for team in forecast.plan.teams if forecast.team_odds[team.id] < 1]
    return min(loaded, key=lambda key: forecast.team_odds[key], default=None)


def said_of_teams(forecast: Forecast, width: int) -> Sequence[tuple[Team, tuple[str, str]]]:
    """What is said of each team (its name, its figures), as much as there is room for; of too many, those whose odds
    are the lowest."""
    teams, odds = forecast.plan.teams, forecast.team_odds
    short = short_names(teams)
    load = {team.id: forecast.plan.load_left_of(team.id) for team in teams}

    def said(team: Team, how: int) -> tuple[str, str]:
        target = forecast.plan.target if forecast.plan.each_team else None
        net, percent = forecast.plan.left_of(team.id), odds_percent(odds[team.id], target)
        name = clip(team.name, _NAME) if how < 2 else short[team.id]
        if how == 0:
            return name, f" {format_ew(load[team.id])}/{format_ew(net)} {percent}"
        return name, f" {whole_ew(load[team.id])}/{whole_ew(net)} {percent}" if how < 3 else f" {percent}"

    found: list[tuple[Team, tuple[str, str]]] = []
    for how in range(4):
        found = [(team, said(team, how)) for team in teams]
        if _cells(found) <= width:
            return found
    lowest = sorted(found, key=lambda each: odds[each[0].id])
    while lowest and _cells(lowest) + len(" +99") > width:
        lowest.pop()
    kept = {team.id for team, _ in lowest}
    return [each for each in found if each[0].id in kept]


def _cells(found: Iterable[tuple[Team, tuple[str, str]]]) -> int:
    return sum(cell_len(name + figures) + _GAP for _, (name, figures) in found)


def short_names(teams: Sequence[Team], width: int = 4) -> Mapping[int, str]:
    """By team id, so many letters of its name, the last one such as tells it from the others."""
    names = {team.id: plain(team.name) for team in teams}
    found = {}
    for key, name in names.items():
        apart = shortest(name, names.values())
        found[key] = clip(name[:width] if len(apart) <= width else apart[: width - 1] + apart[-1], width)
    return found


def shortest(name: str, names: Iterable[str]) -> str:
    """So many first letters of a name as no other one begins with."""
    others = [other.casefold() for other in names if other != name]
    for end in range(1, len(name)):
        if not any(other.startswith(name[:end].casefold()) for other in others):
            return name[:end]
    return name
