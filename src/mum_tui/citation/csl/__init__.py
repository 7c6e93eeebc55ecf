"""A processor of the Citation Style Language 1.0.2, written from its specification. Depends on nothing else here.

style = Style.parse(data)                      # a .csl file; StyleError where it is not one
processor = Processor(style, load, "de-DE")    # load: a language tag to read_locale(…) or None
processor.set_items(items)                     # CSL-JSON items, in the order they are cited
references = list(processor.bibliography())    # parts of each entry, sorted
marks = processor.cite([Citation([Cite("id", locator="12")])])
runs(references[0].parts)                      # or plain
"""

from .cites import Citation, Cite
from .locale import LocaleData, read_locale
from .processor import Processor, Reference
from .spans import Part
from .spans import text_of as plain
from .style import Style
from .writers import Line, Run, runs
from .xml import StyleError

__all__ = ["Citation", "Cite", "Line", "LocaleData", "Part", "Processor", "Reference", "Run", "Style", "StyleError"]
__all__ += ["plain", "read_locale", "runs"]
