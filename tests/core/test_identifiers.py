"""Identifiers in the spellings in which people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mum_tui import identifiers
from mum_tui.identifiers import in_records, named_in, read, repositories

ARXIV = "arxiv:2405.01234"
DOI = "doi:10.1016/j.media.2024.103001"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("2405.01234", ARXIV),
        ("arXiv:2405.01234v3", ARXIV),
        ("arXiv: 2405.01234 [cs.CV]", ARXIV),
        ("https://arxiv.org/abs/2405.01234?context=cs", ARXIV),
        ("<http://www.arxiv.org/pdf/2405.01234v1.pdf>", ARXIV),
        ("arxiv.org/html/2405.01234v2#S3", ARXIV),
        ("https://huggingface.co/papers/2405.01234", ARXIV),
        ("https://www.alphaxiv.org/abs/2405.01234", ARXIV),
        ("https://doi.org/10.48550/arXiv.2405.01234", ARXIV),
        ("hep-th/9901001v1", "arxiv:hep-th/9901001"),
        ("10.1016/J.Media.2024.103001", DOI),
        ("DOI: 10.1016/j.media.2024.103001", DOI),
        ("doi:https://doi.org/10.1016/j.media.2024.103001", DOI),
        ("http://dx.doi.org/10.1016/j.media.2024.103001.", DOI),
        ("https://www.sciencedirect.com/x?doi=10.1016/j.media.2024.103001&v=1", DOI),
        ("https://onlinelibrary.wiley.com/doi/full/10.1002/mp.12345", "doi:10.1002/mp.12345"),
        ("https://www.biorxiv.org/content/10.1101/2024.01.02.123456v2.full", "doi:10.1101/2024.01.02.123456"),
        ("https://www.nature.com/articles/s41586-023-05881-4", "doi:10.1038/s41586-023-05881-4"),
        ("10.1016/S0140-6736(05)17866-2", "doi:10.1016/s0140-6736(05)17866-2"),
        ("https://doi.org/10.1000%2Fxyz", "doi:10.1000/xyz"),
        ("https://github.com/Owner/Name/tree/main/a#readme", "url:github.com/owner/name"),
        ("git@github.com:Owner/Name.git", "url:github.com/owner/name"),
        ("ssh://git@github.com/Owner/Name.git", "url:github.com/owner/name"),
        ("www.github.com/Owner/Name/", "url:github.com/owner/name"),
        ("https://huggingface.co/Owner/Name?x=1", "url:huggingface.co/owner/name"),
        ("https://zenodo.org/record/123", "url:zenodo.org/records/123"),
        ("https://openreview.net/forum?id=AbC", "url:openreview.net/forum?id=abc"),
        ("https://Example.org/Page/", "url:example.org/page"),
    ],
)
def test_a_pasted_identifier_is_read(text: str, identifier: str) -> None:
    assert read(text) == (identifier,)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("@a2024b", ["a2024b"]),
        ("[@a2024b]", ["a2024b"]),
        ("[@a2024b; @c, p. 3]", ["a2024b", "c"]),
        ("[see -@{a/b.c}]", ["a/b.c"]),
        (r"\cite{a, b}", ["a", "b"]),
        (r"\parencite*[see][p. 3]{a}", ["a"]),
    ],
)
def test_a_citation_is_read(text: str, keys: list[str]) -> None:
    assert read(text) == tuple(f"key:{key}" for key in keys)


@pytest.mark.parametrize(
    "text",
    ["", "liver", "2024", "12.5", "10.5", "ct/mri", "me@example.org", "a.b", "C++", "http://", "[1]", r"\cite{}", "@"],
)
def test_ordinary_words_are_no_identifiers(text: str) -> None:
    assert read(text) == ()


def test_a_reference_names_its_work() -> None:
    assert named_in("@article{a2024b,\n author = {X}, doi = {10.1000/x}}") == ("key:a2024b",)
    assert named_in("J. Liu et al., “Clip,” in Proc., IEEE, 2023, pp. 1–2. doi: 10.1109/ICCV.2023.01934.") == (
        "doi:10.1109/iccv.2023.01934",
    )
    assert named_in("[A (title)](https://arxiv.org/abs/2405.01234v2)") == (ARXIV,)
    assert named_in('[{"id": "a2024b", "DOI": "10.1000/x"}]') == ("key:a2024b",)
    assert named_in("A title of a work without anything") == ()


def test_owner_and_name_may_be_a_repository() -> None:
    assert "url:github.com/owner/na.me" in repositories("Owner/na.me")
    assert not any(map(repositories, ("owner", "a/b/c", "2023/2024", "a b/c")))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert all(identifiers.named(one) for one in (*read(text), *named_in(text)))


@pytest.mark.parametrize(
    "text",
    [
        "2301.00785v2", "arXiv:2301.00785", "abs/2301.00785", "oai:arXiv.org:2301.00785", "hf.co/papers/2301.00785",
        "https://huggingface.co/papers/2301.00785", "https://arxiv.org/abs/2301.00785?context=cs", '"2301.00785"',
        "https://arxiv.org/abs/2301.00785v1#S2", "http://arxiv.org/abs/arXiv:2301.00785", "(arXiv:2301.00785 [cs.CV])",
    ],
)  # fmt: skip
def test_an_arxiv_number_in_a_field_is_read(text: str) -> None:
    assert in_records.arxiv(text) == "2301.00785"


@pytest.mark.parametrize(
    "text", ["2301.785", "2301,00785", "x2301.00785", "https://a.org/abs/2301.00785", "10.1/2301.00785"]
)
def test_what_is_no_arxiv_number(text: str) -> None:
    assert in_records.arxiv(text) == ""
