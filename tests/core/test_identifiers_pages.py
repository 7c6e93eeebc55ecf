"""DOIs in the addresses of publishers' pages."""

from __future__ import annotations

import pytest

from mum_tui.bibliography import bibtex, csl_json, ris
from mum_tui.identifiers import address, in_records
from mum_tui.identifiers.pages import doi_of_page

PAGES = {
    "10.1101/2020.01.01.123456": """
        https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full
        https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf+html
        https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.supplementary-material?versioned=true
        https://www.biorxiv.org/content/biorxiv/early/2020/01/02/2020.01.01.123456/DC1/embed/media-1.pdf
        https://www.medrxiv.org/cgi/content/short/2020.01.01.123456v1""",
    "10.1101/123456": """
        http://biorxiv.org/content/early/2018/01/01/123456.abstract
        https://www.biorxiv.org/content/10.1101/123456v3""",
    "10.1093/bib/bbaa123": """
        https://academic.oup.com/bib/advance-article/doi/10.1093/bib/bbaa123/5868695?login=true
        https://academic.oup.com/bib/article-pdf/doi/10.1093/bib/bbaa123/12345/bbaa123.pdf
        https://academic.oup.com/bib/article-lookup/doi/10.1093/bib/bbaa123""",
    "10.1002/mp.13047": """
        https://onlinelibrary.wiley.com/doi/abs/10.1002/mp.13047
        https://aapm.onlinelibrary.wiley.com/doi/pdfdirect/10.1002/mp.13047?download=true
        https://onlinelibrary.wiley.com/doi/10.1002/mp.13047/abstract
        https://onlinelibrary-wiley-com.proxy.example.org/doi/full-xml/10.1002/mp.13047""",
    "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2": """
        https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2""",
    "10.1007/s11548-025-03517-8": """
        https://link.springer.com/article/10.1007/s11548-025-03517-8#Sec1
        https://link.springer.com/content/pdf/10.1007/s11548-025-03517-8.pdf
        https://link.springer.com/article/10.1007/s11548-025-03517-8/figures/1""",
    "10.1007/978-3-319-24574-4_28": """
        https://link.springer.com/content/pdf/10.1007%2F978-3-319-24574-4_28.pdf
        http://link.springer.com/chapter/10.1007/978-3-319-24574-4_28""",
    "10.1186/s12880-015-0068-x": """
        https://bmcmedimaging.biomedcentral.com/track/pdf/10.1186/s12880-015-0068-x.pdf
        https://bmcmedimaging.biomedcentral.com/articles/10.1186/s12880-015-0068-x/tables/2""",
    "10.1145/3292500.3330701": """
        https://dl.acm.org/doi/pdf/10.1145/3292500.3330701
        https://dl.acm.org/doi/fullHtml/10.1145/3292500.3330701
        https://dl.acm.org/citation.cfm?doid=3292500.3330701
        http://doi.acm.org/10.1145/3292500.3330701""",
    "10.1038/s41586-020-2649-2": """
        https://www.nature.com/articles/s41586-020-2649-2
        https://www.nature.com/articles/s41586-020-2649-2.pdf?origin=ppub
        https://www.nature.com/articles/s41586-020-2649-2/metrics""",
    "10.1038/nature14539": "http://www.nature.com/articles/nature14539#citeas",
    "10.1371/journal.pone.0123456": """
        https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456
        https://journals.plos.org/plosone/article/file?id=10.1371%2Fjournal.pone.0123456&type=printable""",
    "10.3389/fmed.2020.00001": "https://www.frontiersin.org/articles/10.3389/fmed.2020.00001/full",
    "10.1088/1361-6560/ab1234": "https://iopscience.iop.org/article/10.1088/1361-6560/ab1234/meta",
    "10.1117/12.2549": """
        https://www.spiedigitallibrary.org/conference-proceedings-of-spie/11313/1A/Words/10.1117/12.2549.full?SSO=1""",
    "10.1515/bmt-2020-0001": "https://www.degruyter.com/document/doi/10.1515/bmt-2020-0001/html",
    "10.1108/XX-12-2020-0001": "https://www.emerald.com/insight/content/doi/10.1108/XX-12-2020-0001/full/html",
    "10.7910/DVN/ABC123": "https://dataverse.harvard.edu/dataset.xhtml?persistentId=doi:10.7910/DVN/ABC123",
    "10.7554/eLife.12345": "https://elifesciences.org/articles/12345",
    "": """
        https://example.org/10.1234/foo/bar
        https://www.nature.com/subjects/s1234
        https://academic.oup.com/bib/article/21/3/800/5868695
        https://link.springer.com/book/10.1007/978-3-319-24574-4
        https://dl.acm.org/doi/proceedings/10.1145/3292500
        https://www.biorxiv.org/about
        https://arxiv.org/abs/2301.00785""",
}
CASES = [(page, doi) for doi, pages in PAGES.items() for page in pages.split()]


@pytest.mark.parametrize(("page", "doi"), CASES)
def test_a_page_names_its_doi_where_that_certainly_ends(page: str, doi: str) -> None:
    assert doi_of_page(page) == doi
    if doi:
        assert in_records.doi(page) == doi
        assert address(page) == f"doi:{doi.lower()}"


PAGE = "https://link.springer.com/article/10.1007/s11548-025-03517-8#Sec1"


def test_every_format_takes_the_doi_of_its_page() -> None:
    (in_bibtex,) = bibtex.read(f"@article{{a, title={{T}}, journal={{J}}, url={{{PAGE}}}}}", "f").records
    (in_ris,) = ris.read(f"TY  - JOUR\nTI  - T\nUR  - {PAGE}\nER  - \n", "f").records
    (in_csl,) = csl_json.read(f'[{{"id": "a", "type": "article-journal", "URL": "{PAGE}"}}]'.encode(), "f").records
    for record in (in_bibtex, in_ris, in_csl):
        assert (record.item["DOI"], record.item["URL"]) == ("10.1007/s11548-025-03517-8", PAGE)


@pytest.mark.parametrize(("journal", "doi"), [("bioRxiv", "10.1101/123456"), ("Nature Methods", "")])
def test_the_preprint_of_a_published_work_does_not_give_it_its_doi(journal: str, doi: str) -> None:
    text = (
        f"@article{{a, title={{T}}, journal={{{journal}}}, url={{https://www.biorxiv.org/content/10.1101/123456v1}}}}"
    )
    (record,) = bibtex.read(text, "f").records
    assert record.item.get("DOI", "") == doi
