"""Folding in the tree: by keys, by the mouse, and from one start to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from mum_tui.services import Services
from mum_tui.tui.model.outline import SEARCHES, SHOWN, NodeKind, TreeNode, facet_key, more_key
from mum_tui.tui.widgets.tree import SectionTree
from tests.catalogs import entry, write
from tests.examples import some
from tests.tui.conftest import Browser, Start


def stand_on(browser: Browser, key: str) -> SectionTree:
    """Go to a line of the tree."""
    tree = browser.main.sections
    browser.main.acts.panes.go_to(tree)
    tree.move_to([node.key for node in tree.nodes].index(key))
    assert tree.current.key == key
    return tree


def values(browser: Browser, field: str) -> list[str]:
    return [node.title for node in browser.main.sections.nodes if node.key.startswith(f"{field}:")]


@pytest.mark.parametrize(("opens", "folds"), some([("right", "left"), ("enter", "enter"), ("space", "space")]))
async def test_a_facet_opens_and_folds(start: Start, opens: str, folds: str) -> None:
    async with start() as browser:
        tree = stand_on(browser, facet_key("modality"))
        assert not values(browser, "modality")
        await browser.press(opens)
        first = [name.partition(":")[2] for name in browser.main.index.facets["modality"][:2]]
        assert [value.casefold() for value in values(browser, "modality")[:2]] == [name.casefold() for name in first]
        assert "▾ Modality" in browser.text()
        assert tree.current.key == facet_key("modality")
        await browser.press(folds)
        assert not values(browser, "modality")
        assert "▸ Modality" in browser.text()
        assert browser.main.query_input.value == ""


async def test_left_and_right_go_up_and_down(start: Start) -> None:
    async with start() as browser:
        tree = stand_on(browser, facet_key("kind"))
        await browser.press("right", "right")
        assert tree.current.key == "kind:paper"
        await browser.press("right", "down", "left")
        assert tree.current.key == facet_key("kind")
        await browser.press("left", "left", "left")
        assert tree.current.key == facet_key("kind")
        # In the table the same keys are without effect.
        await browser.press("tab", "right", "left")
        assert browser.main.table.has_focus
        assert not values(browser, "kind")


async def test_the_rest_opens_in_place_and_there_is_a_way_back(start: Start) -> None:
    async with start() as browser:
        tree = stand_on(browser, facet_key("task"))
        await browser.press("right")
        count = len(browser.main.index.facets["task"])
        assert len(values(browser, "task")) == SHOWN["task"] < count
        stand_on(browser, more_key("task"))
        assert f"… {count - SHOWN['task']} more" in browser.text()
        await browser.press("enter")
        assert len(values(browser, "task")) == count
        assert tree.current.kind is NodeKind.MORE
        assert "… fewer" in browser.text()
        await browser.press("left")
        assert len(values(browser, "task")) == SHOWN["task"]
        await browser.press("right")
        assert len(values(browser, "task")) == count
        await browser.press("space")
        assert len(values(browser, "task")) == SHOWN["task"]
        await browser.press("left")
        assert tree.current.key == facet_key("task")


async def test_sections_fold_and_are_still_chosen_by_enter(start: Start) -> None:
    async with start() as browser:
        main = browser.main
        tree = stand_on(browser, "section/papers")
        await browser.press("left")
        assert "section/segmentation" not in {node.key for node in tree.nodes}
        await browser.press("enter")
        assert main.view.scope == "section/papers"
        assert main.table.has_focus
        stand_on(browser, "section/datasets")
        await browser.press("space")
        assert main.view.scope == "section/papers"
        stand_on(browser, "section/abdomen")
        await browser.press("space")
        assert main.view.scope == "section/abdomen"
        stand_on(browser, "section/datasets")
        await browser.press("left")
        shown = [node.title for node in tree.nodes if node.key.startswith("section/")]
        assert shown == ["Papers", "Datasets", "Abdomen"], "what is looked at stays in sight"


async def test_the_mouse_folds_by_the_sign_and_chooses_by_the_title(start: Start) -> None:
    async with start() as browser:
        main, tree = browser.main, browser.main.sections

        async def click(key: str, x: int) -> None:
            y = [node.key for node in tree.nodes].index(key) - tree.top
            await browser.pilot.click(tree, offset=(x, y))
            await browser.pilot.pause()

        await click("section/papers", 1)
        assert "section/segmentation" not in {node.key for node in tree.nodes}
        assert main.view.scope == ""
        await click("section/papers", 1)
        assert "section/segmentation" in {node.key for node in tree.nodes}
        await click("section/fields", 3)
        assert "section/pathology" in {node.key for node in tree.nodes}
        await click("section/fields", 8)
        assert main.view.scope == "section/fields"
        await browser.press("escape")
        await click("section/fields", 3)
        await click(facet_key("kind"), 12)
        assert values(browser, "kind") == [name.partition(":")[2] for name in browser.main.index.facets["kind"]]
        await click("kind:survey", 8)
        assert main.query_input.value == "kind:survey"
        await click(facet_key("kind"), 1)
        assert values(browser, "kind") == ["survey"], "what is chosen stays in sight"
        await click("kind:survey", 8)
        assert main.query_input.value == ""
        assert values(browser, "kind") == []


async def test_a_value_typed_into_the_box_shows_in_its_folded_facet(start: Start) -> None:
    async with start() as browser:
        await browser.press("slash")
        await browser.type("anatomy:pelvis")
        assert values(browser, "anatomy") == ["pelvis"]
        assert "✓ pelvis" in browser.text()
        await browser.press("ctrl+u")
        assert values(browser, "anatomy") == []


async def test_what_is_folded_is_neither_read_nor_counted(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    planted: list[object] = []
    plant = SectionTree.set_nodes

    def counting(tree: SectionTree, nodes: Iterable[TreeNode]) -> None:
        planted.append(tree)
        plant(tree, nodes)

    async with start() as browser:
        main = browser.main
        # "has" is a fixed list of words, the statuses are not the catalog's.
        assert set(main.index.facets._listed) == {"has", "status"}  # noqa: SLF001 - nothing else tells what was read
        monkeypatch.setattr(SectionTree, "set_nodes", counting)
        await browser.press("slash")
        await browser.type("liver")
        counted = set(main.results.counts._counted)  # type: ignore[attr-defined]  # noqa: SLF001
        assert "section/segmentation" in counted
        assert not {key for key in counted if ":" in key}
        assert not planted
        stand_on(browser, facet_key("modality"))
        await browser.press("right")
        await browser.pilot.pause()
        assert "modality:CT" in main.results.counts._counted  # type: ignore[attr-defined]  # noqa: SLF001
        assert len(planted) == 1


async def test_what_is_folded_is_remembered(start: Start, home: Path) -> None:
    async with start() as browser:
        stand_on(browser, facet_key("modality"))
        await browser.press("right")
        stand_on(browser, "section/papers")
        await browser.press("left")
    folds = json.loads((home / "state" / "session.json").read_text())["folds"]
    assert folds == {"facet/modality": True, "section/papers": False}
    async with start() as browser:
        keys = {node.key for node in browser.main.sections.nodes}
        assert "modality:CT" in keys
        assert "section/segmentation" not in keys
        stand_on(browser, facet_key("modality"))
        await browser.press("left")
        stand_on(browser, "section/papers")
        await browser.press("right")
    assert "folds" not in json.loads((home / "state" / "session.json").read_text())


async def test_statuses_are_counted_as_they_are_given(start: Start) -> None:
    async with start() as browser:
        stand_on(browser, facet_key("status"))
        await browser.press("right", "tab", "r", "j", "r", "r")
        lines = [line[:30] for line in browser.lines()]
        at = next(y for y, line in enumerate(lines) if "▾ Status" in line)
        assert [line.split() for line in lines[at + 1 : at + 4]] == [["to-read", "1"], ["reading", "1"], ["read", "·"]]
        stand_on(browser, "status:reading")
        await browser.press("enter")
        assert browser.main.query_input.value == "status:reading"
        assert len(browser.ids()) == 1


async def test_a_value_is_a_text_and_no_markup(start: Start, tmp_path: Path) -> None:
    licence = {"code": "[red]\x1b]0;x\x07 x"}
    catalog = write(tmp_path / "c.yaml", [entry("one", licence=licence, modalities=["[b]CT"])])
    async with start(catalog=catalog) as browser:
        assert Services(catalog).loaded.catalog.entries
        for field in ("licence", "modality"):
            stand_on(browser, facet_key(field))
            await browser.press("right", "right", "enter")
            assert browser.ids() == ["one"]
        assert "✓ [red]" in browser.text()
        assert "✓ [b]CT" in browser.text()
        assert NodeKind.FACET in {node.kind for node in browser.main.sections.nodes}


@pytest.mark.parametrize("size", some([(120, 36), (100, 24), (60, 20), (40, 12)]))
async def test_any_line_can_be_folded_at_any_size(start: Start, home: Path, size: tuple[int, int]) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[searches]\nlivers = "liver"\n')
    async with start(size=size) as browser:
        tree = browser.main.sections
        browser.main.acts.panes.go_to(tree)
        await browser.press("home")
        for _ in range(60):
            browser.main.acts.tree.unfold()
            browser.main.acts.moves.down()
            assert 0 <= tree.cursor - tree.top < tree.page
        assert len(tree.nodes) > 60
        await browser.press("end")
        for _ in range(60):
            browser.main.acts.tree.fold()
            browser.main.acts.tree.fold()
            browser.main.acts.moves.up()
            assert 0 <= tree.cursor - tree.top < tree.page
        stand_on(browser, SEARCHES)
        await browser.press("left")
        assert SEARCHES in {node.key for node in tree.nodes}
