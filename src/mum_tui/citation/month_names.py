"""Names of months and seasons in the languages that bibliographies are written in, without accents and case."""

from __future__ import annotations

import re
from functools import cache

from mum_tui.patterns import Pattern
from mum_tui.text import fold

_NAMES = """
january february march april may june july august september october november december
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
gener febrer marc abril maig juny juliol agost setembre octubre novembre desembre
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april mai juni juli august september oktober november desember
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
januar februar marec april maj jun jul august september oktober november december
januara februara marca aprila maja juna jula augusta septembra oktobra novembra decembra
leden unor brezen duben kveten cerven cervenec srpen zari rijen listopad prosinec
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
ocak subat mart nisan mayıs haziran temmuz agustos eylul ekim kasım aralık
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ιανουαριος φεβρουαριος μαρτιος απριλιος μαιος ιουνιος ιουλιος αυγουστος σεπτεμβριος οκτωβριος νοεμβριος δεκεμβριος
ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου
"""
_SHORT = {"mrz": 3, "mrt": 3, "mzo": 3, "brz": 3, "setiembre": 9, "spt": 9}
"""Spellings that do not begin a name."""
_SEASONS = """
spring summer autumn winter
spring summer fall winter
fruhling sommer herbst winter
fruhjahr sommer herbst winter
printemps ete automne hiver
primavera verano otono invierno
primavera estate autunno inverno
primavera verao outono inverno
lente zomer herfst winter
весна лето осень зима
"""
_WORD = Pattern(r"[^\W\d_]+")
_MONTH_SIGN = Pattern(r"(?<!\d)(\d\d?) ?[月월]")


def month(word: str) -> int:
    """The month that a word names, whole or by its first letters (three or more, if they tell); 0 for none."""
    return _months().get(fold(word).rstrip("."), 0)


def season(word: str) -> int:
    """The season that a word names, 1 to 4; 0 for none."""
    return _seasons().get(fold(word), 0)


def months_in(text: str) -> list[int]:
    """The months that a text names, in its order."""
    named = [(match.start(), number) for match in _WORD.finditer(text) if (number := month(match[0]))]
    named += [(match.start(), int(match[1])) for match in _MONTH_SIGN.finditer(text) if 1 <= int(match[1]) <= 12]
    return [number for _, number in sorted(named)]


def season_in(text: str) -> int:
    """The first season that a text names; 0 for none."""
    return next((number for word in _WORD.findall(text) if (number := season(word))), 0)


def without_months(text: str, instead: str = " ") -> str:
    """``text`` without the names of months, and the full stops behind them."""
    text = re.sub(r"([^\W\d_]+)\.?", lambda match: instead if month(match[1]) else match[0], text)
    return _MONTH_SIGN.sub(instead, text)


@cache
def _months() -> dict[str, int]:
    known: dict[str, int] = {}
    beginnings: dict[str, set[int]] = {}
    for line in fold(_NAMES).strip().split("\n"):
        for number, name in enumerate(line.split(), 1):
            known[name] = number
            for length in range(3, len(name)):
                beginnings.setdefault(name[:length], set()).add(number)
    short = {name: numbers.pop() for name, numbers in beginnings.items() if len(numbers) == 1}
    return {**short, **known, **_SHORT}


@cache
def _seasons() -> dict[str, int]:
    return {name: number for line in fold(_SEASONS).strip().split("\n") for number, name in enumerate(line.split(), 1)}
