"""Small tensors with short decimal forms, for the numeric cases."""

from __future__ import annotations

import random
from typing import Any, Sequence

import numpy


def draw(rng: random.Random, shape: Sequence[int], largest: int = 9, decimals: bool = False) -> numpy.ndarray:
    """Small integers, whose sums every framework gets exactly; or two decimals, for float64."""
    count = int(numpy.prod(shape))
    values = [rng.randint(-100 * largest, 100 * largest) / 100 if decimals else rng.randint(-largest, largest) for _ in range(count)]
    return numpy.array(values, dtype="float64").reshape(shape)


def record(array: Any) -> dict[str, Any]:
    """Shape and values, row-major; nine significant digits, whole numbers without a point."""
    array = numpy.asarray(array, dtype="float64")
    values = [float(f"{value:.9g}") for value in array.ravel().tolist()]
    return {"shape": list(array.shape), "values": [int(value) if value == int(value) else value for value in values]}
