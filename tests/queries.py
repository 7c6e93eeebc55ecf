"""Queries made by the grammar, with its mistakes, and text that is none."""

from __future__ import annotations

import random
from collections.abc import Sequence

from mum_tui.search.grammar import BY_NAME, FIELDS

VALUES = {
    "year": [
        "2023",
        "20",
        "2022..2024",
        "2022..",
        "..2020",
        ">=2023",
        "<2021",
        ">20",
        "abc",
        "24..22",
        "=2023",
        "2022-2024",
        "2022–",
        "!=2023",
        "",
    ],
    "kind": ["paper", "dataset", "da", "datset", "x", "paper,dataset", "list", "data*"],
    "section": ["sam", "segmentation", "papers", "few", "nowhere"],
    "modality": ["ct", "mr", "mri", '"surgical video"', "histo", "xyz", "xray", '"x ray"', "Ｘ－Ray"],
    "dims": ["2d", "3d", "2", "4d"],
    "task": ["segmentation", '"multi-organ segmentation"', "multiorgan", "regis", "fine", "organ-seg"],
    "anatomy": ["liver", "whole", "brain", '"whole body"', "elbow"],
    "uses": ["btcv", "lits", "landman2015btcv", "flare", "nothing"],
    "usedby": ["liu2023clip", "uniseg", "liu", "zz"],
    "licence": ["mit", "apache", "cc", "none"],
    "has": ["code", "weights", "data", "note", "doi", "wings"],
    "tag": ["sam", "nnu", "mine", "zzz"],
    "status": ["read", "reading", "to-read", "to", "unread"],
    "is": ["bookmarked", "unread", "noted", "read", "b", "nothing", "dataset"],
    "note": ["compare", "a", "zz", '"with the journal"'],
    "author": [
        "zhou",
        '"liu jie"',
        '"jie liu"',
        '"J. Liu"',
        '"zhang y"',
        '"Zhang, Yixiao"',
        "silva-rodriguez",
        '"zhou zw"',
    ],
    "id": ["btcv", "2301.00785", "https://arxiv.org/abs/2301.00785v2", "10.1109/ICCV51070.2023.01934"],
}
WORDS = [*"aeist2-", "ct", "mr", "seg", "segm", "segmentation", "liver", "Rodríguez", "zhou", "2023", "sam", "medsam"]
WORDS += ['"organ segmentation"', '"medical image"', '"of the"', '"n s"', "arxiv", "10.1007", "U-Net", "clip-driven"]
WORDS += [
    '"few shot"',
    '"few-shot"',
    '"u-net: a"',
    '"- -"',
    '"c++"',
    '"jie liu"',
    '"liu j"',
    "“organ segmentation”",
    "wsi",
    "cxr",
]
WORDS += [
    "Rodriguez",
    "Jürgen",
    "müller",
    "strauß",
    "α",
    "α-net",
    "beta",
    "2022..2024",
    "2023-2024",
    "year>2022",
    "kind=dataset",
]
WORDS += [
    "https://arxiv.org/abs/2301.00785v2",
    "arXiv: 2301.00785",
    "@liu2023clip",
    "[@btcv; @liu2023clip]",
    r"\cite{lits}",
]
WORDS += [
    "10.1109/ICCV51070.2023.01934",
    "https://github.com/ljwztc/CLIP-Driven-Universal-Model.git",
    "ljwztc/clip-driven-universal-model",
]
WORDS += ["liu 2023 clip", "lits", "LiTS", "segment*", "+ct", "!ct", "title:(clip OR sam)"]
WORDS += ["segmantation", "livr", "zhuo", "qqqq", "btcv", "cvpr", "(x)", "x)", "c++", "naïve", "医学", "ﬁne", "´"]


def grammatical(random: random.Random, words: Sequence[str] = WORDS, depth: int = 0) -> str:
    """A query as the grammar makes it, now and then broken off."""
    made = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        minus = "-" if random.random() < 0.15 else ""
        kind = random.random()
        if kind < 0.45 or depth > 3:
            made.append(minus + random.choice(words))
        elif kind < 0.8:
            field = random.choice(FIELDS)
            name = random.choice((field.name, *field.short))
            value = random.choice(VALUES.get(field.name, words))
            made.append(f"{minus}{name}:{value}")
        elif kind < 0.9:
            made.append(f"{minus}({grammatical(random, words, depth + 1)})")
        else:
            made.append(random.choice(("OR", "OR", "AND", "NOT", "|", "&&", "||")))
    text = " ".join(made)
    return text[: random.randrange(len(text) + 1)] if random.random() < 0.15 else text


ALPHABET = 'aeicmrst 23-":()*[]{}\\%.,OR<>=\u0301éß医\t\n\x00\ud800|&~!?：“”−«üαø@…'


def any_text(random: random.Random) -> str:
    """Characters that mean something in a query, in no order."""
    pieces = [*ALPHABET, *BY_NAME, " OR ", "kind:", "year:", '"', " -", "(("]
    return "".join(random.choices(pieces, k=random.randrange(16)))


def queries(seed: int, count: int, words: Sequence[str] = WORDS) -> list[str]:
    """So many queries, always the same for a seed; two of three by the grammar."""
    chance = random.Random(seed)
    return [grammatical(chance, words) if number % 3 else any_text(chance) for number in range(count)]
