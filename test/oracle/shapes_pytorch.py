"""Shape cases of PyTorch: modules, lazy modules, `output_size`, functions, and misuse of each."""

from __future__ import annotations

import random
import warnings
from typing import Any, Iterator

import torch

from casefile import REQUIRED, Tensor, arguments, function_case, layer_case, spread, write

LAYER = [
    ("in_channels", REQUIRED), ("out_channels", REQUIRED), ("kernel_size", REQUIRED), ("stride", 1), ("padding", 0),
    ("output_padding", 0), ("groups", 1), ("bias", True), ("dilation", 1), ("padding_mode", "zeros"),
]
FUNCTION = [
    ("input", REQUIRED), ("weight", REQUIRED), ("bias", None), ("stride", 1), ("padding", 0), ("output_padding", 0),
    ("groups", 1), ("dilation", 1),
]
# The smallest legal call of a layer, around which single arguments are spoilt.
PLAIN = {"in_channels": 4, "out_channels": 6, "kernel_size": 3}

SPOILT = {
    "kernel_size": [0, -1, 3.0, "3", None, True, (), []],
    "stride": [0, -1, 2.0, "2", None, True, (), []],
    "padding": [-1, 1.0, "same", "valid", "SAME", "full", None, True, (), []],
    "output_padding": [-1, 1, 1.0, "1", None, True, False, ()],
    "dilation": [0, -1, 2.0, "2", None, True, ()],
    "groups": [0, -1, 2, 3, 4, 5, 2.0, "2", None, True, (1,)],
    "in_channels": [0, -1, 4.0, "4", None, True, (4,)],
    "out_channels": [0, -1, 6.0, "6", None, True, (6,)],
    "bias": [False, None, 0, 1, "no"],
    "padding_mode": ["zeros", "reflect", "circular", "replicate", "ZEROS", "", None, 0],
}


def run(layer: torch.nn.Module, shape: Any, **call: Any) -> torch.Size:
    return layer(torch.zeros(tuple(shape)), **call).shape


def misuse(rank: int) -> Iterator[dict[str, Any]]:
    """One bad or odd argument at a time."""
    for name, values in SPOILT.items():
        yield from ({name: value} for value in values)
    for name in ["kernel_size", "stride", "padding", "output_padding", "dilation"]:
        for length in [1, 2, 3, 4]:
            fill = 0 if name == "output_padding" else 1
            yield {name: (fill,) * length}
            yield {name: [fill + (name in ("kernel_size", "stride"))] * length}
        yield {name: (1,) * (rank - 1) + (1.0,)}
        yield {name: (1,) * (rank - 1) + (-1,)}
        yield {name: ((1, 1),) * rank}


def layer_values(rng: random.Random, rank: int) -> dict[str, Any]:
    groups = rng.choice([1, 1, 1, 1, 2, 3])
    values: dict[str, Any] = {
        "in_channels": rng.choice([1, 2, 3]) * groups + (rng.random() < 0.02),
        "out_channels": rng.choice([1, 2]) * groups + (rng.random() < 0.02),
        "kernel_size": spread(rng, rank, [1, 2, 3, 3, 4, 5, 6, 7] if rank < 3 else [1, 2, 3, 4]),
    }
    if groups > 1:
        values["groups"] = groups
    if rng.random() < 0.85:
        values["stride"] = spread(rng, rank, [1, 2, 2, 3, 4])
    if rng.random() < 0.75:
        values["padding"] = spread(rng, rank, [0, 1, 1, 2, 3])
    if rng.random() < 0.5:
        values["output_padding"] = spread(rng, rank, [0, 1, 1, 2])
    if rng.random() < 0.4:
        values["dilation"] = spread(rng, rank, [1, 1, 2, 3])
    if rng.random() < 0.3:
        values["bias"] = rng.random() < 0.5
    return values


def input_shape(rng: random.Random, rank: int, channels: Any) -> list[int]:
    channels = channels if isinstance(channels, int) else 4
    if rng.random() < 0.03:
        channels += 1
    spatial = [rng.randint(1, 7 if rank < 3 else 4) for _ in range(rank)]
    batch = [] if rng.random() < 0.1 else [rng.randint(1, 3)]
    if rng.random() < 0.02:
        batch = [1, 1, 1]
    return [*batch, channels, *spatial]


def binding(signature: list[tuple[str, Any]], good: list[Any]) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """Calls that Python itself rejects, or nearly."""
    yield [], {}
    yield good[:1], {}
    yield good[:2], {}
    first, required = signature[0][0], [name for name, default in signature if default is REQUIRED]
    yield good, {first: good[0]}
    yield good, {"strides": 2}
    yield good, {"output_shape": (8, 8)}
    yield good, {required[-1]: good[len(required) - 1]}
    yield [], dict(zip(required[1:], good[1:]))
    yield [], dict(zip(required, good))
    yield good + [2, 1, 1, 1, True, 1, "zeros", None, None], {}
    yield good + [2, 1, 1, 1, True, 1, "zeros", None, None, None], {}
    yield good + [2, 1, 1, 1, 1, 1, 1], {}


def layers(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, count in [(1, 420), (2, 420), (3, 160)]:
        name = f"ConvTranspose{rank}d"
        api, make = f"torch.nn.{name}", getattr(torch.nn, name)
        for _ in range(count):
            values = layer_values(rng, rank)
            shape = input_shape(rng, rank, values["in_channels"])
            yield layer_case(api, make, *arguments(rng, LAYER, values), shape, run)
        plain_input = [2, 4, *[5] * rank]
        for spoilt in misuse(rank):
            yield layer_case(api, make, *arguments(rng, LAYER, {**PLAIN, **spoilt}), plain_input, run)
        for args, kwargs in binding(LAYER, [4, 6, 3]):
            yield layer_case(api, make, args, kwargs, plain_input, run)
        for shape in [[], [5], [5, 5], [4, 5], [1, 4, 5], [4, 5, 5], [1, 4, 5, 5], [1, 4, 5, 5, 5], [1, 1, 4, 5, 5, 5],
                      [0, 4, *[5] * rank], [1, 4, *[0] * rank], [1, 4, *[5] * (rank - 1), 0], [1, 3, *[5] * rank],
                      [3, *[5] * rank]]:
            yield layer_case(api, make, [4, 6, 3, 2], {}, shape, run)


def output_sizes(rng: random.Random) -> Iterator[dict[str, Any]]:
    """`layer(x, output_size=…)`, in and out of the legal range."""
    for rank, count in [(1, 60), (2, 60), (3, 20)]:
        name = f"ConvTranspose{rank}d"
        api, make = f"torch.nn.{name}", getattr(torch.nn, name)
        for _ in range(count):
            kernel, stride, padding = rng.choice([2, 3, 4, 5]), rng.choice([1, 2, 2, 3]), rng.choice([0, 1])
            dilation = rng.choice([1, 1, 2])
            n = rng.randint(2, 6)
            smallest = (n - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
            size = [smallest + rng.choice([0, 0, stride - 1, stride - 1, stride, -1]) for _ in range(rank)]
            leading = rng.choice([[], [], [2, 6], [9, 9], [6]])
            size = [*leading, *size]
            kwargs = {"stride": stride, "padding": padding, "dilation": dilation}
            if rng.random() < 0.2:
                kwargs["output_padding"] = 1
            shape = [2, 4, *[n] * rank] if rng.random() < 0.85 else [4, *[n] * rank]
            call = {"output_size": tuple(size) if rng.random() < 0.5 else size}
            yield layer_case(api, make, [4, 6, kernel], kwargs, shape, run, call)
        for size in [9, (), (9,), "9", None, (10.0,) * rank, (10,) * (rank + 3)]:
            yield layer_case(api, make, [4, 6, 3, 2], {"padding": 1}, [2, 4, *[5] * rank], run, {"output_size": size})


def lazy_layers(rng: random.Random) -> Iterator[dict[str, Any]]:
    signature = LAYER[1:]
    for rank, count in [(1, 60), (2, 60), (3, 30)]:
        name = f"LazyConvTranspose{rank}d"
        api, make = f"torch.nn.{name}", getattr(torch.nn, name)
        for _ in range(count):
            values = layer_values(rng, rank)
            channels = values.pop("in_channels")
            yield layer_case(api, make, *arguments(rng, signature, values), input_shape(rng, rank, channels), run)
        plain = {name: value for name, value in PLAIN.items() if name != "in_channels"}
        for name, bad in [("groups", 0), ("groups", 3), ("groups", 5), ("padding", "same"), ("stride", 0), ("out_channels", 0),
                          ("padding_mode", "reflect"), ("kernel_size", 3.0), ("in_channels", 4)]:
            yield layer_case(api, make, [], {**plain, name: bad}, [2, 4, *[5] * rank], run)
        for args, kwargs in binding(signature, [6, 3]):
            yield layer_case(api, make, args, kwargs, [2, 4, *[5] * rank], run)
        yield layer_case(api, make, [6, 3], {}, [5] * rank, run)


def functions(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, count in [(1, 150), (2, 150), (3, 80)]:
        name = f"conv_transpose{rank}d"
        for api, function in [(f"torch.nn.functional.{name}", getattr(torch.nn.functional, name)),
                              (f"torch.{name}", getattr(torch, name))]:
            for _ in range(count if api.startswith("torch.nn") else count // 4):
                drawn = layer_values(rng, rank)
                groups = drawn.get("groups", 1)
                channels, out = drawn.pop("in_channels"), drawn.pop("out_channels")
                kernel = drawn.pop("kernel_size")
                kernel = [kernel] * rank if isinstance(kernel, int) else kernel
                wants_bias = drawn.pop("bias", False)
                values: dict[str, Any] = {
                    **drawn,
                    "input": Tensor(*input_shape(rng, rank, channels)),
                    "weight": Tensor(channels, max(1, out // groups), *kernel),
                }
                if wants_bias:
                    values["bias"] = Tensor(max(1, out // groups) * groups + (rng.random() < 0.1))
                yield function_case(api, function, *arguments(rng, FUNCTION, values), torch.zeros, lambda y: y.shape)
        api, function = f"torch.nn.functional.{name}", getattr(torch.nn.functional, name)
        x, w = Tensor(2, 4, *[5] * rank), Tensor(4, 6, *[3] * rank)
        for parameter in ["stride", "padding", "output_padding", "dilation", "groups"]:
            for bad in SPOILT[parameter]:
                yield function_case(api, function, [x, w], {parameter: bad}, torch.zeros, lambda y: y.shape)
        for parameter in ["stride", "padding", "output_padding", "dilation"]:
            for length in [1, 2, 3, 4]:
                bad = (1 if parameter != "output_padding" else 0,) * length
                yield function_case(api, function, [x, w], {parameter: bad}, torch.zeros, lambda y: y.shape)
        for args, kwargs in binding(FUNCTION, [x, w]):
            yield function_case(api, function, args, kwargs, torch.zeros, lambda y: y.shape)
        for other in [Tensor(4, 6, *[3] * (rank + 1)), Tensor(3, 6, *[3] * rank), Tensor(4, 6), Tensor(4, 6, *[3] * (rank - 1), 0)]:
            yield function_case(api, function, [x, other], {}, torch.zeros, lambda y: y.shape)


def main() -> None:
    warnings.simplefilter("ignore")
    torch.manual_seed(0)
    # oneDNN hides some of ATen's messages for float32; float64 does not go through it.
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    rng = random.Random(20)
    cases = [*layers(rng), *output_sizes(rng), *lazy_layers(rng), *functions(rng)]
    write("shapes-pytorch", {"torch": torch.__version__}, cases, "float64 on CPU")


if __name__ == "__main__":
    main()
