"""The types of values that JSON can hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = bool | int | float | str | Sequence[Any] | Mapping[str, Any] | None
"""A value of JSON, for reading. Values inside lists and objects are ``Any``: msgspec decodes no recursive types."""

JsonObject: TypeAlias = dict[str, Json]
"""An object of JSON that may be changed."""
