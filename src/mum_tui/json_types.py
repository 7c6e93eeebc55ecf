"""The types of values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, float, str, Sequence["Json"], Mapping[str, "Json"], None]  # noqa: UP007 - a quoted name takes no |
"""A value of JSON, to be read: ``list`` and ``dict`` where a decoder made it."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON that may be changed."""
