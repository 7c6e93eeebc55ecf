"""subsequent-author-substitute: names that repeat those of the entry before."""

from .spans import Leaf, Part, Span, of_kind, text_of


class Substitution:
    """Goes through the entries of a bibliography in order. options: the attributes of cs:bibliography."""

    def __init__(self, options: dict[str, str]) -> None:
        self.active = "subsequent-author-substitute" in options
        self.text = options.get("subsequent-author-substitute", "")
        self.rule = options.get("subsequent-author-substitute-rule", "complete-all")
        self._before: tuple[str, list[str]] | None = None

    def apply(self, parts: list[Part]) -> None:
        """Replaces repeated names of the next entry in place."""
        if not self.active:
            return
        block = next(of_kind(parts, "names"), None)
        if block is None:
            self._before = None
            return
        lists = list(of_kind(block.children, "name-list"))
        names = [span for names in lists for span in of_kind(names.children, "name")]
        texts = [text_of(span.children) for span in names]
        whole = "".join(text_of(names.children) for names in lists) or text_of(block.children)
        before, self._before = self._before, (whole, texts)
        if before is None:
            return
        if self.rule.startswith("complete") or not names:
            if before[0] != whole:
                return
            if self.rule == "complete-all" or not names:
                for at, replaced in enumerate(lists or [block]):
                    replaced.children = [Leaf(self.text)] if at == 0 else []
            else:
                for span in names:
                    span.children = [Leaf(self.text)]
        else:
            self._replace_each(before[1], texts, names)

    def _replace_each(self, before: list[str], texts: list[str], names: list[Span]) -> None:
        for at, text in enumerate(texts):
            if at >= len(before) or before[at] != text or (at and self.rule == "partial-first"):
                return
            names[at].children = [Leaf(self.text)]
