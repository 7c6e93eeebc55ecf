"""The screen of the overview: charts of entries over time, tasks by modality, and the datasets most used."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from mum_tui.actions import BY_ID
from mum_tui.tui.cells import cell_len, join_fitting
from mum_tui.tui.dialogs.frame import ClosesOnce
from mum_tui.tui.model.layout import Box
from mum_tui.tui.widgets.charts import BarChart, Chart, GridChart, YearsChart
from mum_tui.tui.widgets.query_input import Line
from mum_tui.views.overview import Overview

WIDE, HIGH = 110, 32
"""The fewest columns and lines for two charts side by side and one below."""

TALL = 54
"""The fewest lines for three charts below each other."""

LEAST = 14
"""The fewest lines of the upper charts."""

_HINTS = ("enter filters", "tab next chart", "? keys", "esc closes")

KEYS = (
    ("enter", "Show the entries counted under the cursor"),
    ("tab shift+tab", "Go to the next chart, or the previous one"),
    ("↓ j  ↑ k", "A line down or up"),
    ("→ l  ← h", "A column to the right or left"),
    ("pgdn pgup", "A page"),
    ("g G", "To the first or last line"),
    ("esc q a", "Close"),
)


def chart_boxes(width: int, height: int, at: int, wanted: Sequence[int]) -> list[Box | None]:
    """The boxes of the charts (years, datasets, tasks); None for one that is not shown.

    Args:
        width, height: the columns and lines of the terminal.
        at: the number of the focused chart, which is always shown.
        wanted: the lines that each chart needs.
    """
    room = max(height - 2, 1)
    if width >= WIDE and height >= HIGH:
        lower = min(wanted[2], room - LEAST)
        left, upper = width * 7 // 10, room - lower
        return [Box(0, 1, left, upper), Box(left, 1, width - left, upper), Box(0, 1 + upper, width, lower)]
    if height >= TALL:
        middle, lower = min(wanted[1], room // 3), min(wanted[2], room // 3)
        upper = room - middle - lower
        return [Box(0, 1, width, upper), Box(0, 1 + upper, width, middle), Box(0, 1 + upper + middle, width, lower)]
    return [Box(0, 1, width, room) if number == at else None for number in range(len(wanted))]


class OverviewScreen(ClosesOnce[str | None]):
    """Shows the charts; the result is the query of the chosen number.

    Args:
        counts: the data of the charts.
        total: the number of entries counted.
        counted: the entries counted, in words.
    """

    DEFAULT_CSS = """
    OverviewScreen {
        background: $background;
        & Chart, & Line { position: absolute; }
    }
    """
    BINDINGS = [
        Binding("escape,q", "close", show=False),
        Binding("a", "close", show=False, id=BY_ID["overview"].id),
        Binding("question_mark,f1", "show_keys", show=False, id=BY_ID["help"].id),
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("l,right", "move_across(1)", show=False),
        Binding("h,left", "move_across(-1)", show=False),
        Binding("g,home", "move_to(0)", show=False),
        Binding("G,end", "move_to(1000000)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("ctrl+d", "move(10)", show=False),
        Binding("ctrl+u", "move(-10)", show=False),
        Binding("tab", "change_chart(1)", show=False),
        Binding("shift+tab", "change_chart(-1)", show=False),
        Binding("enter,ctrl+j", "choose", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, counts: Overview, total: int, counted: str) -> None:
        super().__init__()
        self._counted = counted
        self._total = total
        self.heading = Line("accent", id="heading")
        self.status = Line("text", id="status")
        self.years = YearsChart(counts.years, total, True, self.show_position)
        datasets = BarChart("Datasets most used", counts.datasets, "No dataset is recorded.", self.show_position)
        tasks = GridChart(counts.tasks, total, False, self.show_position)
        self.charts: tuple[Chart, ...] = (self.years, datasets, tasks)
        self.at = 0

    def compose(self) -> ComposeResult:
        """Called by Textual."""
        yield from (self.heading, *self.charts, self.status)

    @property
    def chart(self) -> Chart:
        """The focused chart."""
        return self.charts[self.at]

    def on_mount(self) -> None:
        self.on_resize()
        self.set_focus(self.chart)
        self.show_position()

    def on_resize(self) -> None:
        """Place the charts according to the size of the terminal."""
        width, height = self.app.size
        placed = chart_boxes(width, height, self.at, [chart.lines_wanted for chart in self.charts])
        if placed[0] is not None:
            self.years.share(placed[0].height)
        boxes = [Box(0, 0, width, 1), *placed, Box(0, height - 1, width, 1)]
        for widget, box in zip((self.heading, *self.charts, self.status), boxes, strict=True):
            widget.display = box is not None
            if box is not None:
                widget.styles.offset = (box.x, box.y)
                widget.styles.width, widget.styles.height = box.width, box.height
        number = "" if None not in placed else f" · {self.at + 1} of {len(placed)}"
        self.heading.show(f" Overview{number} · {self._counted}")
        self.show_position()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the focused chart if there is room for only one."""
        if isinstance(event.widget, Chart):
            self.at = self.charts.index(event.widget)
            self.on_resize()

    def show_position(self) -> None:
        """Show the number under the cursor, and the keys, in the last line."""
        tally = self.chart.tally
        text = f" {self.chart.position}: {tally.number:,} of {self._total:,}" if tally else ""
        room = self.app.size.width - cell_len(text) - 3
        *keys, closing = _HINTS
        hint = join_fitting(keys, room - cell_len(f" · {closing}"))
        hint = f"{hint} · {closing}"
        if cell_len(hint) > room:
            hint = closing if cell_len(closing) <= room else ""
        self.status.show(text + " " * (self.app.size.width - cell_len(text) - cell_len(hint) - 1) + hint)

    # -- keys

    def action_move(self, lines: int) -> None:
        """Move the cursor up or down."""
        self.chart.move(lines)

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page less a line."""
        self.chart.move(direction * max(self.chart.page - 1, 1))

    def action_show_keys(self) -> None:
        """Show the keys of the charts."""
        from mum_tui.tui.dialogs.keys import keys_of_dialog

        self.app.push_screen(keys_of_dialog(KEYS))

    def action_move_to(self, y: int) -> None:
        """Move the cursor to a line."""
        self.chart.move_to(y)

    def action_move_across(self, columns: int) -> None:
        """Move the cursor to the left or right."""
        self.chart.move_across(columns)

    def action_change_chart(self, step: int) -> None:
        """Go to the next or previous chart."""
        self.at = (self.at + step) % len(self.charts)
        self.on_resize()
        self.set_focus(self.chart)

    def action_choose(self) -> None:
        """Close with the query of the number under the cursor."""
        if tally := self.chart.tally:
            self.dismiss(tally.query)

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def on_row_chosen(self) -> None:
        self.action_choose()
