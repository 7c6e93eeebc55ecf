"""Tables of LaTeX commands: letters, signs, formatting, and which arguments are text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "G": "\u030f", "U": "\u030e", "h": "\u0309", "f": "\u0311", "t": "\u0361",
}  # fmt: skip
"""Commands that put an accent on the next letter."""
MATH_ACCENTS = {"acute": "'", "grave": "`", "breve": "u", "check": "v", "ddot": '"', "mathring": "r"}
"""The same in formulas, by the name in text."""
SIGNS = {
    "textless": "<", "textgreater": ">", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textbraceleft": "{", "textbraceright": "}", "textbar": "|", "textunderscore": "_", "textdollar": "$",
    "textquotedbl": '"', "textquotesingle": "'", "textquoteright": "’", "textquoteleft": "‘", "slash": "/",
    "textquotedblleft": "“", "textquotedblright": "”", "textendash": "–", "textemdash": "—", "textellipsis": "…",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°", "textasteriskcentered": "*",
    "textpm": "±", "textmu": "µ", "textsuperscript2": "²", "textperiodcentered": "·", "textbullet": "•",
    "textnumero": "№", "textbeta": "β", "textalpha": "α", "textgamma": "γ", "textdelta": "δ", "textohm": "Ω",
    "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "pdfTeX": "pdfTeX",
    "LuaTeX": "LuaTeX", "MF": "METAFONT", "MP": "METAPOST", "AmS": "AMS", "AMS": "AMS", "SLiTeX": "SliTeX",
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "dj": "đ", "DJ": "Đ", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "ng": "ŋ", "NG": "Ŋ", "th": "þ", "TH": "Þ", "dh": "ð",
    "DH": "Ð", "S": "§", "P": "¶", "ldots": "…", "dots": "…", "textdots": "…", "cdots": "⋯", "copyright": "©",
    "pounds": "£", "euro": "€", "texteuro": "€", "quad": " ", "qquad": " ", "enspace": " ", "enskip": " ",
    "thinspace": " ",
    "space": " ", "newline": " ", "par": " ", "break": " ", "linebreak": " ", "newblock": " ", "bibrangedash": "–",
    "degree": "°", "micro": "µ", "guillemotleft": "«", "guillemotright": "»", "flqq": "«", "frqq": "»", "og": "«",
    "fg": "»", "glqq": "„", "grqq": "“", "quotedblbase": "„", "quotesinglbase": "‚", "infty": "∞", "times": "×",
    "pm": "±", "sim": "∼", "approx": "≈", "leq": "≤", "geq": "≥", "le": "≤", "ge": "≥", "neq": "≠", "ne": "≠",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "cdot": "·", "circ": "∘", "ell": "ℓ", "prime": "′", "log": "log",
    "ln": "ln", "exp": "exp", "sin": "sin", "cos": "cos", "min": "min", "max": "max", "bmod": "mod", "bullet": "•",
    "hyp": "-", "textcommabelow": "", "nobreakdash": "", "backslash": "\\", "lbrace": "{", "rbrace": "}", "ast": "∗",
    "star": "⋆", "dag": "†", "ddag": "‡", "emptyset": "∅", "varnothing": "∅", "lt": "<", "gt": ">", "vert": "|",
    "cyrchar": "", "nobreakspace": " ", "textvisiblespace": "␣", "textnormal{}": "", "textyen": "¥", "textcent": "¢",
}  # fmt: skip
"""Commands without an argument that stand for a text; several are not in pylatexenc 2.11, or not in its text mode."""
SILENT = frozenset([
    "/", "-", "!", "@", "protect", "relax", "noopsort", "null", "normalfont", "rmfamily", "sffamily", "ttfamily",
    "mdseries", "upshape", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "left", "right", "big",
    "Big", "bigl", "bigr", "Bigl", "Bigr", "small", "footnotesize", "scriptsize", "tiny", "large", "Large",
    "normalsize",
    "noindent", "allowbreak", "nobreak", "sloppy", "hfill", "hfil", "break", "penalty", "hspace*", "bgroup", "egroup",
    "nolinebreak", "centering", "raggedright", "ignorespaces", "unskip", "leavevmode", "mathsurround", "rm", "sf", "tt",
    "frenchspacing", "string", "selectfont", "begingroup", "endgroup", "hskip", "kern",
])  # fmt: skip
"""Commands that print nothing; what stands behind them is read as usual."""
STYLES = {
    "textit": "i", "emph": "i", "textsl": "i", "mkbibemph": "i", "textbf": "b", "mkbibbold": "b", "textsc": "sc",
    "mkbibitalic": "i", "mathit": "i", "mathbf": "b", "boldsymbol": "b", "bm": "b", "pmb": "b",
    "textsuperscript": "sup", "mkbibsuperscript": "sup", "textsubscript": "sub", "up": "sup",
}  # fmt: skip
"""Commands whose argument CSL has a tag for."""
SWITCHES = {"it": "i", "itshape": "i", "em": "i", "sl": "i", "slshape": "i", "bf": "b", "bfseries": "b", "sc": "sc",
             "scshape": "sc"}  # fmt: skip
"""Commands that apply to the rest of their group."""
QUOTES = {"enquote": ("“", "”"), "mkbibquote": ("“", "”"), "parentheses": ("(", ")"), "mkbibparens": ("(", ")"),
           "mkbibbrackets": ("[", "]")}  # fmt: skip
DROP_FIRST = {
    "href": 1, "textcolor": 1, "color": 1, "fontsize": 2, "selectlanguage": 1, "foreignlanguage": 1, "hspace": 1,
    "vspace": 1, "label": 1, "textlatin": 0, "providecommand": 2, "renewcommand": 2, "newcommand": 2, "raisebox": 1,
    "hypertarget": 1, "hyperlink": 1, "colorbox": 1, "scalebox": 1, "cite": 0,
    "ensuremath": 0,
    "parbox": 1, "switchargs": 0, "noopsort": 1,
    "SortNoop": 1, "hyphenation": 1, "phantom": 1, "hphantom": 1, "vphantom": 1, "texorpdfstring": 1, "index": 1,
}  # fmt: skip
"""How many first arguments of a command are no text."""
KEPT = frozenset([
    "text", "texttt", "textsf", "textrm", "textup", "textmd", "textnormal", "textlf", "mbox", "hbox", "fbox",
    "uppercase",
    "lowercase", "MakeUppercase", "MakeLowercase", "url", "nolinkurl", "path", "doi", "mathrm",
    "mathcal", "mathbb", "mathsf",
    "mathtt", "mathfrak", "mathscr", "operatorname", "underline", "uline", "ensuremath", "href", "foreignlanguage",
    "textcolor", "acro", "bibstring", "cite", "textcite", "citetitle", "footnote", "overline", "textlatin", "hyperlink",
    "textls", "smash", "natexlab", "lowercase", "bibinfo", "urlprefix", "textgreek", "textcyrillic", "adddot",
    "autocap",
    "texorpdfstring", "mathord", "mathop", "mathrel", "mathbin", "boldmath", "relsize", "raisebox", "parbox",
    "scalebox",
    "ref", "eqref", "pageref", "autoref", "cref", "hyperref", "colorbox", "thanks",
    "hypertarget", "nocase", "xspace", "hphantom", "sqrt", "hat", "tilde", "bar", "vec", "dot", "NoCaseChange",
])  # fmt: skip
"""Commands whose (last) argument is text like any other."""
UNITS = {
    "percent": "%", "degree": "°", "celsius": "°C", "degreeCelsius": "°C", "metre": "m", "meter": "m", "gram": "g",
    "kilogram": "kg", "second": "s", "minute": "min", "hour": "h", "day": "d", "hertz": "Hz", "tesla": "T",
    "litre": "L", "liter": "L", "pixel": "px", "bit": "bit", "byte": "B", "volt": "V", "watt": "W", "joule": "J",
    "gray": "Gy", "sievert": "Sv", "becquerel": "Bq", "mole": "mol", "kelvin": "K", "pascal": "Pa", "newton": "N",
    "ampere": "A", "electronvolt": "eV", "dB": "dB", "decibel": "dB", "mm": "mm", "cm": "cm", "um": "µm", "nm": "nm",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "milli": "m", "micro": "µ", "nano": "n", "centi": "c",
    "deci": "d", "pico": "p", "per": "/", "squared": "²", "cubed": "³", "square": "", "cubic": "", "ms": "ms",
    "MHz": "MHz", "kHz": "kHz", "kg": "kg", "mg": "mg", "mL": "mL", "ml": "ml",
}  # fmt: skip
"""The units of siunitx, and their prefixes."""
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”"}


@cache
def known_to_pylatexenc() -> Mapping[str, str]:
    """Commands and their texts from pylatexenc's tables."""
    from pylatexenc.latex2text import get_default_latex_context_db

    known: dict[str, str] = {}
    database = get_default_latex_context_db()
    for category in database.categories():
        for spec in database.iter_macro_specs([category]):
            text = spec.simplify_repl
            if isinstance(text, str) and "%" not in text and text.strip():
                known.setdefault(spec.macroname, text)
    return known
