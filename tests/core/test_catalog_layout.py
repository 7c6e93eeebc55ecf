"""The number of the layout of compiled catalogs is raised whenever their sections change."""

from __future__ import annotations

import zlib

from mum_tui.catalog import compiled_form, load
from mum_tui.catalog.encoded import with_newest_first
from mum_tui.problems import Problem
from mum_tui.search import build

RECORDED = {
    8: 0x38FEF771,
    9: 0x38FEF771,  # DOIs of more pages
}
"""For each layout, the checksum of all sections of ``CATALOG`` compiled. Never change a line; add one."""

CATALOG = b"""
schema: 1
title: A catalog
vocabularies: {tasks: [segmentation, {detection: [finding]}]}
sections:
- {id: models, title: Models, children: [{id: ct, title: CT}]}
- {id: data, title: Data}
entries:
- id: doe2023first
  kind: model
  section: ct
  sections: [data]
  title: A first model of many organs
  name: FirstNet
  aliases: [firstnet]
  authors: ["Doe, Jane", "van Roe, Richard"]
  date: 2023-01-02
  preprint: {id: "2301.00785", primary_class: eess.IV}
  published: {type: article-journal, year: 2024, container: Medical Image Analysis, doi: 10.1234/abc}
  links: [{rel: paper, url: "https://example.org/paper"}, {rel: code, url: "https://github.com/lab/firstnet"}]
  modalities: [CT]
  tasks: [segmentation]
  uses: [{dataset: roe2020data, roles: [train]}, {name: Elsewhere}]
  summary: It segments many organs.
  tags: [prompts]
- id: roe2020data
  kind: dataset
  section: data
  title: Some data
  links: [{rel: dataset, url: "https://example.org/data"}]
  related: [{entry: doe2023first, how: companion}]
  licence: {data: CC-BY-4.0}
- {id: poe2021none, kind: model, section: data, title: No known relation, unknown: key}
"""


def _fingerprint() -> int:
    loaded = with_newest_first(load.parse(CATALOG, "catalog.yaml"))
    sections = {**compiled_form.sections(loaded), **build.sections(loaded.catalog)}
    lines = [f"{name} {zlib.crc32(data)}" for name, data in sorted(sections.items())]
    return zlib.crc32("\n".join([*lines, *Problem._fields]).encode())


def test_other_sections_have_another_layout() -> None:
    layout, fingerprint = compiled_form.LAYOUT, _fingerprint()
    assert RECORDED.get(layout) == fingerprint, (
        f"the sections of compiled catalogs changed: raise LAYOUT in catalog/compiled_form.py, "
        f"and record the new layout with {fingerprint:#x} in RECORDED"
    )
