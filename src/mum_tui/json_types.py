"""The types of values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = bool | int | float | str | Sequence[Any] | Mapping[str, Any] | None
"""A value of JSON, to be read: ``list`` and ``dict`` where a decoder made it. What is inside of these is any value of
JSON again; msgspec, which decodes it, knows no types that contain themselves."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON that may be changed."""
