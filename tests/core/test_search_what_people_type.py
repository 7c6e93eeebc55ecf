"""Queries as people type and paste them, each with the entries it must find, the best first."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.search.annotations import NO_ANNOTATIONS
from mum_tui.search.index import Index
from mum_tui.search.nodes import Term
from mum_tui.search.view import Results, View
from tests.catalogs import entry, index_of

ENTRIES: list[dict[str, Any]] = [
    entry(
        "mueller2024alpha",
        title="Few-shot segmentation with α-matting: a model for whole-slide images",
        name="AlphaSeg",
        authors=["Müller, Jürgen", "Liu, Jie"],
        date="2024-05-01",
        preprint={"server": "arXiv", "id": "2405.01234", "date": "2024-05-01"},
        published={
            "type": "article-journal",
            "title": "Few-shot segmentation with α-matting: a model for whole-slide images",
            "container": "Medical Image Analysis",
            "year": 2024,
            "doi": "10.1016/j.media.2024.103001",
        },
        modalities=["histopathology"],
        links=[
            {"rel": "preprint", "url": "https://arxiv.org/abs/2405.01234"},
            {"rel": "code", "url": "https://github.com/Example-Lab/AlphaSeg"},
        ],
    ),
    entry(
        "mueller2023chest",
        title="Chest radiographs without labels",
        name="ChestNet",
        authors=["Mueller, Anna", "Zhang, Yixiao"],
        date="2023-01-01",
        modalities=["X-ray"],
        summary="Trained on the output of Med3D.",
    ),
    entry("chen2019med3d", title="Transfer learning for 3D medical images", name="Med3D", date="2019-04-01"),
    entry("other2025med3dplus", title="Med3D-Plus beats Med3D at last", name="Med3D-Plus", date="2025-04-01"),
    entry(
        "lits", title="The Liver Tumor Segmentation Benchmark (LiTS)", name="LiTS", kind="dataset", date="2019-01-01"
    ),
    entry("smith2022notes", title='A "quoted" view on models that do NOT fail', date="2022-01-01"),
    entry("more2023notes", title="Why models that do not fail take a quoted view", date="2023-03-01"),
    entry("gu2021swin", title="Few shot learning with Swin UNETR", name="FewSwin", date="2021-03-01"),
    entry(
        "ito2020moved",
        title="Fewshot data set",
        date="2020-03-01",
        links=[{"rel": "code", "url": "https://github.com/new/place", "formerly": "https://github.com/old/place"}],
    ),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(*ENTRIES)


def ids(index: Index, results: Results) -> list[str]:
    return [index.entries[row].id for row in results.rows]


@pytest.mark.parametrize(
    "query",
    [
        "2405.01234",
        "2405.01234v2",
        "arXiv:2405.01234",
        "arxiv:2405.01234v3",
        "https://arxiv.org/abs/2405.01234",
        "https://arxiv.org/abs/2405.01234v2",
        "https://arxiv.org/pdf/2405.01234v1.pdf",
        "http://www.arxiv.org/pdf/2405.01234",
        "https://doi.org/10.48550/arXiv.2405.01234",
        "10.1016/j.media.2024.103001",
        "10.1016/J.MEDIA.2024.103001",
        "doi:10.1016/j.media.2024.103001",
        "DOI: 10.1016/j.media.2024.103001",
        "https://doi.org/10.1016/j.media.2024.103001",
        "http://dx.doi.org/10.1016/j.media.2024.103001",
        "https://github.com/Example-Lab/AlphaSeg",
        "https://github.com/example-lab/alphaseg.git",
        "github.com/Example-Lab/AlphaSeg/tree/main",
        "git@github.com:Example-Lab/AlphaSeg.git",
        "Example-Lab/AlphaSeg",
        "@mueller2024alpha",
        "[@mueller2024alpha]",
        "[@{mueller2024alpha}]",
        r"\cite{mueller2024alpha}",
        " mueller2024alpha ",
        "Mueller2024Alpha",
        "mueller 2024 alpha",
        # Other spellings and pages of the same identifiers.
        "arXiv 2405.01234",
        "arXiv preprint arXiv:2405.01234, 2024",
        '"https://arxiv.org/abs/2405.01234"',
        "https://arxiv.org/abs/2405.01234.",
        "https%3A%2F%2Farxiv.org%2Fabs%2F2405.01234",
        "https://browse.arxiv.org/pdf/2405.01234v1",
        "https://arxiv.org/html/2405.01234v2#S3",
        "https://ar5iv.labs.arxiv.org/html/2405.01234",
        "https://www.alphaxiv.org/abs/2405.01234",
        "https://hf.co/papers/2405.01234",
        "https://www.semanticscholar.org/arxiv/2405.01234",
        "https://www.connectedpapers.com/main/arxiv:2405.01234",
        "see https://arxiv.org/abs/2405.01234",
        "abs/2405.01234",
        "id:https://arxiv.org/abs/2405.01234",
        "url:https://arxiv.org/abs/2405.01234",
        "DOI 10.1016/j.media.2024.103001",
        "doi = {10.1016/j.media.2024.103001},",
        "10.1016%2Fj.media.2024.103001",
        "info:doi/10.1016/j.media.2024.103001",
        "urn:doi:10.1016/j.media.2024.103001",
        "(https://doi.org/10.1016/j.media.2024.103001).",
        "git clone https://github.com/example-lab/alphaseg.git",
        "git+https://github.com/example-lab/alphaseg.git",
        "https://raw.githubusercontent.com/Example-Lab/AlphaSeg/main/README.md",
        "https://api.github.com/repos/Example-Lab/AlphaSeg",
        "https://example-lab.github.io/AlphaSeg/",
        "gh:Example-Lab/AlphaSeg",
        "gh repo clone Example-Lab/AlphaSeg",
        "#mueller2024alpha",
        "[[@mueller2024alpha]]",
        r"\cite {mueller2024alpha}",
        r"\bibitem{mueller2024alpha}",
        ":cite:`mueller2024alpha`",
        "#cite(<mueller2024alpha>)",
        "key:mueller2024alpha",
        "mueller-2024-alpha",
        'id:"mueller 2024 alpha"',
        # Separators, lines of BibTeX, LaTeX, Org, HTML and code, other pages of a work or a repository.
        "arXiv.2405.01234",
        "arxiv_2405.01234",
        "arXiv-2405.01234v2",
        "arxiv/2405.01234",
        "arXiv id 2405.01234",
        "arXiv preprint 2405.01234",
        "arxivid:2405.01234",
        "eprint = {2405.01234},",
        "eprint={2405.01234v1}",
        "url = {https://arxiv.org/abs/2405.01234},",
        r"\url{https://arxiv.org/abs/2405.01234}",
        r"\href{https://arxiv.org/abs/2405.01234}{a model}",
        r"\doi{10.1016/j.media.2024.103001}",
        "[[https://arxiv.org/abs/2405.01234][a model]]",
        "* [a model](https://arxiv.org/abs/2405.01234)",
        "- [a model](https://arxiv.org/abs/2405.01234) - with words behind it",
        '<a href="https://arxiv.org/abs/2405.01234">',
        "<a href='https://arxiv.org/abs/2405.01234'>a model</a>",
        r"~\cite{mueller2024alpha}",
        r"as they say~\citep[p. 3]{mueller2024alpha}.",
        "github://Example-Lab/AlphaSeg",
        "repo:Example-Lab/AlphaSeg",
        'AutoModel.from_pretrained("Example-Lab/AlphaSeg")',
        "https://github.dev/Example-Lab/AlphaSeg",
        "https://deepwiki.com/Example-Lab/AlphaSeg",
        "pip install git+https://github.com/Example-Lab/AlphaSeg.git@v1.0",
        # References as other styles print them.
        'J. Müller et al., "Few-shot segmentation with α-matting: a model for whole-slide images," in X, 2024.',
        "Müller J, Liu J. Few-shot segmentation with α-matting: a model for whole-slide images. Med. 2024;9.",
    ],
)
def test_a_pasted_identifier_finds_its_entry(index: Index, query: str) -> None:
    assert ids(index, index.run(View(query=query))) == ["mueller2024alpha"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # Folding: what is one letter in one language is two in another, and keyboards differ.
        ("müller", {"mueller2024alpha", "mueller2023chest"}),
        ("mueller", {"mueller2024alpha", "mueller2023chest"}),
        ("muller", {"mueller2024alpha"}),
        ("author:müller", {"mueller2024alpha", "mueller2023chest"}),
        ("author:mueller", {"mueller2024alpha", "mueller2023chest"}),
        ("jürgen", {"mueller2024alpha"}),
        ("juergen", {"mueller2024alpha"}),
        ("alpha-matting", {"mueller2024alpha"}),
        ("α-matting", {"mueller2024alpha"}),
        ("title:alpha", {"mueller2024alpha"}),
        # Phrases: punctuation and hyphens do not count.
        ('"few shot"', {"mueller2024alpha", "gu2021swin"}),
        ('"few-shot"', {"mueller2024alpha", "gu2021swin"}),
        ('title:"few shot segmentation"', {"mueller2024alpha"}),
        ('"whole slide"', {"mueller2024alpha"}),
        ('"matting a model"', {"mueller2024alpha"}),
        ('"slide few"', set()),
        # Typographic quotes, colons and dashes.
        ("“few shot”", {"mueller2024alpha", "gu2021swin"}),
        ("„few shot“", {"mueller2024alpha", "gu2021swin"}),
        ("«few shot»", {"mueller2024alpha", "gu2021swin"}),
        ("kind：dataset", {"lits"}),
        ("kind:dataset −liver", set()),
        ("–kind:paper", {"lits"}),
        ("—kind:paper", {"lits"}),
        # Names in either order, and by initials.
        ('author:"liu jie"', {"mueller2024alpha"}),
        ('author:"jie liu"', {"mueller2024alpha"}),
        ('author:"Liu, Jie"', {"mueller2024alpha"}),
        ('author:"J. Liu"', {"mueller2024alpha"}),
        ('author:"Liu J"', {"mueller2024alpha"}),
        ('author:"Liu, J."', {"mueller2024alpha"}),
        ('author:"zhang y"', {"mueller2023chest"}),
        ('author:"liu müller"', set()),
        ('author:"K. Liu"', set()),
        # Values, however they are spelt.
        ("modality:x-ray", {"mueller2023chest"}),
        ("modality:xray", {"mueller2023chest"}),
        ('modality:"x ray"', {"mueller2023chest"}),
        ("modality:X-Ray", {"mueller2023chest"}),
        # Synonyms of the vocabularies.
        ("wsi", {"mueller2024alpha"}),
        ("cxr", {"mueller2023chest"}),
        # Operators of other tools.
        ("segmentation NOT benchmark", {"mueller2024alpha"}),
        ("segmentation AND few", {"mueller2024alpha"}),
        ("segmentation && few", {"mueller2024alpha"}),
        ("liver | chest", {"lits", "mueller2023chest"}),
        ("liver || chest", {"lits", "mueller2023chest"}),
        ("segmentation !benchmark", {"mueller2024alpha"}),
        ("year>2024", {"other2025med3dplus"}),
        ("year>=2024", {"other2025med3dplus", "mueller2024alpha"}),
        ("year<2020", {"chen2019med3d", "lits"}),
        ("year=2023", {"mueller2023chest", "more2023notes"}),
        ("2022..2023", {"mueller2023chest", "smith2022notes", "more2023notes"}),
        ("2022-2023", {"mueller2023chest", "smith2022notes", "more2023notes"}),
        ("year:2022-2023", {"mueller2023chest", "smith2022notes", "more2023notes"}),
        ("type:dataset", {"lits"}),
        ("is:dataset", {"lits"}),
        ("is:code", {"mueller2024alpha", "ito2020moved"}),
        ("modality:x-ray/histopathology", set()),
        ("author: Zhang, kind:paper", {"mueller2023chest"}),
        ("few-s", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("type: dataset", {"lits"}),
        ("kind!=paper", {"lits"}),
        ("kind<>paper", {"lits"}),
        ("kind:!paper", {"lits"}),
        ("year:2022|2021", {"smith2022notes", "gu2021swin"}),
        ("year:2021 - 2022", {"smith2022notes", "gu2021swin"}),
        ("year:[2021 TO 2022]", {"smith2022notes", "gu2021swin"}),
        ("2021 to 2022", {"smith2022notes", "gu2021swin"}),
        ("year:2024+", {"other2025med3dplus", "mueller2024alpha"}),
        ("year: >2024", {"other2025med3dplus"}),
        (">2024", {"other2025med3dplus"}),
        ("2024<=year<2025", {"mueller2024alpha"}),
        ("since:2024", {"other2025med3dplus", "mueller2024alpha"}),
        ("before 2020", {"chen2019med3d", "lits"}),
        ("date>2024", {"other2025med3dplus"}),
        ("year:'24", {"mueller2024alpha"}),
        ("zhang[author]", {"mueller2023chest"}),
        ("AU=(zhang)", {"mueller2023chest"}),
        ("intitle:radiographs", {"mueller2023chest"}),
        ("all:radiographs", {"mueller2023chest"}),
        ("^radiographs$", {"mueller2023chest"}),
        # Hyphen, space or nothing; straight quotes of other tools.
        ("few-shot", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("fewshot", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("few_shot", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("few‑shot", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("title:few-shot", {"mueller2024alpha", "gu2021swin", "ito2020moved"}),
        ("'few shot'", {"mueller2024alpha", "gu2021swin"}),
        ("`few shot`", {"mueller2024alpha", "gu2021swin"}),
        ("swinunetr", {"gu2021swin"}),
        ("swin-unetr", {"gu2021swin"}),
        ("few/learning", {"gu2021swin"}),
        ("dataset -kind:dataset", {"ito2020moved"}),
        ("https://github.com/old/place", {"ito2020moved"}),
        # PubMed, Scopus, Lucene, GitHub, grep, SQL.
        ("radiographs[ti]", {"mueller2023chest"}),
        ("radiographs[Title/Abstract]", {"mueller2023chest"}),
        ('"radiographs"[MeSH Terms]', {"mueller2023chest"}),
        ("zhang y[au]", {"mueller2023chest"}),
        ("2023[dp]", {"mueller2023chest", "more2023notes"}),
        ("2022/01/01:2023/12/31[dp]", {"mueller2023chest", "smith2022notes", "more2023notes"}),
        ("TITLE-ABS-KEY(radiographs)", {"mueller2023chest"}),
        ("AUTH(zhang) AND PUBYEAR > 2022", {"mueller2023chest"}),
        ("TS=(radiographs)", {"mueller2023chest"}),
        ('"whole slide"~3', {"mueller2024alpha"}),
        ("radiographs NEAR/3 labels", {"mueller2023chest"}),
        ("radiographs ADJ labels", {"mueller2023chest"}),
        ("radiographs AROUND(3) labels", {"mueller2023chest"}),
        ("radiographs W/5 labels", {"mueller2023chest"}),
        ("year:[2024 TO *]", {"mueller2024alpha", "other2025med3dplus"}),
        ("year:[* TO 2019]", {"chen2019med3d", "lits"}),
        ("year:{2021 TO 2022}", {"smith2022notes", "gu2021swin"}),
        ("in:title radiographs", {"mueller2023chest"}),
        ("created:>2024", {"other2025med3dplus"}),
        ("pushed:>=2024-01-01", {"mueller2024alpha", "other2025med3dplus"}),
        ("radiographs sort:updated", {"mueller2023chest"}),
        ("-i radiographs", {"mueller2023chest"}),
        ("-E 'radiographs|benchmark'", {"mueller2023chest", "lits"}),
        ("-v kind:paper", {"lits"}),
        ("/radiographs/i", {"mueller2023chest"}),
        (r"\bradiographs\b", {"mueller2023chest"}),
        (r"\<radiographs\>", {"mueller2023chest"}),
        (r"\cRADIOGRAPHS", {"mueller2023chest"}),
        (r"radiographs\s+without", {"mueller2023chest"}),
        ("title LIKE '%radiographs%'", {"mueller2023chest"}),
        ("title contains radiographs", {"mueller2023chest"}),
        ("title =~ radiographs", {"mueller2023chest"}),
        ("author = zhang", {"mueller2023chest"}),
        ("kind != paper", {"lits"}),
        ("kind : dataset", {"lits"}),
        ("--kind:paper", {"lits"}),
        ("``whole slide''", {"mueller2024alpha"}),
        ("radiographs + labels", {"mueller2023chest"}),
        ("¬kind:paper", {"lits"}),
        ("radiographs ∧ labels", {"mueller2023chest"}),
        ("radiographs ∨ benchmark", {"mueller2023chest", "lits"}),
        ("segmentation ANDNOT benchmark", {"mueller2024alpha"}),
        ("segmentation BUT NOT benchmark", {"mueller2024alpha"}),
        ("segmentation EXCEPT benchmark", {"mueller2024alpha"}),
        ("segmentation AND-benchmark", {"mueller2024alpha"}),
        ("segmentation NOT(benchmark)", {"mueller2024alpha"}),
        ("kind:paper;modality:x-ray", {"mueller2023chest"}),
        ("kind:paper,modality:x-ray", {"mueller2023chest"}),
        ("?kind=paper&modality=x-ray", {"mueller2023chest"}),
        ("/kind:dataset", {"lits"}),
        ("kind in (dataset, survey)", {"lits"}),
        ("kind not in (paper, survey)", {"lits"}),
        ("kind:(dataset, survey)", {"lits"}),
        ("radiographs kind:*", {"mueller2023chest"}),
        ("note:*", set()),
        # Years and days.
        ("2021 through 2022", {"smith2022notes", "gu2021swin"}),
        ("year:2021~2022", {"smith2022notes", "gu2021swin"}),
        ("year from 2021 to 2022", {"smith2022notes", "gu2021swin"}),
        ("2024 or later", {"mueller2024alpha", "other2025med3dplus"}),
        ("2024 onwards", {"mueller2024alpha", "other2025med3dplus"}),
        ("2024-present", {"mueller2024alpha", "other2025med3dplus"}),
        ("2019 or earlier", {"chen2019med3d", "lits"}),
        ("pre-2020", {"chen2019med3d", "lits"}),
        ("post-2024", {"other2025med3dplus"}),
        ("year:2023-05", {"mueller2023chest", "more2023notes"}),
        ("2023-05-01", {"mueller2023chest", "more2023notes"}),
        ("since:2024-01-01", {"mueller2024alpha", "other2025med3dplus"}),
        ("newer than 2024", {"other2025med3dplus"}),
        ("prior to 2020", {"chen2019med3d", "lits"}),
        ("year between 2021 and 2022", {"smith2022notes", "gu2021swin"}),
        ("year is 2023", {"mueller2023chest", "more2023notes"}),
        ("year in (2021, 2022)", {"smith2022notes", "gu2021swin"}),
        ("2021-22", {"smith2022notes", "gu2021swin"}),
        ("2021/2022", {"smith2022notes", "gu2021swin"}),
        ("2010s", {"chen2019med3d", "lits"}),
        # Names with titles, several at once, and with more or fewer initials than are known.
        ('author:"Dr. Jie Liu"', {"mueller2024alpha"}),
        ('author:"Jie Liu, PhD"', {"mueller2024alpha"}),
        ('author:"Liu JX"', {"mueller2024alpha"}),
        ('author:"Liu, Jie Xin"', {"mueller2024alpha"}),
        ("author:JieLiu", {"mueller2024alpha"}),
        ("author:liujie", {"mueller2024alpha"}),
        ('author:"Yi Xiao Zhang"', {"mueller2023chest"}),
        ('author:"Müller and Liu"', {"mueller2024alpha"}),
        ('author:"Müller J, Liu J"', {"mueller2024alpha"}),
        ('author:"Müller; Liu"', {"mueller2024alpha"}),
        ("Y. Zhang", {"mueller2023chest"}),
        ("Zhang, Y.", {"mueller2023chest"}),
        ("Zhang et al., 2023", {"mueller2023chest"}),
        ("Zhang et al 2023", {"mueller2023chest"}),
        # Values in other words, venues by the beginnings of their words.
        ("has:github", {"mueller2024alpha", "ito2020moved"}),
        ("is:starred", set()),
        ("kind:article -kind:paper", set()),
        ('venue:"Med Image Anal"', {"mueller2024alpha"}),
        # British and American.
        ("tumour", {"lits"}),
        ('"liver tumour"', {"lits"}),
        ("title:tumour", {"lits"}),
        ("mueller2024alpha lits", {"mueller2024alpha", "lits"}),
    ],
)
def test_the_results_of_a_query(index: Index, query: str, expected: set[str]) -> None:
    assert set(ids(index, index.run(View(query=query)))) == expected


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Med3D", "chen2019med3d"),
        ("med3d", "chen2019med3d"),
        ("MED3D", "chen2019med3d"),
        ("lits", "lits"),
        ("chestnet", "mueller2023chest"),
    ],
)
def test_an_exact_short_name_comes_first(index: Index, query: str, first: str) -> None:
    assert ids(index, index.run(View(query=query)))[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Ark", "ma2023ark"),
        ("ark", "ma2023ark"),
        ("Ark+", "ma2025arkplus"),
        ("Doe, J. et al. (2019). CheXpert. Some Journal, 3(1), 1-2.", "irvin2019chexpert"),
        ("Doe, J. et al. (2020). CAT: Coordinating prompts. A Journal, 3(1), 1-2.", "doe2020cat"),
    ],
)
def test_an_exact_short_name_or_title_ranks_before_longer_ones(query: str, first: str) -> None:
    there = index_of(
        entry("ma2023ark", title="A model one", name="Ark", date="2023-03-02"),
        entry("ma2025arkplus", title="A model two", name="Ark+", date="2025-03-02"),
        entry("irvin2019chexpert", title="CheXpert", name="", date="2018-03-02"),
        entry("other2022chexpert", title="CheXpert plus", name="", date="2022-03-02"),
        entry("doe2020cat", title="CAT: Coordinating prompts", name="CAT", date="2018-03-02"),
    )
    assert ids(there, there.run(View(query=query)))[0] == first


@pytest.mark.parametrize(
    "title",
    [
        'A "quoted" view on models that do NOT fail',
        "A quoted view on models that do NOT fail",
        "view on models that do NOT fail",
        "“A quoted view on models that do NOT fail.”",
    ],
)
def test_a_pasted_title_finds_its_entry_first(index: Index, title: str) -> None:
    assert ids(index, index.run(View(query=title)))[0] == "smith2022notes"


def test_a_sign_between_single_letters_does_not_match_every_text(index: Index) -> None:
    assert not index.finder.rows(Term("s&t"), index.annotated(NO_ANNOTATIONS))


def test_a_query_read_as_a_title_gets_a_hint(index: Index) -> None:
    results = index.run(View(query="A quoted view on models that do NOT fail"))
    assert [hint.message for hint in results.hints] == ["read as a title: capitals and signs in it are not operators"]


def test_ignoring_the_words_around_an_identifier_gives_a_hint(index: Index) -> None:
    results = index.run(View(query="git clone https://github.com/example-lab/alphaseg"))
    assert [hint.message for hint in results.hints] == [
        "no entry matches everything; showing github.com/example-lab/alphaseg"
    ]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("arxiv:2405.01243", "no entry has the arXiv number 2405.01243 (did you mean 2405.01234?)"),
        ("nobody/nothing", "no entry links to a repository nobody/nothing"),
        ("mueller2024alhpa", 'No match for "mueller2024alhpa"; showing mueller2024alpha'),
        ("radiographs NEAR/3 labels", "NEAR/3 is read as AND; the distance between words is ignored"),
        ("-i radiographs", "-i is ignored: case never matters, and -word excludes a word"),
        ("radiographs WITHOUT benchmark", "WITHOUT is read as NOT; in lower case it is an ordinary word"),
        ("-v kind:paper", "-v is read as NOT; -word also excludes a word"),
        ("in:title radiographs", "in:title is ignored; title:liver searches titles, liver searches everywhere"),
        ('author:"Liu JX"', 'No match for author:"liu jx"; showing liu j'),
        ("sort:year", "sort: is not part of a query; press s to sort, or use --sort and --limit in the shell"),
        ("info:x", "there is no field info; it is searched for as a word"),
    ],
)
def test_a_query_gets_exactly_one_hint(index: Index, query: str, hint: str) -> None:
    assert [hint.message for hint in index.run(View(query=query)).hints] == [hint]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("foo:bar", "there is no field foo"),
        ("kind:model", "no entry is a model; kinds: "),
        ("NOT", "NOT excludes the word after it"),
        ("segmentation AND", "AND needs a second term"),
    ],
)
def test_a_query_that_makes_no_sense_gets_a_hint(index: Index, query: str, hint: str) -> None:
    messages = [hint.message for hint in index.run(View(query=query)).hints]
    assert any(message.startswith(hint) for message in messages), messages


@pytest.mark.parametrize(
    "pair",
    [
        *("tumor tumour", "colour color", "labeling labelling", "modelled modeled", "paediatric pediatric"),
        *(
            "haemorrhage hemorrhage",
            "oesophagus esophagus",
            "ischemia ischaemia",
            "fetal foetal",
            "multicenter multicentre",
        ),
        *("generalization generalisation", "optimize optimise", "fibre fiber", "license licence", "grey gray"),
    ],
)
def test_a_word_matches_in_british_and_american_spelling(pair: str) -> None:
    one, other = pair.split()
    there = index_of(entry("a2020b", title=f"The {one} of it"))
    for word in (one, other, f'"the {other}"', f"title:{other}"):
        assert ids(there, there.run(View(query=word))) == ["a2020b"]


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("mueler2024alpha", "mueller2024alpha"),
        ("meuller2024alpha", "mueller2024alpha"),
        ("nueller2024alpha", "mueller2024alpha"),
        ("mueller2024aplha", "mueller2024alpha"),
        ("hcen2019med3d", "chen2019med3d"),
        ("chen2018med3d", "chen2019med3d"),
        ("ltis", "lits"),
    ],
)
def test_a_mistyped_id_is_compared_with_whole_ids(index: Index, mistyped: str, meant: str) -> None:
    assert index.row_by_id.near(mistyped)[0] == meant


@pytest.fixture(scope="module")
def people() -> Index:
    neurips = {"type": "paper-conference", "container": "Advances in Neural Information Processing Systems"}
    cvpr = {"type": "paper-conference", "container": "CVPR 2021"}
    iccv = {"type": "paper-conference", "container": "ICCV 2020"}
    return index_of(
        entry("hyphen2024", title="One", authors=["Chen, Jie-Neng", "Zhou, Wei"], date="2024-01-01"),
        entry("joined2023", title="Two", authors=["Chen, Jieneng"], date="2023-01-01"),
        entry("spaced2022", title="Three", authors=["Chen, Jie Neng"], date="2022-01-01", published=neurips),
        entry("apart2021", title="Four", authors=["Chen, Jie", "Neng, Wei"], date="2021-01-01", published=cvpr),
        entry("double2020", title="Five", authors=["Ben-Ayed, Jean-Pierre"], date="2020-01-01", published=iccv),
    )


SAME_PERSON = {"hyphen2024", "joined2023", "spaced2022"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # A double name with a hyphen, a space or nothing between its parts.
        ('author:"Jieneng Chen"', SAME_PERSON),
        ('author:"Jie-Neng Chen"', SAME_PERSON),
        ('author:"Jie Neng Chen"', SAME_PERSON),
        ('author:"Chen, Jieneng"', SAME_PERSON),
        ('author:"Chen, Jie-Neng"', SAME_PERSON),
        ('author:"Chen Jien"', {"hyphen2024", "joined2023"}),
        ('"Jieneng Chen"', SAME_PERSON),
        ('"Chen Jie-Neng"', SAME_PERSON),
        ('author:"Benayed"', {"double2020"}),
        ('author:"Jeanpierre Benayed"', {"double2020"}),
        ('author:"Jean Pierre Ben Ayed"', {"double2020"}),
        ('"J.-P. Ben-Ayed"', {"double2020"}),
        # Two words stay a first name and a family name.
        ('author:"Jie Neng"', {"hyphen2024", "spaced2022"}),
        ('author:"Wei Neng"', {"apart2021"}),
        # Several values.
        ("author:zhou,ayed", {"hyphen2024", "double2020"}),
        ("author:zhou;ayed", {"hyphen2024", "double2020"}),
        ('author:"Wei Zhou","Ben Ayed"', {"hyphen2024", "double2020"}),
        ('author:"Wei Zhou"|"Ben Ayed"', {"hyphen2024", "double2020"}),
        ('-author:"Wei Zhou","Ben Ayed"', {"joined2023", "spaced2022", "apart2021"}),
        ("venue:cvpr,iccv", {"apart2021", "double2020"}),
        ('venue:"CVPR","ICCV 2020"', {"apart2021", "double2020"}),
        ("id:joined2023,apart2021", {"joined2023", "apart2021"}),
        ("title:one,two", {"hyphen2024", "joined2023"}),
        ("author:zhou,w.", {"hyphen2024"}),
        # Venues by their initials.
        ("venue:nips", {"spaced2022"}),
        ("nips", {"spaced2022"}),
        ("anips", {"spaced2022"}),
    ],
)
def test_people_and_venues_in_other_spellings(people: Index, query: str, expected: set[str]) -> None:
    results = people.run(View(query=query))
    assert {*ids(people, results)} == expected
