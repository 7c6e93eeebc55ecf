"""Made-up catalogs of any size, always the same for a size: as entries, or as the YAML a curator would write.

    python -m support.catalogs 100000 > catalog.yaml

Names come from many languages and scripts, words are as unevenly frequent as in real titles and summaries, some ids
and titles resemble each other, and papers use the datasets that stand before them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import accumulate

from mum_tui.catalog import model
from mum_tui.catalog.model import Catalog, Entry, Name, Section, Term
from mum_tui.text import fold


def _words(text: str) -> list[str]:
    """The words of a text; an underline stands for a space."""
    return [word.replace("_", " ") for word in text.split()]


FAMILIES = _words("""
Zhou Wang Li Zhang Liu Chen Yang Huang Zhao Wu Xu Sun Ma Zhu Hu Guo He Lin Luo Tang Ye Pan Kim Lee Park
Choi Jung Nguyen Tran Pham Sato Suzuki Tanaka Watanabe Müller Schmidt Weiß Maier-Hein Isensee Jäger Rodríguez García
Núñez Muñoz Silva-Rodríguez Peña Ben_Ayed Dolz Lefèvre Béranger Gauthier Landman Yuille Kirillov Girshick Smith
Johnson Brown Novák Dvořák Řehoř Kowalski Łukasiewicz Żak Ødegård Sørensen Åkesson Björk Türk Yılmaz Çelik Öztürk
Papadopoulos Иванов Петрова Γεωργίου 山田 田中 王 김 İnan Ștefan Ionescu Horváth Szabó Nagy O'Brien D'Angelo
Rossi Bianchi Ferrari Almeida Gonçalves""")
GIVEN = _words("""
Jie Wei Yixiao Zongwei Julio Fabian Klaus Bennett Lena José Zoë Siân Ana Émile Jürgen Søren Łucja Çağla Yuki
Minh Soo-Jin Priya Arjun Olu Amara John Mary Alexander Maria Hans Ismail Jose Bram Richard Anna Fei Xin Ying Lei Tao
Hao Jun Yan Ming Qian Rui Ivan Olga Élodie""")
PARTICLES = ("van", "de", "von", "van der", "")
SYLLABLES = _words("""
seg men ta tion me di cal uni ver sal or gan tu mor net trans for mer a dap ter con vo lu train vi lan
gua ge pre prompt con trast ive lab el few shot pa tho lo gy ra di o im age vol ume ce re bral he pa tic re nal spi
ne car di ac ves sel le sion at las mod al i ty fu sion self su per vised do main gen er al dif fu mask auto en co der
graph multi scale ro bust fed er ated ac tive on to lo gi""")
COMMON = _words("""
the of and for a in with to on from by is an we as that are using based which one over across under between
segmentation medical image model learning images network data deep training foundation dataset universal organ tumor
liver clinical large self-supervised pre-training transformer attention multi-organ CT MRI zero-shot prompt
few-shot 3D 2D U-Net SAM CLIP detection classification registration abdominal benchmark challenge annotation
generalization robust efficient adaptation vision-language brain lung kidney pancreas spleen cardiac retinal
histopathology polyp nuclei instance semantic interactive weakly supervised contrastive masked autoencoder""")
VENUES = _words(
    "MICCAI CVPR ICCV ECCV NeurIPS ICLR ICML ISBI IPMI MIDL AAAI MedIA IEEE_TMI Nature_Methods Nature_Communications "
    "npj_Digital_Medicine Radiology Scientific_Data The_Lancet_Digital_Health Pattern_Recognition"
)
MODALITIES = _words("CT MRI PET X-ray Ultrasound Endoscopy Fundus OCT Histopathology Microscopy Dermoscopy Text")
TASKS = _words("""
segmentation classification detection registration retrieval survey pre-training
report_generation multi-organ_segmentation tumour_segmentation few-shot_segmentation VQA""")
ANATOMY = _words("abdomen liver kidney pancreas spleen colon chest lung heart brain eye skin prostate spine")
LICENCES = ("MIT", "Apache-2.0", "CC-BY-4.0", "CC-BY-NC-4.0", "GPL-3.0", "not stated")
TOPICS = ("segmentation", "sam", "language", "multimodal", "few-shot", "peft", "tools", "abdomen", "vertebrae", "whole")


def sections() -> tuple[Section, ...]:
    """A tree of sections, two levels deep."""
    return (
        Section("papers", "Papers", tuple(Section(topic, topic.capitalize()) for topic in TOPICS[:7])),
        Section("datasets", "Datasets", tuple(Section(topic, topic.capitalize()) for topic in TOPICS[7:])),
    )


class _Words:
    """Words as uneven as in real text: a few everywhere, most hardly anywhere."""

    def __init__(self, chance: random.Random, count: int) -> None:
        made = dict.fromkeys(COMMON)
        rare = 2000 + min(count // 4, 60_000)
        while len(made) < len(COMMON) + rare:
            made["".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
        self._words = list(made)
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))
        self._chance = chance

    def some(self, count: int) -> list[str]:
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)


def entries(count: int, seed: int = 5) -> Iterator[Entry]:
    """So many entries, in no order of time."""
    chance = random.Random(seed)
    words = _Words(chance, count)
    datasets: list[str] = []
    pick = chance.choice
    for number in range(count):
        year = chance.choices(range(2012, 2027), weights=range(1, 16))[0]
        is_dataset = chance.random() < 0.15
        title = words.some(chance.randrange(5, 13))
        name = "".join(chance.choices(SYLLABLES, k=2)).capitalize() + pick(("", "Net", "-SAM", "CT", "Seg", "1K"))
        people = tuple(_person(chance) for _ in range(min(1 + int(chance.expovariate(0.25)), 14)))
        first = "".join(char for char in fold(people[0].family) if char.isascii() and char.isalnum()) or "anon"
        identifier = f"{first}{year}{''.join(filter(str.isalnum, fold(title[0]))) or 'x'}-{number:x}"
        preprint = chance.random() < 0.8
        venue = pick(VENUES)
        links = [model.Link("paper", f"https://doi.org/10.5555/{identifier}")]
        if chance.random() < 0.5:
            links.append(model.Link("code", f"https://github.com/{first}/{name}"))
        if chance.random() < 0.25:
            links.append(model.Link("weights", f"https://huggingface.co/{first}/{name}"))
        if is_dataset:
            links.append(model.Link("download", f"https://zenodo.org/records/{number + 10_000}"))
        used = chance.sample(datasets[-400:], min(len(datasets), chance.randrange(4))) if datasets else []
        month, day = chance.randrange(1, 13), chance.randrange(1, 28)
        yield Entry(
            id=identifier,
            kind="dataset" if is_dataset else pick(("paper", "paper", "paper", "paper", "model", "survey", "tool")),
            section=pick(TOPICS[7:] if is_dataset else TOPICS[:7]),
            title=" ".join([title[0].capitalize(), *title[1:]]),
            name=name if chance.random() < 0.6 else "",
            aliases=(f"{fold(name)}-{number:x}",) if chance.random() < 0.05 else (),
            authors=people,
            date=f"{year}-{month:02}-{day:02}",
            preprint=model.Preprint(f"{year % 100:02}{month:02}.{number % 100_000:05}") if preprint else None,
            published=_published(venue, year, identifier) if chance.random() < 0.7 else None,
            links=tuple(links),
            modalities=_different(chance.choices(MODALITIES, weights=range(24, 0, -2), k=pick((1, 1, 2)))),
            dims=(pick(("2D", "3D", "3D", "2D+t")),),
            tasks=_different(chance.choices(TASKS, k=2)),
            anatomy=_different(chance.choices(ANATOMY, k=2)),
            tags=tuple(words.some(1)) if chance.random() < 0.3 else (),
            licence=model.Licence(code=pick(LICENCES)) if chance.random() < 0.4 else None,
            uses=tuple(model.Use(one, roles=("train",)) for one in used),
            summary=" ".join(words.some(chance.randrange(20, 45))).capitalize() + ".",
            notes=" ".join(words.some(12)) if chance.random() < 0.1 else "",
        )
        if is_dataset:
            datasets.append(identifier)


def _different(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _published(venue: str, year: int, identifier: str) -> model.Published:
    container = f"Proceedings of {venue}"
    return model.Published(
        "paper-conference",
        year,
        container,
        venue=f"{venue} {year}",
        doi=f"10.1007/978-3-{identifier.rpartition('-')[2]}",
    )


def _person(chance: random.Random) -> Name:
    particle = chance.choice(PARTICLES) if chance.random() < 0.05 else ""
    return Name(chance.choice(FAMILIES), chance.choice(GIVEN), particle)


def catalog(count: int, seed: int = 5) -> Catalog:
    """A catalog of so many entries, with its vocabularies."""
    terms = {"modalities": MODALITIES, "tasks": TASKS, "anatomy": ANATOMY}
    vocabularies = {key: tuple(Term(one) for one in listed) for key, listed in terms.items()}
    return Catalog(f"{count:,} made-up entries", sections(), vocabularies, tuple(entries(count, seed)))


# -- as YAML -----------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else _quoted(str(value))


def block(entry: Entry) -> str:
    """An entry as ``catalog.yaml`` has it."""
    lines = [f"    {key}: {_flow(value)}" for key, value in entry.written().items()]
    return "  - " + "\n".join(lines)[4:] + "\n\n"


def head() -> str:
    """Everything of the file that stands before the first entry."""
    found = ["schema: 1", 'title: "Made up"', "sections:"]
    for top in sections():
        below = ", ".join(f"{{id: {one.id}, title: {one.title}}}" for one in top.children)
        found.append(f"  - {{id: {top.id}, title: {top.title}, children: [{below}]}}")
    found.append("vocabularies:")
    for key, terms in (("modalities", MODALITIES), ("tasks", TASKS), ("anatomy", ANATOMY)):
        found.append(f"  {key}: {_flow([one.replace('_', ' ') for one in terms])}")
    return "\n".join([*found, "", "entries:", ""])


def main() -> None:
    """Write a catalog to standard output."""
    parser = argparse.ArgumentParser(prog="python -m support.catalogs", description="Write a made-up catalog.")
    parser.add_argument("count", type=int, help="how many entries")
    arguments = parser.parse_args()
    sys.stdout.write(head())
    for entry in entries(arguments.count):
        sys.stdout.write(block(entry))


if __name__ == "__main__":
    main()
