"""British and American spellings of a word: ``tumor`` also finds ``tumour``."""

from __future__ import annotations

_SHORTEST = 4
"""The fewest letters of a word with two spellings."""

_VERBS = (
    *("general", "optim", "normal", "local", "character", "visual", "token", "quant", "harmon", "regular", "standard"),
    *("summar", "personal", "binar", "digit", "util", "organ", "recogn", "random", "minim", "maxim", "computer"),
    *("custom", "special", "categor", "anonym", "vector", "factor", "equal", "initial", "parameter", "synthes"),
    *("hospital", "penal", "prior", "emphas", "immun", "crystall", "stabil", "scrutin", "contextual", "discret"),
)
_INSIDE = (
    *((f"{stem}our", f"{stem}or") for stem in ("tum", "col", "behavi", "neighb", "flav", "vap")),
    *((f"{stem}ll{end}", f"{stem}l{end}") for stem in ("labe", "mode", "signa", "cance") for end in "ie"),
    *((f"{stem}is{end}", f"{stem}iz{end}") for stem in _VERBS for end in "eai"),
    *(("analyse", "analyze"), ("analysing", "analyzing"), ("centre", "center"), ("fibre", "fiber")),
    *(("imetre", "imeter"), ("anaem", "anem"), ("leukaem", "leukem"), ("ischaem", "ischem"), ("anaesth", "anesth")),
    *(("gynaec", "gynec"), ("oesophag", "esophag"), ("diarrhoe", "diarrhe"), ("orthopaed", "orthoped")),
    *(("licence", "license"), ("defence", "defense"), ("ageing", "aging"), ("artefact", "artifact")),
    *(("aluminium", "aluminum"), ("manoeuv", "maneuv")),
)
_AT_START = (
    *(("paed", "ped"), ("oedem", "edem"), ("foet", "fet"), ("faec", "fec"), ("caec", "cec"), ("oestr", "estr")),
    *(
        ("grey", "gray"),
        ("labour", "labor"),
        ("favour", "favor"),
        ("sulph", "sulf"),
        ("haemo", "hemo"),
        ("haema", "hema"),
    ),
)
"""British and American spellings at the start of a word, in the order in which they are tried."""


def other_spelling(word: str) -> str:
    """The other spelling, British or American, of a folded word; empty if there is none."""
    if len(word) < _SHORTEST or not word.isascii():
        return ""
    for british, american in _INSIDE:
        if british in word:
            return word.replace(british, american)
        if american in word:
            return word.replace(american, british)
    for british, american in _AT_START:
        if word.startswith(british):
            return american + word[len(british) :]
        if word.startswith(american):
            return british + word[len(american) :]
    return ""
