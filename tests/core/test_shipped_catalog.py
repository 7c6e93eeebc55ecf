"""The catalog that ships is whole, proofread, and free of the errors of the list it grew from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from mum_tui.catalog.check.proofreading import proofread
from mum_tui.catalog.load import parse
from mum_tui.catalog.model import Entry, Section, rows_by_id
from mum_tui.catalog.relations import Relations
from mum_tui.problems import HINT
from mum_tui.text import clean, fold, why_not_url
from tests.catalogs import for_each, shipped
from tests.examples import some

PATH = Path(__file__).parents[2] / "catalog.yaml"
LOADED = shipped()
CATALOG = LOADED.catalog
ENTRIES = CATALOG.entries
BY_ID = {entry.id: entry for entry in ENTRIES}

SEED_PAPERS = (
    "liu2022universal",
    "liu2023clip",
    "ulrich2023multitalent",
    "ye2023uniseg",
    "huang2023stunet",
    "butoi2023universeg",
    "silvarodriguez2023transductive",
)
SEED_ABDOMEN = (
    "landman2015btcv",
    "roth2016pancreas",
    "kavur2021chaos",
    "bilic2023lits",
    "heller2021kits",
    "soler2010ircadb",
    "luo2022word",
    "ma2022abdomenct1k",
    "ji2022amos",
    "antonelli2022msd",
    "rister2020ctorg",
)
SEED_VERTEBRAE = ("sekuboyina2021verse", "deng2021ctspine1k")

each_entry = for_each(ENTRIES)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (key, *strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def urls(entry: Entry, rel: str) -> list[str]:
    return [link.url for link in entry.links if link.rel == rel]


def sections() -> list[Section]:
    return [section for top in CATALOG.sections for _, section in top.walk()]


# -- the whole ----------------------------------------------------------------------------------------------


def test_it_opens_without_a_problem_and_has_nothing_to_proofread() -> None:
    assert LOADED.problems == ()
    assert LOADED.set_aside == 0
    assert [one for one in proofread(LOADED, str(PATH)) if one.level != HINT] == []
    assert len(ENTRIES) == len(BY_ID) >= 360
    assert sum(entry.kind == "dataset" for entry in ENTRIES) >= 121
    assert CATALOG.title


def test_every_entry_stands_where_its_line_says() -> None:
    lines = PATH.read_text(encoding="utf-8").split("\n")
    assert {lines[line - 1] for line in LOADED.lines.values()} == {f"  - id: {entry.id}" for entry in ENTRIES}


def test_everything_the_old_list_named_is_there() -> None:
    assert {*SEED_PAPERS, *SEED_ABDOMEN, *SEED_VERTEBRAE} <= BY_ID.keys()
    assert len({*SEED_PAPERS, *SEED_ABDOMEN, *SEED_VERTEBRAE}) == 20
    assert {BY_ID[one].kind for one in SEED_PAPERS} == {"paper"}
    assert {BY_ID[one].kind for one in SEED_ABDOMEN + SEED_VERTEBRAE} == {"dataset"}
    assert {BY_ID[one].section for one in SEED_ABDOMEN} == {"abdomen"}
    assert {BY_ID[one].section for one in SEED_VERTEBRAE} == {"vertebrae"}


@pytest.mark.parametrize(
    "title", ["Papers", "Segmentation", "Few-shot learning", "Datasets", "Abdomen", "Vertebrae and spine", "Total body"]
)
def test_the_sections_of_the_old_list_are_there(title: str) -> None:
    assert title in CATALOG.section_titles.values()


def test_no_section_is_empty() -> None:
    filled = {section for entry in ENTRIES for section in (entry.section, *entry.sections)}
    empty = [section.id for section in sections() if not filled & {below.id for _, below in section.walk()}]
    assert empty == []


def test_no_entry_lists_its_home_section_again() -> None:
    assert [entry.id for entry in ENTRIES if entry.section in entry.sections] == []


def test_section_ids_are_unique_and_entries_stand_in_leaves() -> None:
    ids = [section.id for section in sections()]
    assert len(set(ids)) == len(ids)
    leaves = {section.id for section in sections() if not section.children}
    assert {section for entry in ENTRIES for section in (entry.section, *entry.sections)} <= leaves


def test_modalities_include_what_the_old_contents_promised() -> None:
    for modality in ("CT", "MRI"):
        assert any(modality in entry.modalities for entry in ENTRIES if entry.kind == "dataset"), modality
        assert any(modality in entry.modalities for entry in ENTRIES if entry.kind == "paper"), modality


@pytest.mark.parametrize("vocabulary", ["modalities", "dims", "tasks", "anatomy"])
def test_every_word_is_of_its_vocabulary_and_means_one_term(vocabulary: str) -> None:
    terms = CATALOG.vocabularies[vocabulary]
    assert {word for entry in ENTRIES for word in getattr(entry, vocabulary)} <= {term.term for term in terms}
    words = [fold(word) for term in terms for word in (term.term, *term.synonyms)]
    assert [word for word in words if words.count(word) > 1] == []


def test_ids_and_aliases_are_unique_and_look_alike() -> None:
    names = [name for entry in ENTRIES for name in (entry.id, *entry.aliases)]
    assert len(rows_by_id(ENTRIES)) == len(names)
    assert [entry.id for entry in ENTRIES if not re.fullmatch(r"[a-z]+[12]\d{3}[a-z0-9]+", entry.id)] == []


def test_every_dataset_used_resolves_to_a_dataset() -> None:
    relations = Relations(ENTRIES)
    kinds = {
        use.dataset: related.entry.kind if related.entry else "unknown"
        for entry in ENTRIES
        for use, related in zip(entry.uses, relations.uses_of(entry), strict=True)
        if use.dataset
    }
    assert set(kinds.values()) == {"dataset", "benchmark"}
    assert len(kinds) > 10
    assert relations.users_of(BY_ID["landman2015btcv"])


def test_nothing_in_it_is_garbled() -> None:
    texts = [text for entry in ENTRIES for text in strings(entry.written())]
    texts += [section.title for section in sections()]
    faults = re.compile("[√≠Ã�¬¶\xa0\xad\u200b]|â€|Â[^a-z]|&(?:amp|#\\d+);|\\*\\*")
    assert [text for text in texts if faults.search(text)] == []
    assert [text for text in texts if clean(text) != text or text != text.strip()] == []


# -- each entry ---------------------------------------------------------------------------------------------


@each_entry
def test_an_entry_says_what_a_reader_needs(entry: Entry) -> None:
    assert entry.authors
    assert entry.links
    assert entry.summary.endswith((".", "”"))
    assert entry.verified
    assert entry.sources
    assert entry.date
    assert entry.year
    assert entry.venue


@for_each(some(ENTRIES))
def test_an_entry_written_out_reads_the_same(entry: Entry) -> None:
    whole = {"sections": [{"id": id, "title": title} for id, title in CATALOG.section_titles.items()]}
    text = yaml.dump({"schema": 1, **whole, "entries": [entry.written()]}, Dumper=yaml.CSafeDumper, sort_keys=False)
    loaded = parse(text.encode(), "f.yaml")
    assert list(loaded.catalog.entries) == [entry]
    assert {problem.key for problem in loaded.problems} <= {f"{entry.id}.uses", f"{entry.id}.related"}


@each_entry
def test_authors_are_split_and_named_once(entry: Entry) -> None:
    for people in (entry.authors, entry.preprint.authors if entry.preprint else ()):
        shown = [name.display for name in people]
        assert len(set(shown)) == len(shown)
        assert [name for name in people if not name.literal and not (name.family and name.given)] == []


@each_entry
def test_links_may_be_opened_and_are_named_once(entry: Entry) -> None:
    addresses = [link.url for link in entry.links]
    assert len(set(addresses)) == len(addresses)
    former = [link.formerly for link in entry.links if link.formerly]
    assert {why_not_url(url) for url in addresses + former} == {""}


@each_entry
def test_an_arxiv_preprint_is_the_one_its_link_leads_to(entry: Entry) -> None:
    if entry.preprint and entry.preprint.server == "arXiv":
        assert re.fullmatch(r"\d{4}\.\d{5}", entry.preprint.id)
        assert f"https://arxiv.org/abs/{entry.preprint.id}" in urls(entry, "preprint")


@each_entry
def test_the_fields_named_in_doubts_and_one_source_exist(entry: Entry) -> None:
    named = {doubt.field for doubt in entry.doubts} | {field for check in entry.verified for field in check.one_source}
    assert {field.split(".")[0] for field in named} <= set(Entry.__struct_fields__)


# -- errors of the old list ---------------------------------------------------------------------------------


def test_the_few_shot_paper_has_its_own_preprint_and_author() -> None:
    entry = BY_ID["silvarodriguez2023transductive"]
    assert entry.preprint
    assert entry.preprint.id == "2303.17051"
    assert entry.preprint.title == "", "the latest version carries the title of the article"
    assert "Transductive few-shot adapters for medical image segmentation" in entry.notes
    assert [name.family for name in entry.authors] == ["Silva-Rodríguez", "Dolz", "Ben Ayed"]
    assert not any("2304.03493" in link.url for link in entry.links)
    assert CATALOG.section_titles[entry.section] == "Few-shot learning"


@pytest.mark.parametrize(
    ("identifier", "venue"),
    [
        ("liu2023clip", "ICCV 2023"),
        ("butoi2023universeg", "ICCV 2023"),
        ("ulrich2023multitalent", "MICCAI 2023"),
        ("ye2023uniseg", "MICCAI 2023"),
        ("silvarodriguez2023transductive", "MedIA 2025"),
        ("liu2022universal", "arXiv 2022"),
        ("huang2023stunet", "arXiv 2023"),
        ("ma2023segment", "Nat. Commun. 2024"),
        ("mazurowski2023segment", "MedIA 2023"),
        ("chen2023towards", "ICCV 2023"),
    ],
)
def test_venues_are_those_of_the_version_of_record(identifier: str, venue: str) -> None:
    assert BY_ID[identifier].venue == venue


@pytest.mark.parametrize(
    ("identifier", "url"),
    [
        ("liu2023clip", "https://github.com/ljwztc/CLIP-Driven-Universal-Model"),
        ("ulrich2023multitalent", "https://github.com/MIC-DKFZ/MultiTalent"),
        ("ye2023uniseg", "https://github.com/yeerwen/UniSeg"),
        ("huang2023stunet", "https://github.com/uni-medical/STU-Net"),
        ("butoi2023universeg", "https://github.com/JJGO/UniverSeg"),
        ("silvarodriguez2023transductive", "https://github.com/jusiro/fewshot-finetuning"),
        ("chen2023towards", "https://github.com/zhjohnchan/PTUnifier"),
    ],
)
def test_code_links_lead_to_the_right_repository(identifier: str, url: str) -> None:
    assert url in urls(BY_ID[identifier], "code")


@pytest.mark.parametrize(
    ("identifier", "date"),
    [("yi2023towards", "2023-03-12"), ("chen2023towards", "2023-02-17"), ("qin2022medical", "2022-09-30")],
)
def test_dates_are_those_of_the_first_version(identifier: str, date: str) -> None:
    assert BY_ID[identifier].date == date


@pytest.mark.parametrize(
    ("identifier", "url"),
    [
        ("roth2016pancreas", "https://www.cancerimagingarchive.net/collection/pancreas-ct/"),
        ("rister2020ctorg", "https://www.cancerimagingarchive.net/collection/ct-org/"),
        ("landman2015btcv", "https://www.synapse.org/Synapse:syn3193805/wiki/217789"),
        ("antonelli2022msd", "http://medicaldecathlon.com/"),
    ],
)
def test_datasets_lead_to_where_their_pages_are_now(identifier: str, url: str) -> None:
    assert BY_ID[identifier].links[0].url == url


def test_names_and_titles_of_the_old_list_are_mended() -> None:
    assert BY_ID["moor2023foundation"].authors[0].display == "Michael Moor"
    assert [name.given for name in BY_ID["cardoso2022monai"].authors if name.family == "Myronenko"] == ["Andriy"]
    assert "Murray" in [name.family for name in BY_ID["cardoso2022monai"].authors]
    assert "CT-MR" in BY_ID["kavur2021chaos"].title
    assert set(BY_ID["kavur2021chaos"].modalities) == {"CT", "MRI"}
    assert BY_ID["wasserthal2023totalsegmentator"].name == "TotalSegmentator"
    assert [entry.id for entry in ENTRIES if entry.title.count("(") != entry.title.count(")")] == []


@pytest.mark.parametrize(
    "identifier", ["ma2022abdomenct1k", "ji2022amos", "sekuboyina2021verse", "luo2022word", "deng2021ctspine1k"]
)
def test_datasets_with_a_paper_link_to_it(identifier: str) -> None:
    entry = BY_ID[identifier]
    assert {link.rel for link in entry.links} & {"paper", "preprint"}


# -- the datasets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alias", "identifier", "section", "first", "people", "year", "count"),
    [
        ("totalsegmentator", "wasserthal2023totalsegmentator", "total-body", "Wasserthal", 12, 2023, 1204),
        ("saros", "koitka2024saros", "total-body", "Koitka", 11, 2024, 900),
        ("flare22", "ma2024flare22", "abdomen", "Ma", 29, 2024, 2300),
        ("pants", "li2025pants", "abdomen", "Li", 18, 2025, 36390),
        ("pi-cai", "saha2024picai", "pelvis", "Saha", 26, 2024, 1500),
        ("lidc-idri", "armato2011lidcidri", "chest", "Armato", 55, 2011, 1018),
        ("chexpert", "irvin2019chexpert", "chest", "Irvin", 20, 2019, 224316),
        ("vindr-cxr", "nguyen2022vindrcxr", "chest", "Nguyen", 24, 2022, 18000),
        ("acdc", "bernard2018acdc", "cardiac", "Bernard", 37, 2018, 150),
        ("brats", "baid2021brats", "brain", "Baid", 103, 2021, 2040),
        ("spider", "vandergraaf2024spider", "vertebrae", "Graaf", 9, 2024, 447),
        ("autopet", "gatidis2022autopet", "pet-ct", "Gatidis", 10, 2022, 1014),
        ("camelyon16", "ehteshamibejnordi2017camelyon16", "pathology-data", "Ehteshami Bejnordi", 8, 2017, 399),
        ("refuge", "orlando2020refuge", "eye", "Orlando", 31, 2020, 1200),
        ("isic", "rotemberg2021isic", "skin", "Rotemberg", 25, 2021, 33126),
        ("cholec80", "twinanda2017cholec80", "endoscopy", "Twinanda", 6, 2017, 80),
        ("camus", "leclerc2019camus", "ultrasound-data", "Leclerc", 14, 2019, 500),
        ("roco", "pelka2018roco", "vision-language-data", "Pelka", 5, 2018, 87925),
        ("medmnist", "yang2023medmnist", "collections", "Yang", 8, 2023, 18),
    ],
)
def test_a_dataset_is_found_by_its_short_name_and_says_what_its_sources_say(
    alias: str, identifier: str, section: str, first: str, people: int, year: int, count: int
) -> None:
    entry = ENTRIES[rows_by_id(ENTRIES)[alias]]
    assert (entry.id, entry.section, entry.kind) == (identifier, section, "dataset")
    assert (entry.authors[0].family, len(entry.authors), entry.year) == (first, people, year)
    assert entry.size
    assert entry.size.count == count


def test_every_dataset_leads_to_its_data_first_and_says_how_one_gets_them() -> None:
    datasets = [entry for entry in ENTRIES if entry.kind == "dataset"]
    assert [entry.id for entry in datasets if entry.links[0].rel != "dataset"] == []
    assert [entry.id for entry in datasets if not entry.access] == []
    assert [entry.id for entry in datasets if not entry.dims] == []
    assert [entry.id for entry in datasets if re.search(r"\. [A-Z]", entry.summary)] == []


def test_splits_do_not_hold_more_than_the_whole() -> None:
    for entry in ENTRIES:
        if (size := entry.size) and size.count:
            assert sum(filter(None, (size.train, size.validation, size.test))) <= size.count, entry.id


def test_collections_name_what_they_were_built_from() -> None:
    sources = {entry.id: {use.dataset for use in entry.uses if "source" in use.roles} for entry in ENTRIES}
    assert sources["setio2017luna16"] == {"armato2011lidcidri"}
    assert sources["veeling2018pcam"] == {"ehteshamibejnordi2017camelyon16"}
    assert {"antonelli2022msd", "roth2016pancreas"} == sources["alves2024panorama"]
    assert {"armato2011lidcidri", "wang2017chestxray14", "aldhabyani2020busi"} < sources["yang2023medmnist"]
    assert len(sources["zhao2023satds"]) > 20


@pytest.mark.parametrize(
    ("identifier", "field"),
    [
        ("li2025pants", "licence.data"),
        ("hernandezpetzsche2022isles", "licence.data"),
        ("borgli2020hyperkvasir", "licence.data"),
        ("akincidantonoli2024totalsegmentatormri", "classes"),
        ("jaume2024hest", "size.count"),
        ("imperial2007ixi", "date"),
        ("liew2022atlas", "authors"),
        ("campello2021mnms", "access"),
    ],
)
def test_what_sources_disagree_on_is_said(identifier: str, field: str) -> None:
    assert field in {doubt.field for doubt in BY_ID[identifier].doubts}


def test_author_lists_that_stop_early_say_so() -> None:
    incomplete = {entry.id for entry in ENTRIES if entry.kind == "dataset" and not entry.authors_complete}
    assert incomplete == {
        "liew2022atlas",
        "aberle2011nlst",
        "richards2026lumbardisc",
        "andrearczyk2023hecktor",
        "decastro2024padchestgr",
    }


# -- what an audit of the catalog asked for -----------------------------------------------------------------


def test_code_and_data_come_with_a_word_on_their_licence_and_access() -> None:
    assert [one.id for one in ENTRIES if one.has_link("code") and not (one.licence and one.licence.code)] == []
    datasets = [one for one in ENTRIES if one.kind == "dataset"]
    assert [one.id for one in datasets if not (one.licence and one.licence.data and one.access)] == []


@pytest.mark.parametrize(
    "slug",
    [
        "openmedlab/Endo-FM",
        "lunit-io/benchmark-ssl-pathology",
        "hrlblab/SAM_pathology",
        "Malta-Lab/SAM-zero-shot-in-Medical-Imaging",
        "hwei-hw/Generalist_Vision_Foundation_Models_for_Medical_Imaging",
        "yuhaozhang/convirt",
        "YichiZhang98/SAM4MIS",
        "DIAGNijmegen/picai_labels",
        "DIAGNijmegen/panorama_labels",
    ],
)
def test_a_repository_without_code_is_no_code_link(slug: str) -> None:
    found = [link.rel for one in ENTRIES for link in one.links if link.url == f"https://github.com/{slug}"]
    assert found
    assert "code" not in found


@each_entry
def test_every_entry_says_what_was_checked_and_when(entry: Entry) -> None:
    assert "identity" in {group for check in entry.verified for group in check.of}
    assert all(check.checked for check in entry.verified)


def test_papers_name_the_datasets_they_use() -> None:
    assert sum(bool(one.uses) for one in ENTRIES if one.kind != "dataset") >= 130
