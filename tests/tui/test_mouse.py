"""What the mouse does."""

from __future__ import annotations

import pytest
from textual.events import Event, Key, MouseDown, MouseEvent, MouseMove, MouseScrollDown, MouseUp
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets._toast import Toast

from mum_tui.tui.dialogs.lists import Dialog
from mum_tui.tui.model.hints import Context, placed
from mum_tui.tui.model.outline import NodeKind
from mum_tui.tui.screen.main import MainScreen
from mum_tui.tui.terminal import key_queue
from mum_tui.tui.terminal.key_queue import KeyQueue
from mum_tui.tui.widgets.rows import RowsView
from mum_tui.tui.widgets.text import TextView
from tests.examples import some
from tests.tui.conftest import Browser, Start


async def drag(browser: Browser, widget: Widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Press the button in one cell of a widget and let it go in another; nothing told before where the mouse is."""
    first, last = (widget.region.offset + place for place in (start, end))
    middle = Offset((first.x + last.x) // 2, (first.y + last.y) // 2)
    events = [(MouseDown, first), (MouseMove, middle), (MouseMove, last), (MouseUp, last)]
    for event, (x, y) in events:
        browser.app.post_message(event(None, x, y, 0, 0, 1, False, False, False, x, y))
        await browser.pilot.pause()


def mouse(kind: type[MouseEvent], widget: Widget, at: tuple[int, int], button: int = 1) -> MouseEvent:
    """A mouse event in one cell of a widget, as the driver makes it."""
    x, y = widget.region.offset + at
    return kind(None, x, y, 0, 0, button, False, False, False, x, y)


def click(widget: Widget, *at: int) -> list[Event]:
    """What the driver makes of a click into one cell of a widget."""
    return [mouse(MouseDown, widget, (at[0], at[1])), mouse(MouseUp, widget, (at[0], at[1]))]


async def send(browser: Browser, *events: Event) -> None:
    """Send all at once, as a slow connection does."""
    for event in events:
        browser.app.post_message(event)
    await browser.until(lambda: not browser.app.message_queue_size)
    await browser.pilot.pause()


async def test_a_key_right_behind_a_click_acts_on_what_was_clicked(start: Start) -> None:
    async with start() as browser:
        table = browser.main.table
        second, sixth, seventh = (browser.ids()[place] for place in (1, 5, 6))
        bookmark = Key("b", "b")
        await send(browser, *click(table, 20, 2), bookmark, *click(table, 20, 5), Key("j", "j"), Key("r", "r"))
        annotations = browser.main.services.library.annotations
        assert list(annotations) == [second, sixth]
        assert annotations[second].bookmarked
        assert annotations[sixth].status == "to-read"
        read = [*click(table, 20, 7), *click(table, 20, 7)]
        await send(browser, *read, Key("escape", "\x1b"), bookmark)
        assert not browser.main.acts.panes.zoomed
        assert annotations[seventh].bookmarked


async def test_a_key_right_behind_the_wheel_or_a_section_acts_after_it(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        sections = main.sections
        y = next(y for y, node in enumerate(sections.nodes) if node.kind is NodeKind.SCOPE and y > 7)
        chosen = sections.nodes[y].key
        wheel = [mouse(MouseScrollDown, main.table, (20, 4), button=0) for _ in range(10)]
        await send(browser, *wheel, *click(main.table, 20, 1), Key("b", "b"))
        assert main.table.cursor > 10
        assert list(main.services.library.annotations) == [browser.current]
        await send(browser, *click(sections, 9, y - sections.top + sections.header_lines), Key("left", None))
        assert main.view.scope == chosen


async def test_a_click_right_behind_a_key_goes_to_the_dialog_that_it_opens(start: Start) -> None:
    async with start() as browser:
        await browser.press("l", "down")
        dialog = browser.app.screen
        assert isinstance(dialog, Dialog)
        assert isinstance(dialog.view, RowsView)
        inside = click(dialog.view, 5, dialog.view.cursor - dialog.view.top + dialog.view.header_lines)
        outside = click(dialog, 0, 0)
        await browser.press("enter")
        chosen = browser.current
        await browser.press("backspace")
        came_from = browser.current
        assert came_from != chosen
        await send(browser, Key("l", "l"), *inside, Key("b", "b"))
        assert isinstance(browser.app.screen, MainScreen)
        assert list(browser.main.services.library.annotations) == [chosen]
        await browser.press("backspace")
        assert browser.current == came_from
        await send(browser, Key("C", "C"), *outside, Key("j", "j"), Key("b", "b"))
        assert isinstance(browser.app.screen, MainScreen)
        assert list(browser.main.services.library.annotations) == [chosen, browser.ids()[1]]


async def test_what_the_mouse_passes_over_holds_up_no_key(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as browser:
        moves = [mouse(MouseMove, browser.main.table, (20, y % 9 + 1), button=0) for y in range(200)]
        waits: list[object] = []
        monkeypatch.setattr(KeyQueue, "_call", lambda *_: waits.append(_))
        await send(browser, *moves, Key("b", "b"))
        assert list(browser.main.services.library.annotations) == [browser.current]
        assert not waits


async def test_a_click_that_nobody_handles_holds_up_keys_only_for_a_while(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "GIVE_UP_SECONDS", 0.05)
    async with start() as browser:
        monkeypatch.setattr(KeyQueue, "_call", lambda *_: None)
        await send(browser, *click(browser.main.table, 20, 4), Key("b", "b"), Key("r", "r"))
        (annotation,) = browser.main.services.library.annotations.values()
        assert annotation.bookmarked
        assert annotation.status == "to-read"


async def test_a_double_click_reads(start: Start) -> None:
    async with start() as browser:
        await browser.pilot.click(browser.main.table, offset=(20, 4), times=2)
        await browser.pilot.pause()
        assert browser.main.acts.panes.zoomed
        assert browser.current == browser.ids()[3]


async def test_a_double_click_in_the_sections_chooses_once(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        main.acts.tree.set_open("facet/kind", on=True)
        await browser.pilot.pause()
        y = next(y for y, node in enumerate(main.sections.nodes) if node.kind is NodeKind.FACET)
        await browser.pilot.click(main.sections, offset=(6, y - main.sections.top), times=2)
        await browser.pilot.pause()
        assert main.view.query == main.sections.nodes[y].key


async def test_a_single_click_reads_nothing(start: Start) -> None:
    async with start() as browser:
        await browser.pilot.click(browser.main.table, offset=(20, 4))
        await browser.pilot.click(browser.main.table, offset=(20, 8))
        assert not browser.main.acts.panes.zoomed
        assert browser.current == browser.ids()[7]


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_every_hint_of_the_last_line_can_be_clicked(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as browser:
        main = browser.main
        called: list[str] = []
        main.action_act = lambda action, number=0: called.append(action)  # type: ignore[method-assign]  # listens
        hints = placed(main.keymap, Context.TABLE, size[0])
        for hint in hints:
            assert browser.lines()[-1][hint.start : hint.end].strip() == hint.text.strip()
            await browser.pilot.click(main.hints, offset=(hint.start + 1, 0))
        assert called == [hint.action for hint in hints]
        await browser.pilot.click(main.hints, offset=(size[0] - 1, 0))
        assert len(called) <= len(hints) + 1


async def test_a_hint_that_is_clicked_acts(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        hint = next(hint for hint in placed(main.keymap, Context.TABLE, 120) if hint.action == "bookmark")
        await browser.pilot.click(main.hints, offset=(hint.start + 2, 0))
        assert list(main.services.library.annotations) == [browser.current]
        await browser.press("enter")
        hint = next(hint for hint in placed(main.keymap, Context.READING, 120) if hint.action == "open-link")
        await browser.pilot.click(main.hints, offset=(hint.start + 1, 0))
        assert isinstance(browser.app.screen, Dialog)


async def test_the_edge_of_the_sections_drags(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        width, scope = main.sections.size.width, main.view.scope
        await drag(browser, main.sections, (width - 1, 5), (width + 9, 7))
        assert main.sections.size.width == width + 10
        assert main.view.scope == scope
        # From the other side, and no further than there is room.
        current = browser.current
        await drag(browser, main.table, (0, 5), (-25, 5))
        assert main.sections.size.width == width - 15
        assert browser.current == current
        before = main.sections.size.width
        await browser.pilot.click(main.table, offset=(0, 5))
        assert browser.current == browser.ids()[4]
        assert main.sections.size.width == before


async def test_the_first_drag_over_the_details_selects_what_it_goes_over(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        assert main.table.has_focus
        detail = main.detail
        y = next(
            y for y, line in enumerate(detail.lines_for(detail.text_width)) if sum(len(t) for t, _ in line.runs) > 40
        )
        text = "".join(text for text, _ in detail.lines_for(detail.text_width)[y].runs)
        at = y + detail.header_lines
        await drag(browser, detail, (3, at), (20, at))
        selected = browser.app.screen.get_selected_text()
        assert selected
        assert selected in text
        assert 15 <= len(selected) <= 19
        await browser.press("ctrl+c")
        await browser.settle()
        assert main.desktop.last_copied == selected
        assert "selected text" in browser.notices()


async def test_what_is_selected_in_a_dialog_is_copied_and_said(start: Start) -> None:
    async with start() as browser:
        await browser.press("question_mark")
        screen = browser.app.screen
        assert isinstance(screen, Dialog)
        await drag(browser, screen.view, (2, 3), (20, 3))
        await browser.press("ctrl+c")
        await browser.settle()
        assert browser.main.desktop.last_copied
        assert "selected text" in browser.notices()


async def test_without_a_selection_ctrl_c_says_how_to_quit(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+c")
        assert "quits" in browser.notices()


async def test_two_clicks_beside_a_dialog_at_once_close_it(start: Start) -> None:
    async with start() as browser:
        await browser.press("ctrl+p")
        for event in (MouseDown, MouseUp, MouseDown, MouseUp):
            browser.app.post_message(event(None, 0, 0, 0, 0, 1, False, False, False, 0, 0))
        await browser.pilot.pause()
        await browser.pilot.pause()
        assert browser.app.screen is browser.main


@pytest.mark.parametrize("key", ["", "C"])
async def test_a_button_pressed_on_what_was_just_removed_is_nothing(start: Start, key: str) -> None:
    async with start() as browser:
        await browser.press(*filter(None, [key]))
        screen = browser.app.screen
        browser.app.notify("Over in a moment")
        await browser.pilot.pause()
        toast = screen.query_one(Toast)
        x, y = toast.region.center
        assert screen.get_widget_and_offset_at(int(x), int(y))[0] is toast
        await toast.remove()
        screen.get_widget_and_offset_at(int(x), int(y))
        browser.app.post_message(MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        assert screen.get_widget_and_offset_at(int(x), int(y))[0] is not toast
        await browser.pilot.pause()
        assert browser.app.is_running


async def test_the_mouse_over_lines_that_are_gone_since_the_last_repaint_is_over_none(start: Start) -> None:
    async with start() as browser:
        detail, table = browser.main.detail, browser.main.table
        x, y = detail.region.x + 2, detail.region.bottom - 1
        detail.set_layout(lambda width: [])
        assert browser.main.get_widget_and_offset_at(x, y)[0] is detail
        table.rows = ()
        assert browser.main.get_widget_and_offset_at(table.region.x + 2, table.region.y + 4)[0] is table


@pytest.mark.parametrize("key", some(["ctrl+p", "O", "question_mark", "C"]))
async def test_a_dialog_that_is_closed_twice_closes_once(start: Start, key: str) -> None:
    async with start() as browser:
        await browser.press(key)
        dialog = browser.app.screen
        assert isinstance(dialog, ModalScreen)
        dialog.dismiss(None)
        dialog.dismiss(None)
        await browser.pilot.pause()
        assert browser.app.screen is browser.main


@pytest.mark.parametrize("key", some(["ctrl+p", "C", "O"]))
async def test_a_dialog_below_another_is_not_closed(start: Start, key: str) -> None:
    async with start() as browser:
        await browser.press(key)
        dialog = browser.app.screen
        assert isinstance(dialog, ModalScreen)
        await browser.press("f1")
        screens = list(browser.app.screen_stack)
        assert screens[:-1] == [browser.main, dialog]
        dialog.dismiss(None)  # by a click that came just before the key
        await browser.pilot.pause()
        assert browser.app.screen_stack == screens
        await browser.press("escape", "escape")
        assert browser.app.screen_stack == [browser.main]


async def test_the_mouse_over_what_was_just_removed_is_over_nothing(start: Start) -> None:
    async with start() as browser:
        await browser.press("C")
        screen = browser.app.screen
        x, y = screen.query_one(TextView).region.offset
        assert screen.get_style_at(x, y).bgcolor
        await screen.query_one(".frame").remove()
        assert not screen.get_style_at(x, y)
        assert not screen.get_style_at(500, 500)
