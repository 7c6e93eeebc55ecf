"""The types of values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""A value of JSON, to be read: ``list`` and ``dict`` where a decoder made it."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON that may be changed."""
