"""Proofreading finds what loading cannot: things listed twice and entries that lack what their kind needs."""

from __future__ import annotations

from typing import Any

import pytest

from mum_tui.catalog.check.proofreading import proofread
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Loaded
from mum_tui.problems import HINT, WARNING, Problem
from tests.catalogs import dump, entry


def full(identifier: str, **keys: Any) -> dict[str, Any]:
    """An entry with nothing to find fault with."""
    return entry(
        identifier, **{"verified": {"level": "two-sources"}, "sources": ["a list"], "date": "2023-01-02", **keys}
    )


def load(*entries: dict[str, Any]) -> Loaded:
    loaded = parse(dump(list(entries)).encode(), "f.yaml")
    assert loaded.problems == ()
    return loaded


def warnings(loaded: Loaded) -> list[Problem]:
    return [problem for problem in proofread(loaded, "f.yaml") if problem.level == WARNING]


def findings(*entries: dict[str, Any]) -> list[Problem]:
    return warnings(load(*entries))


def hints(*entries: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.key, one.message) for one in proofread(load(*entries), "f.yaml") if one.level == HINT]


def preprint(identifier: str, server: str = "arXiv") -> dict[str, Any]:
    return {"preprint": {"id": identifier, "server": server}}


def published(doi: str) -> dict[str, Any]:
    return {"published": {"type": "book", "year": 2023, "doi": doi}}


def record(doi: str) -> dict[str, Any]:
    return {"record": {"publisher": "Zenodo", "year": 2023, "doi": doi}}


def links(*urls: str, rel: str = "paper") -> dict[str, Any]:
    return {"links": [{"rel": rel, "url": url} for url in urls]}


def test_a_good_catalog_has_no_findings() -> None:
    assert findings() == []
    assert findings(full("a"), full("b", kind="dataset", modalities=["CT"])) == []


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"title": "Segment Anything"}, {"title": "Segment anything!"}, "title"),
        ({"title": "Über—alles: Größe"}, {"title": "uber alles  grosse"}, "title"),
        ({"title": "医学"}, {"title": "医学。"}, "title"),
        *(
            ({"title": "Maps of T2 in hearts & lungs"}, {"title": title}, "title")
            for title in (
                "[Retracted] Maps of T2 in hearts & lungs",
                "Maps of T2 in hearts & lungs (Retracted)",
                "WITHDRAWN PAPER: Maps of T2 in hearts & lungs",
                "Maps of T2 in hearts &amp; lungs",
                "Maps of T2 in hearts and lungs",
                "Maps of $T_2$ in hearts & lungs",
                "Maps of T₂ in hearts & lungs",
                "Maps of T<sub>2</sub> in hearts & lungs",
                "<i>Maps</i> of T2 in hearts & lungs",
                "Maps of <math><msub><mi>T</mi><mn>2</mn></msub></math> in hearts & lungs",
            )
        ),
        (preprint("2301.00785"), preprint("2301.00785"), "preprint"),
        (preprint("2301.00785"), preprint("2301.00785v3"), "preprint"),
        (published("10.1000/ABC"), published("10.1000/abc"), "doi"),
        (record("10.1000/abc"), record("10.1000/ABC"), "doi"),
        (published("10.1000/abc"), record("10.1000/abc"), "doi"),
        (links("https://a.b/c"), links("https://x.y", "https://a.b/c"), "links"),
        (links("https://a.b/c"), links("https://a.b/c/"), "links"),
        (links("https://a.b/c"), links("http://www.a.b/c"), "links"),
        (links("https://github.com/Lab/Net"), links("https://github.com/lab/net.git"), "links"),
        (links("https://github.com/Lab/Net"), links("https://github.com/lab/net/tree/main"), "links"),
        (links("https://arxiv.org/abs/2301.00785"), links("https://arxiv.org/pdf/2301.00785v2.pdf"), "links"),
        (links("https://doi.org/10.1000/ABC"), links("http://dx.doi.org/10.1000/abc"), "links"),
        ({"aliases": ["x"]}, {"aliases": ["y", "x"]}, "aliases"),
        ({"aliases": ["b"]}, {}, "aliases"),
        ({}, {"aliases": ["a"]}, "aliases"),
    ],
)
def test_what_two_entries_share_is_found_at_the_second(
    first: dict[str, Any], second: dict[str, Any], what: str
) -> None:
    loaded = load(full("a", **first), full("b", **second))
    (problem,) = (one for one in warnings(loaded) if one.message.startswith("the same"))
    assert (problem.file, problem.key, problem.level) == ("f.yaml", f"b.{what}", WARNING)
    assert problem.line == loaded.lines["b"] > loaded.lines["a"]
    assert problem.message.partition(":")[0] == f"the same {what} as a"
    assert problem.hint


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"title": "Segment Anything"}, {"title": "Segment Anything 2"}),
        ({"title": "Imaging, part 1"}, {"title": "Imaging, part 2"}),
        ({"title": "Erratum: Segment Anything"}, {"title": "Segment Anything"}),
        (preprint("2301.00785"), preprint("2301.00786")),
        (preprint("2301.00785", "arXiv"), preprint("2301.00785", "medRxiv")),
        (published("10.1000/abc"), published("10.1000/abd")),
        (links("https://a.b/c"), links("https://a.b/C")),
        (links("https://a.b/c"), links("https://a.b")),
        ({"name": "Same", "summary": "Same"}, {"name": "Same", "summary": "Same"}),
    ],
)
def test_what_only_looks_alike_is_not_found(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert findings(full("a", **first), full("b", **second)) == []


def paper(**keys: Any) -> dict[str, Any]:
    return {"published": {"type": "article-journal", "year": 2023, "container": "Nature", **keys}}


@pytest.mark.parametrize(
    ("keys", "key", "words"),
    [
        ({"title": 'A "universal" model'}, "title", 'has " in it (write “ and ”)'),
        ({"title": "A model -- a study"}, "title", "has -- in it (write –)"),
        ({"title": "The {CLIP} model"}, "title", "has { in it"),
        ({"title": "The \\emph model"}, "title", "has \\ in it"),
        ({"title": "A model."}, "title", "ends in a full stop"),
        ({"authors": ["Ginneken, Bram van"]}, "authors", "a particle belongs to the family name"),
        (paper(doi="10.1000/abc."), "published.doi", "10.1000/abc. does not look like a whole DOI"),
        (paper(doi="10.1000/a%20b"), "published.doi", "does not look like a whole DOI"),
        (paper(pages="12-34-56"), "published.pages", "is neither pages nor an article number"),
        (paper(pages="pp. 12"), "published.pages", "is neither pages nor an article number"),
        (paper(pages="128-34"), "published.pages", "128-34 runs backwards"),
        (paper(container=""), "published.container", "is missing"),
        (paper(container="Med. Image Anal.", container_short="x"), "published.container", "is abbreviated"),
        (paper(container="Medical Image Analysis"), "published.container_short", "is missing"),
        (paper(title="A -- B"), "published.title", "has -- in it"),
        (preprint("arXiv:2301.00785"), "preprint.id", "is no arXiv number"),
        (preprint("2301.785"), "preprint.id", "is no arXiv number"),
    ],
)
def test_what_would_come_out_wrong_in_a_citation(keys: dict[str, Any], key: str, words: str) -> None:
    (problem,) = findings(full("a", **keys))
    assert (problem.key, problem.level) == (f"a.{key}", WARNING)
    assert words in str(problem)


def test_pages_may_have_numbers_of_any_length() -> None:
    assert findings(full("a", **paper(pages=f"{'9' * 5000}-{'9' * 5000}"))) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"title": "“Universal” models – why not? A well-known k-shot… study"},
        {
            "authors": [
                "van Ginneken, Bram",
                "Do, Richard K. G.",
                "Liu, Jie, Jr.",
                {"organisation": "The MONAI Consortium"},
            ]
        },
        paper(pages="12-34", doi="10.1016/S0140-6736(21)01234-5"),
        paper(pages="e230001"),
        paper(pages="777-791.e7"),
        paper(pages="S1-S12, 14"),
        paper(container="Cancer Cell"),
        paper(container="Medical Image Analysis", container_short="Med. Image Anal."),
        preprint("2301.00785"),
        preprint("cs/0112017"),
        preprint("10.1101/2023.01.02", "medRxiv"),
    ],
)
def test_what_citations_can_be_made_of(keys: dict[str, Any]) -> None:
    assert findings(full("a", **keys)) == []


def test_an_entry_does_not_repeat_itself() -> None:
    own = {
        **published("10.1000/x"),
        **record("10.1000/x"),
        **links("https://a.b", "https://a.b/"),
        "aliases": ["a", "x", "x"],
    }
    assert findings(full("a", **own)) == []


def test_every_repetition_is_told_of_the_first() -> None:
    found = findings(*(full(identifier, title="Same") for identifier in "abc"))
    assert [(problem.key, problem.message) for problem in found] == [
        ("b.title", "the same title as a"),
        ("c.title", "the same title as a"),
    ]


@pytest.mark.parametrize("key", ["authors", "date", "links", "summary", "verified", "sources"])
def test_what_every_entry_needs_is_missed(key: str) -> None:
    given = full("b")
    del given[key]
    loaded = load(full("a"), given)
    (problem,) = warnings(loaded)
    assert (problem.line, problem.key, problem.message, problem.level) == (
        loaded.lines["b"],
        f"b.{key}",
        "is missing",
        WARNING,
    )


@pytest.mark.parametrize(("kind", "missed"), [("dataset", True), ("paper", False), ("tool", False)])
def test_a_dataset_needs_modalities(kind: str, missed: bool) -> None:
    assert [problem.key for problem in findings(full("a", kind=kind))] == ["a.modalities"] * missed


@pytest.mark.parametrize(("kind", "missed"), [("paper", True), ("model", True), ("tool", False), ("list", False)])
def test_tools_and_lists_need_no_authors(kind: str, missed: bool) -> None:
    assert [problem.key for problem in findings(full("a", kind=kind, authors=[]))] == ["a.authors"] * missed


# -- what may be shared


def uses(dataset: str) -> dict[str, Any]:
    return {"uses": [{"dataset": dataset}]}


def related(other: str, how: str) -> dict[str, Any]:
    return {"related": [{"entry": other, "how": how}]}


@pytest.mark.parametrize("tie", [{**uses("x")}, {**related("x", "same-code")}])
def test_tied_entries_may_share_a_link(tie: dict[str, Any]) -> None:
    shared = links("https://github.com/lab/net")
    assert findings(full("x", **shared), full("y", **shared, **tie)) == []
    assert findings(full("y", **shared, **tie), full("x", **shared)) == []
    assert len(findings(full("x", **shared), full("y", **shared, **tie), full("z", **shared))) == 1


def test_a_dataset_and_its_paper_may_share_the_publication_two_papers_may_not() -> None:
    dataset = full("x", kind="dataset", modalities=["CT"], **published("10.1000/x"), title="Same")
    paper = full("y", **published("10.1000/x"), **preprint("2301.00785"), **related("x", "companion"), title="Same")
    assert findings(dataset, paper) == []
    assert [one.key for one in findings({**dataset, "kind": "paper"}, paper)] == ["y.title", "y.doi"]


def test_a_repository_is_shared_with_oneself_but_not_with_strangers() -> None:
    one = full("a", **links("https://github.com/lab/net", rel="code"), authors=["Doe, Jane", "Roe, R."])
    assert findings(one, full("b", **links("https://github.com/lab/net", rel="code"), authors=["Roe, R."])) == []
    (found,) = findings(one, full("b", **links("https://github.com/lab/net", rel="code"), authors=["Poe, E."]))
    assert (found.key, found.message) == ("b.links", "the same links as a: github.com/lab/net")


def test_a_paper_may_link_to_the_dataset_of_its_authors() -> None:
    page = links("https://example.org/data", rel="dataset")
    data = full("a", kind="dataset", modalities=["CT"], **page)
    assert findings(data, full("b", **page)) == []
    assert [one.key for one in findings(data, full("b", **page, authors=["Poe, E."]))] == ["b.links"]
    assert [one.key for one in findings(full("a", **page), full("b", **page))] == ["b.links"]


def test_an_entry_may_point_to_the_page_of_another_as_further_reading() -> None:
    own = full("a", **links("https://example.org/a"))
    pointing = full("b", **links("https://example.org/a", rel="other"), authors=["Poe, E."])
    assert findings(own, pointing) == findings(pointing, own) == []
    assert len(findings(pointing, own, full("c", **links("https://example.org/a"), authors=["Roe, R."]))) == 1


def test_ids_are_nobody_elses_whoever_shares_authors() -> None:
    found = findings(full("a", kind="dataset", modalities=["CT"]), full("b", aliases=["a"]))
    assert [(one.key, one.level) for one in found] == [("b.aliases", WARNING)]


def test_a_portal_that_serves_several_is_only_a_hint() -> None:
    portal = {"links": [{"rel": "download", "url": "https://example.org/all"}]}
    assert findings(full("a", **portal), full("b", **portal)) == []
    assert ("b.links", "the same links as a: example.org/all") in hints(full("a", **portal), full("b", **portal))


# -- one entry at a time


def finding(**keys: Any) -> list[tuple[str, str]]:
    return [(one.key, one.message) for one in findings(full("a", **keys))]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://tinyurl.com/abc", "tinyurl.com only redirects"),
        ("https://bit.ly/abc", "bit.ly only redirects"),
        ("https://aka.ms/abc", "aka.ms only redirects"),
        ("https://www.google.com/url?q=https://a.b", "www.google.com only redirects"),
        ("https://www.google.de/url?sa=t", "www.google.de only redirects"),
        ("https://a.b/c?utm_source=x&id=1&utm_medium=y", "utm_source, utm_medium is for tracking readers"),
        ("https://a.b/c?fbclid=x", "fbclid is for tracking readers"),
        ("https://abc", "names no host"),
        ("https://[bad", "names no host"),
    ],
)
def test_addresses_that_redirect_or_spy(url: str, message: str) -> None:
    assert finding(**links(url)) == [("a.links[1]", message)]


@pytest.mark.parametrize(
    "url",
    ["https://google.com/search?q=url", "https://a.b/url?q=utm_source", "https://notbit.ly/x", "https://a.b/?id=utm_x"],
)
def test_addresses_that_do_not(url: str) -> None:
    assert finding(**links(url)) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Rodr√≠guez", "“√≠” is garbled"),
        ("RodrÃ\xadguez", "is garbled"),
        ("Müller and MÃ¼ller", "“Ã¼” is garbled"),
        ("the patientâ€™s heart", "“â€™” is garbled"),
        ("Images &amp; reports", "“&amp;” is garbled"),
        ('M{\\"u}ller', "is garbled"),
        ("a $\\ell_1$ loss", "is garbled"),
        ("TODO: summary", "is still to be written"),
    ],
)
def test_garbled_text(text: str, part: str) -> None:
    (found,) = finding(summary=text)
    assert found[0] == "a.summary"
    assert part in found[1]


def test_what_an_import_keeps_of_its_file_is_no_text_to_proofread() -> None:
    kept = {"latex": {"e072fad2": '\\"u'}}
    assert finding(csl={"custom": kept}) == []


@pytest.mark.parametrize(
    "text",
    [
        "Müller–Größe",
        "Đorđe Łukasz Ōsaka Pérez-García",
        "naïve “quotes” — dashes…",
        "医学通用模型",
        "α–β ≤ 5 µm²",
        "R&D; C&A",
        "costs $5 to $6",
        "ÆØÅ öäü ßß",
        "Ελληνικά, Кириллица, עברית",
    ],
)
def test_text_that_is_as_it_should_be(text: str) -> None:
    assert finding(summary=text) == []


@pytest.mark.parametrize(
    ("keys", "key", "message"),
    [
        ({**preprint("2304.03493v2")}, "preprint.id", "is written without its version"),
        ({**preprint("2304.0349")}, "preprint.id", "“2304.0349” is no arXiv number"),
        ({**preprint("2313.03493")}, "preprint.id", "“2313.03493” is no arXiv number"),
        (
            {**preprint("2304.03493"), "date": "2023-08-01"},
            "date",
            "2023-08-01 is after the preprint: arXiv 2304.03493",
        ),
        ({**preprint("2304.03493"), "date": "2024"}, "date", "2024 is after the preprint"),
        ({"preprint": {"id": "2304.03493", "date": "2022-01"}}, "preprint.date", "2022-01 is -15 months off"),
        ({"published": {"type": "book", "year": 2022}}, "date", "2023-01-02 is after publication in 2022"),
        (
            {**preprint("2304.03493"), "links": [{"rel": "preprint", "url": "https://arxiv.org/abs/2303.17051"}]},
            "links[1]",
            "leads to arXiv 2303.17051, but preprint.id is 2304.03493",
        ),
        ({"authors": ["Doe, Jane", {"organisation": "et al."}]}, "authors", "“et al.” is no author"),
        ({"authors": ["Doe, Jane and Roe R."]}, "authors", "“Jane and Roe R. Doe” is more than one author"),
        ({**uses("a")}, "uses", "names the entry itself"),
        ({**related("a", "version")}, "related", "names the entry itself"),
    ],
)
def test_what_contradicts_itself(keys: dict[str, Any], key: str, message: str) -> None:
    ((found, said),) = finding(**keys)
    assert found == f"a.{key}"
    assert said.startswith(message)


@pytest.mark.parametrize(
    "keys",
    [
        {**preprint("2304.03493")},
        {**preprint("2304.03493"), "date": "2023-03-31"},
        {**preprint("2304.03493"), "date": "2023"},
        {**preprint("hep-th/9901001")},
        {**preprint("1412.6980"), "date": "2014-12"},
        {**preprint("10.1101/2020.01.01", "medRxiv")},
        {**preprint("2304.03493"), "date": "2024", "kind": "dataset", "modalities": ["CT"]},
    ],
)
def test_what_does_not(keys: dict[str, Any]) -> None:
    assert finding(**keys) == []


def test_relations_that_contradict_each_other() -> None:
    found = findings(full("a", **related("b", "predecessor")), full("b", **related("a", "predecessor")))
    assert [(one.key, one.message) for one in found] == [
        ("b.related", "a is predecessor, but a says predecessor of this one")
    ]
    assert findings(full("a", **related("b", "predecessor")), full("b", **related("a", "successor"))) == []


def test_a_section_without_entries() -> None:
    sections = [{"id": "segmentation", "title": "S"}, {"id": "empty", "title": "E"}]
    loaded = parse(dump([full("a")], sections=sections).encode(), "f.yaml")
    assert [(one.key, one.line) for one in warnings(loaded)] == [("sections.empty", 0)]


@pytest.mark.parametrize(
    ("name", "title", "url", "message"),
    [
        ("MultiTalent", "A multi-dataset approach", "https://github.com/yeerwen/UniSeg", "has the name of b"),
        ("Thing", "Quite another", "https://github.com/lab/zebra", "matches no name in this entry"),
        ("MultiTalent", "A multi-dataset approach", "https://github.com/MIC-DKFZ/MultiTalent", ""),
        ("", "Can SAM segment polyps?", "https://github.com/lab/SAMPolyp", ""),
        ("", "Few-shot fine-tuning of it", "https://github.com/lab/fewshot-finetuning", ""),
    ],
)
def test_repositories_have_a_name_of_their_entry(name: str, title: str, url: str, message: str) -> None:
    others = [full("b", name="UniSeg")]
    found = [
        one
        for one in hints(full("a", name=name, title=title, **links(url, rel="code")), *others)
        if "repository" in one[1]
    ]
    assert [one[1].endswith(message) for one in found] == [True] * bool(message)


def test_hints_for_what_is_often_known() -> None:
    missing = {key for key, message in hints(full("a", kind="dataset", modalities=["CT"])) if "recorded" in message}
    assert missing == {"a.size", "a.access", "a.licence.data"}


def test_markup_and_works_taken_back_are_told_and_number_variants_are_one() -> None:
    kept = 'kind: paper, section: s, authors: ["Doe, J."]'
    text = f"""schema: 1
sections: [{{id: s, title: S}}]
entries:
  - {{id: a, {kept}, title: "A <i>Drosophila</i> study of CO<sub>2</sub>"}}
  - {{id: b, {kept}, title: "RETRACTED: A study of all"}}
  - {{id: c, {kept}, title: Third, preprint: {{id: math.GT/0309136}}}}
  - {{id: d, {kept}, title: A study of all, preprint: {{id: math/0309136}}}}
"""
    found = proofread(parse(text.encode(), "f.yaml"), "f.yaml")
    said = {f"{problem.key}: {problem.message}" for problem in found}
    assert "a.title: has markup in it" in said
    assert "b.title: says that the work was retracted" in said
    assert "d.title: the same title as b" in said
    assert "d.preprint: the same preprint as c" in said
