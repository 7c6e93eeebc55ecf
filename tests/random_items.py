"""Made-up works to cite, as odd as real ones: CSL items of every type, and every turn of titles, names and dates."""

from __future__ import annotations

import random
from typing import Any

Item = dict[str, Any]


def _words(text: str) -> list[str]:
    """The words of a text; an underline stands for a space."""
    return [word.replace("_", " ") for word in text.split()]


FAMILIES = _words("""
Zhou Wang Li Müller Isensee Rodríguez García Silva-Rodríguez Maier-Hein Lefèvre Kowalski Łukasiewicz Ødegård Çelik
Novák O’Brien D’Angelo Szabó Nguyen Smith Ștefan Almeida Kim Sato McNemar MacDonald DeVries Kopp-Schneider
Ben_Ayed Ó_Súilleabháin Gonzalez_Ortiz Golia_Pernicka""")
GIVEN = _words("""
Jie Yixiao Julio Fabian Klaus Bennett Léna José Zoë Émile Jürgen Žiga Yuki Priya John Mary Olga Ismail John_A. Klaus_H.
Simon_A._A. Mary_Ann Victor_Ion Frank_P.-W. S._Kevin Y. J._R._R. Soo-Jin I-Min Jun-Yan Mary-Jane
Anne-Marie_C. José_María""")
PARTICLES = ("van", "de", "von", "van der", "de la", "di")
ODD_NAMES = (
    {"family": "Plato"},
    {"family": "王", "given": "小明"},
    {"family": "Иванов", "given": "Пётр"},
    {"family": "Haddad", "given": "al-Amin"},
    {"family": "Ångström", "given": "Å."},
    {"family": "de Souza", "given": "Ana"},
    {"family": "Martin", "given": "X. Y. Z."},
)
GROUPS = (
    *("The MONAI Consortium", "BraTS Challenge Consortium", "Grand Challenge", "World Health Organization"),
    *("NVIDIA", "National Lung Screening Trial Research Team", "MICCAI Society"),
)
NOUNS = _words("""
segmentation model learning images network data training transformer attention prompt benchmark dataset adaptation
detection registration cohort scans labels annotation priors supervision reconstruction reports challenge tumors""")
ADJECTIVES = _words("""
universal medical deep generalist promptable robust efficient clinical large multimodal volumetric abdominal weak
few-shot zero-shot self-supervised multi-organ vision-language pre-trained label-efficient cross-modality""")
TERMS = _words("""
nnU-Net U-Net CLIP SAM MRI CT 3D X-ray T1-weighted COVID-19 TotalSegmentator MedSAM-2 VISTA3D BraTS β-VAE k-space
Alzheimer’s ImageNet-1K GPT-4V in-context U-Net++ CLIP-Driven DICOM-RT""")
LINKS = _words("for with of in from via and without through on to as by beyond under")
STARTS = ("“It works”:", "10,000", "The “hidden”", "ON THE", "e-health", "‘Normal’")
ENDS = (".", "!", "…", " (Part 2)", " – “why?”", " l’été", " IV", " 2.0")
CONTAINERS = {
    "article-journal": (
        ("Medical Image Analysis", "Med. Image Anal."),
        ("IEEE Transactions on Medical Imaging", "IEEE Trans. Med. Imaging"),
        ("Nature Methods", "Nat. Methods"),
        ("Radiology: Artificial Intelligence", "Radiol. Artif. Intell."),
        ("Journal of Imaging", ""),
        ("npj Digital Medicine", "npj Digit. Med."),
        ("The Lancet Digital Health", "Lancet Digit. Health"),
        ("Computers in Biology & Medicine", ""),
    ),
    "paper-conference": (
        ("Proceedings of the IEEE/CVF International Conference on Computer Vision", ""),
        ("Medical Image Computing and Computer Assisted Intervention – MICCAI 2023", ""),
        ("Advances in Neural Information Processing Systems", ""),
        ("International Conference on Learning Representations", ""),
        ("2024 IEEE International Symposium on Biomedical Imaging (ISBI)", ""),
    ),
    "chapter": (("A Handbook of Deep Learning", ""), ("Machine Learning in Radiology: A Primer", "")),
    "webpage": (("Grand Challenge", ""), ("", "")),
}
TYPES = (
    *("article-journal",) * 6,
    *("paper-conference",) * 5,
    *("article",) * 4,
    *("dataset",) * 2,
    *("chapter", "chapter", "book", "report", "thesis", "webpage", "software"),
)
PUBLISHERS = (
    *(("Springer", "Cham"), ("IEEE", ""), ("Elsevier", "Amsterdam"), ("MIT Press", "Cambridge, MA"), ("Zenodo", "")),
    *(("The Cancer Imaging Archive", ""), ("Curran Associates, Inc.", ""), ("PMLR", "")),
)


class Works:
    """Items made by ``seed``, the same each time."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def some(self, count: int) -> list[Item]:
        return [self.item(number) for number in range(count)]

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def item(self, number: int) -> Item:
        pick, often = self.chance.choice, self.often
        kind = pick(TYPES)
        item: Item = {"id": f"r{number}", "type": kind, "title": self.title()}
        if often(0.96 if kind not in ("dataset", "webpage") else 0.6):
            item["author"] = self.names(kind)
        if often(0.95):
            item["issued"] = self.date()
        container, short = pick(CONTAINERS.get(kind, (("", ""),)))
        item |= {"container-title": container, "container-title-short": short}
        {
            "article-journal": self.journal,
            "paper-conference": self.conference,
            "chapter": self.conference,
            "article": self.preprint,
        }.get(kind, self.whole)(item)
        if "DOI" not in item and often(0.65 if kind != "webpage" else 0):
            item["DOI"] = pick(
                (f"10.1016/j.media.2023.{number:06}", f"10.1007/978-3-031-{number:05}-1_4", "10.5281/z.1")
            )
        elif "URL" not in item and often(0.6 if kind != "webpage" else 1):
            item["URL"] = pick(("https://example.org/a_b?x=1&y=2", "https://proceedings.org/paper/2020/abc.html"))
            if often(0.3):
                item["accessed"] = {"date-parts": [[2025, self.chance.randint(1, 12), self.chance.randint(1, 28)]]}
        return {key: value for key, value in item.items() if value}

    # -- titles

    def phrase(self) -> str:
        words = [self.chance.choice(ADJECTIVES + TERMS), self.chance.choice(NOUNS)]
        for _ in range(self.chance.randint(0, 2)):
            words += [self.chance.choice(LINKS), *([self.chance.choice(("a", "the"))] if self.often(0.2) else [])]
            words += [self.chance.choice(ADJECTIVES + TERMS + TERMS), self.chance.choice(NOUNS)]
        return " ".join(words)

    def title(self) -> str:
        text = self.phrase()
        if self.often(0.4):
            text = f"{text}{self.chance.choice((': ', ': ', ': ', ' – ', '? ', '. '))}{self.phrase()}"
        turn = self.chance.random()
        if turn > 0.96:
            text = f"{text}{self.chance.choice(ENDS)}"
        elif turn > 0.94:
            text = f"{self.chance.choice(STARTS)} {text}"
        elif turn < 0.04:
            text = f"{text} “{self.phrase()}”"
        elif turn < 0.06:
            text = f'"{self.chance.choice(TERMS)}" {text}'
        elif turn < 0.08:
            text = f"{text} at p < 0.05 & 10% of $O(n^2)$"
        elif turn < 0.10:
            text = f"{text} in <i>E. coli</i>"
        elif turn < 0.13:
            text = f"is {text} enough?"
        elif turn < 0.15:
            text = f"{text} ({self.chance.choice(TERMS)})"
        elif turn < 0.16:
            text = f"the patient's {text}"
        text = text[0].upper() + text[1:] if text.split()[0] not in TERMS else text
        if self.often(0.3):
            small = {*LINKS, "a", "the"}
            text = " ".join(
                word if word in small or not word[0].islower() or word in TERMS
                else "-".join(part.capitalize() for part in word.split("-"))
                for word in text.split(" ")
            )  # fmt: skip
        return text

    # -- names

    def names(self, kind: str) -> list[dict[str, str]]:
        if self.often(0.5 if kind in ("webpage", "software") else 0.04):
            return [{"literal": self.chance.choice(GROUPS)}]
        count = self.chance.choice((1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 8, 10, 11, 21, 24))
        found = [self.name() for _ in range(count)]
        return [*found, {"literal": self.chance.choice(GROUPS)}] if self.often(0.06) else found

    def name(self) -> dict[str, str]:
        if self.often(0.02):
            return dict(self.chance.choice(ODD_NAMES))
        name = {"family": self.chance.choice(FAMILIES), "given": self.chance.choice(GIVEN)}
        if self.often(0.06):
            kind = self.chance.choice(("non-dropping-particle", "non-dropping-particle", "dropping-particle"))
            name[kind] = self.chance.choice(PARTICLES)
        if self.often(0.03):
            name["suffix"] = self.chance.choice(("Jr.", "III"))
        return name

    def date(self) -> dict[str, Any]:
        parts = [self.chance.randint(1995, 2026), self.chance.randint(1, 12), self.chance.randint(1, 28)]
        first = parts[: self.chance.choice((1, 1, 2, 3))]
        if self.often(0.03) and len(first) > 1:
            return {"date-parts": [first, [first[0] + 1, *first[1:]]]}
        if self.often(0.04) and len(first) == 3:
            return {"date-parts": [[*first[:2], 3], [*first[:2], 9]]}
        if self.often(0.03) and len(first) == 2 and first[1] < 12:
            return {"date-parts": [first, [first[0], 12]]}
        if self.often(0.02):
            return {"date-parts": [first[:1]], "circa": True}
        return {"date-parts": [first]}

    # -- where it appeared

    def pages(self) -> str:
        first = self.chance.choice((1, 42, 98, 101, 203, 777, 1095, 1496, 21152))
        last = first + self.chance.choice((0, 1, 4, 7, 9, 11, 30))
        if last == first:
            return str(first)
        ranges = (f"{first}-{last}", f"{first}–{last}", f"S{first}-S{last}", f"{first}-{last}, {last + 5}")
        kinds = (*ranges, f"{first}-{last}.e7", f"e{first}", str(first), f"103{first}")
        return self.chance.choices(kinds, (16, 6, 1, 1, 1, 2, 2, 2))[0]

    def journal(self, item: Item) -> None:
        if self.often(0.9):
            item["volume"] = str(self.chance.randint(1, 120))
        if self.often(0.6):
            item["issue"] = self.chance.choice(("1", "2", "6", "12", "1-2", "Suppl 1"))
        if self.often(0.85):
            item["page"] = self.pages()

    def conference(self, item: Item) -> None:
        if self.often(0.8):
            item["page"] = self.pages()
        if self.often(0.5):
            item["publisher"], item["publisher-place"] = self.chance.choice(PUBLISHERS)
        if self.often(0.3):
            item["collection-title"] = self.chance.choice(("Lecture Notes in Computer Science", "LNCS"))
            item["volume"] = str(self.chance.randint(9000, 15000))
        if self.often(0.3 if item["type"] == "paper-conference" else 0.8):
            item["editor"] = [self.name() for _ in range(self.chance.randint(1, 4))]
        if item["type"] == "paper-conference" and self.often(0.3):
            item["event-title"] = self.chance.choice(("MICCAI 2023", "ICLR 2024"))

    def preprint(self, item: Item) -> None:
        number = f"{self.chance.randint(10, 26)}{self.chance.randint(1, 12):02}.{self.chance.randint(0, 99999):05}"
        item |= {"publisher": "arXiv", "number": f"arXiv:{number}", "DOI": f"10.48550/arXiv.{number}"}
        item["URL"] = f"https://arxiv.org/abs/{number}"

    def whole(self, item: Item) -> None:
        if item["type"] != "webpage":
            item["publisher"], item["publisher-place"] = self.chance.choice(PUBLISHERS)
        if item["type"] in ("dataset", "software") and self.often(0.7):
            item["version"] = self.chance.choice(("4", "2.0.1", "v1.0"))
        if item["type"] == "thesis":
            item["genre"] = "PhD thesis"
        if item["type"] == "book" and self.often(0.3):
            item["edition"] = "2"
        if item["type"] == "report" and self.often(0.5):
            item["number"] = "12"
