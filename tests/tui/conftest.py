"""A browser under test: started without a terminal, read as the lines it shows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.strip import Strip

from mum_tui.keymap import make_keymap
from mum_tui.services import Services
from mum_tui.tui.app import MumApp
from mum_tui.tui.screen.main import MainScreen


class Browser:
    """The app, its pilot, and what is on the screen."""

    def __init__(self, app: MumApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and let the app settle."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text, character by character."""
        names = {" ": "space", ":": "colon", "-": "minus", "[": "left_square_bracket", "]": "right_square_bracket"}
        await self.press(*[names.get(char, char) for char in text])

    async def settle(self) -> None:
        """Wait for workers and threads (saving, copying, opening) and for what they say."""
        await asyncio.to_thread(self.main.acts.annotations.writer.close)
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something holds, which takes a while on a busy machine."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.text()
            await self.pilot.pause(0.02)

    def lines(self) -> list[str]:
        """The screen as text, a string a line."""
        return [strip.text.rstrip() for strip in self.strips()]

    def strips(self) -> list[Strip]:
        """The screen as Textual paints it, a strip a line."""
        return self.app.screen._compositor.render_strips()  # noqa: SLF001 - Textual tells it no other way

    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines())

    def notices(self) -> str:
        """Everything said in notices so far."""
        return "\n".join(notice.message for notice in self.notifications())

    def notifications(self) -> list[Notification]:
        """The notices on the screen."""
        return list(self.app._notifications)  # noqa: SLF001 - Textual tells it no other way

    def ids(self) -> list[str]:
        """The ids of the entries in the table, in order."""
        return [self.main.index.entries[row].id for row in self.main.table.rows]

    @property
    def current(self) -> str:
        """The id of the current entry."""
        assert self.main.entry
        return self.main.entry.id


Start = Callable[..., AbstractAsyncContextManager[Browser]]


@pytest.fixture(scope="session")
def styles_parsed_once() -> Iterator[None]:
    """Each browser has the same style sheets as the one before: those of a theme are parsed for the first of them."""
    parsed: dict[Hashable, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules  # noqa: SLF001 - Textual keeps what it parsed for one app

    def parse_rules(self: Stylesheet, *source: Hashable, **more: Hashable) -> list[RuleSet]:
        key = source, *more.items(), *self._variables.items()
        if key not in parsed:
            parsed[key] = parse(self, *source, **more)  # type: ignore[arg-type]
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_rules)
        yield


@pytest.fixture
def start(installed: None, styles_parsed_once: None) -> Start:
    """Starts a browser: ``async with start(size=(80, 24), catalog=path) as browser``."""

    @asynccontextmanager
    async def start(
        size: tuple[int, int] = (120, 36),
        catalog: Path | None = None,
        theme: str = "",
        environ: dict[str, str] | None = None,
    ) -> AsyncIterator[Browser]:
        import os

        services = Services(catalog, {**os.environ, **(environ or {})})
        app = MumApp(services, make_keymap(services.config.keys), theme)
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            yield Browser(app, pilot)
        app.save_all()

    return start
