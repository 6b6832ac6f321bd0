"""Shared by the generators: running one call for real, and writing golden files."""

from __future__ import annotations

import json
import platform
import random
import re
from pathlib import Path
from typing import Any, Callable, Iterable, Mapping, Sequence

GOLDEN = Path(__file__).parent / "golden"

# A parameter that has no default.
REQUIRED = object()

Signature = Sequence[tuple[str, Any]]


class Tensor:
    """A tensor argument in a recipe. Only its shape matters; the runner makes the framework's tensor of it."""

    def __init__(self, *shape: int) -> None:
        self.shape = shape


def encode(value: Any) -> Any:
    """An argument as JSON that keeps Python's types apart: see README.md."""
    if isinstance(value, Tensor):
        return {"tensor": list(value.shape)}
    if isinstance(value, tuple):
        return {"tuple": [encode(item) for item in value]}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, float):
        return {"float": value}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return {"other": type(value).__name__}


def arguments(rng: random.Random, signature: Signature, values: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """Passes `values` the way people do: some of them positionally, the rest by keyword.

    Parameters in front of a positional one that have no value in `values` get their default.
    """
    names = [name for name, _ in signature]
    cut = rng.randint(0, len(names))
    given_before_cut = [index for index, name in enumerate(names[:cut]) if name in values]
    last = max(given_before_cut, default=-1)
    positional = []
    for name, default in signature[: last + 1]:
        if name not in values and default is REQUIRED:
            break
        positional.append(values.get(name, default))
    rest = names[len(positional):]
    keywords = [name for name in rest if name in values]
    rng.shuffle(keywords)
    return positional, {name: values[name] for name in keywords}


def failure(when: str, error: BaseException) -> dict[str, str]:
    return {"when": when, "type": type(error).__name__, "text": message(str(error))}


def message(text: str) -> str:
    """The framework's own sentence, without colours, stack and the wrapping that Keras and TensorFlow add."""
    text = re.sub(r"\x1b\[\d+m", "", text)
    text = re.sub(r"^Exception encountered when calling [^\n]*\n+", "", text)
    text = re.sub(r"^in user code:\n(.*\n)*\s*\w*Error: ", "", text)
    text = re.sub(r"^\{\{[^}]*\}\} ", "", text)
    text = text.split("\n")[0]
    text = re.sub(r" \[Op:[^\]]*\].*$", "", text)
    return text[:400]


def write(name: str, versions: Mapping[str, str], cases: Iterable[Mapping[str, Any]], note: str) -> None:
    """One case a line, after a line that says how the file was made."""
    header = {"versions": {"python": platform.python_version(), **versions}, "note": note}
    lines = [compact(header)]
    seen = set()
    for case in cases:
        line = compact(case)
        if line not in seen:
            seen.add(line)
            lines.append(line)
    GOLDEN.mkdir(exist_ok=True)
    (GOLDEN / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - 1} cases")


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def spread(rng: random.Random, rank: int, choices: Sequence[int]) -> Any:
    """A per-axis argument in one of the forms people write: an integer, a tuple or a list."""
    form = rng.choice(["integer", "integer", "tuple", "tuple", "list"])
    if form == "integer":
        return rng.choice(choices)
    values = [rng.choice(choices) for _ in range(rank)]
    return tuple(values) if form == "tuple" else values


def layer_case(
    api: str, make: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], shape: Sequence[int | None],
    run: Callable[..., Any], call: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Builds a layer, then runs it on an input of the given shape.

    @param run takes the layer and the shape, and `call` as keywords; returns the output's shape.
    """
    case: dict[str, Any] = {
        "api": api, "args": encode(args), "kwargs": {name: encode(value) for name, value in kwargs.items()},
        "input": list(shape),
    }
    if call:
        case["call"] = {name: encode(value) for name, value in call.items()}
    output, error = None, None
    try:
        layer = make(*args, **kwargs)
    except Exception as problem:  # what the framework raises is the result
        error = failure("construction", problem)
    else:
        try:
            output = list(run(layer, shape, **(call or {})))
        except Exception as problem:
            error = failure("call", problem)
    return {**case, "output": output, "error": error}


def function_case(
    api: str, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any], tensor: Callable[..., Any],
    shape_of: Callable[[Any], Sequence[int]],
) -> dict[str, Any]:
    """Calls a function whose tensors are given as `Tensor`; `tensor(*shape)` makes them real."""
    real_args = [tensor(*value.shape) if isinstance(value, Tensor) else value for value in args]
    real_kwargs = {name: tensor(*value.shape) if isinstance(value, Tensor) else value for name, value in kwargs.items()}
    output, error = None, None
    try:
        output = list(shape_of(function(*real_args, **real_kwargs)))
    except Exception as problem:
        error = failure("call", problem)
    return {
        "api": api, "args": encode(args), "kwargs": {name: encode(value) for name, value in kwargs.items()},
        "input": None, "output": output, "error": error,
    }
