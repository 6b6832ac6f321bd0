"""Shape cases of TensorFlow's functions: `tf.nn.*_transpose`, the v1 order, and `output_shape` in and out of range."""

from __future__ import annotations

import random
import warnings
from typing import Any, Callable, Iterator

import tensorflow as tf

from casefile import REQUIRED, Tensor, arguments, function_case, write

FORMATS = {1: ("NWC", "NCW"), 2: ("NHWC", "NCHW"), 3: ("NDHWC", "NCDHW")}
V1_CONV2D = [
    ("value", None), ("filter", None), ("output_shape", None), ("strides", None), ("padding", "SAME"), ("data_format", "NHWC"),
    ("name", None), ("input", None), ("filters", None), ("dilations", None),
]


def signature(data_format: Any) -> list[tuple[str, Any]]:
    return [
        ("input", REQUIRED), ("filters", REQUIRED), ("output_shape", REQUIRED), ("strides", REQUIRED), ("padding", "SAME"),
        ("data_format", data_format), ("dilations", None),
    ]


def run(api: str, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Eagerly on the CPU, or compiled where the CPU has no kernel: dilation, channels first."""
    compiled = kwargs.get("dilations") is not None or str(kwargs.get("data_format")).startswith("NC")

    def call(*real_args: Any, **real_kwargs: Any) -> Any:
        if not compiled:
            return function(*real_args, **real_kwargs)
        return tf.function(lambda: function(*real_args, **real_kwargs), jit_compile=True)()

    return function_case(api, call, args, kwargs, lambda *shape: tf.zeros(shape), lambda y: y.shape)


def output_size(rng: random.Random, padding: str, n: int, kernel: int, stride: int, dilation: int, legal: bool) -> int:
    smallest = (n - 1) * stride + (1 if padding == "SAME" else dilation * (kernel - 1) + 1)
    legal_offsets = [0, stride - 1, stride - 1, rng.randint(0, stride - 1)]
    return smallest + rng.choice(legal_offsets if legal else [*legal_offsets, -1, stride])


def sizes(rng: random.Random, rank: int) -> Iterator[dict[str, Any]]:
    """Random calls in all layouts and forms, three in four of them legal."""
    while True:
        padding, form = rng.choice(["SAME", "VALID"]), rng.choice(["integer", "spatial", "full"])
        legal, first = rng.random() < 0.75, rng.random() < 0.15
        repeat = (lambda draw: [draw()] * rank) if form == "integer" else (lambda draw: [draw() for _ in range(rank)])
        strides = repeat(lambda: rng.choice([1, 2, 2, 3, 4]))
        dilations = [2 if rng.random() < 0.15 and rank < 3 else 1] * rank
        kernel = [rng.choice([1, 2, 3, 3, 4, 5]) for _ in range(rank)]
        n = [rng.randint(1, 6) for _ in range(rank)]
        out = [output_size(rng, padding, *axis, legal) for axis in zip(n, kernel, strides, dilations)]
        cin, cout, batch = rng.choice([1, 2, 3]), rng.choice([1, 2, 4]), rng.choice([1, 2])
        if min(out) < 1:
            continue

        def order(spatial: list[int], channels: int, examples: int) -> list[int]:
            return [examples, channels, *spatial] if first else [examples, *spatial, channels]

        shaped = {"integer": lambda v: v[0], "spatial": lambda v: list(v), "full": lambda v: order(v, 1, 1)}[form]
        values: dict[str, Any] = {
            "input": Tensor(*order(n, cin, batch)), "filters": Tensor(*kernel, cout, cin),
            "output_shape": rng.choice([list, tuple])(order(out, cout, batch)), "strides": shaped(strides),
        }
        if padding == "VALID" or rng.random() < 0.5:
            values["padding"] = padding
        if first:
            values["data_format"] = FORMATS[rank][1]
        if max(dilations) > 1:
            values["dilations"] = shaped(dilations)
        name = f"conv{rank}d_transpose" if rng.random() < 0.8 else "conv_transpose"
        parameters = signature(None if name == "conv_transpose" else FORMATS[rank][0])
        args, kwargs = arguments(rng, parameters, values)
        # Layout and dilation as keywords, so that run() sees them.
        kwargs.update({name: value for (name, _), value in zip(parameters[5:], args[5:]) if value is not None})
        yield run(f"tensorflow.nn.{name}", getattr(tf.nn, name), args[:5], kwargs)


def every_output_size() -> Iterator[dict[str, Any]]:
    """`output_shape` swept across its legal range, both paddings."""
    for padding in ["SAME", "VALID"]:
        for n in [1, 3, 4]:
            for kernel in [1, 2, 3, 4, 5]:
                for stride in [1, 2, 3]:
                    middle = n * stride + (max(kernel - stride, 0) if padding == "VALID" else 0)
                    for out in {middle - stride, middle - 1, middle, middle + 1, middle + stride}:
                        if out > 0:
                            yield run("tensorflow.nn.conv1d_transpose", tf.nn.conv1d_transpose,
                                      [Tensor(1, n, 2), Tensor(kernel, 3, 2), [1, out, 3], stride], {"padding": padding})


def misuse(rank: int) -> Iterator[dict[str, Any]]:
    name = f"conv{rank}d_transpose"
    api, function = f"tensorflow.nn.{name}", getattr(tf.nn, name)
    x, w = Tensor(1, *[5] * rank, 3), Tensor(*[3] * rank, 2, 3)
    shape = [1, *[10] * rank, 2]

    for padding in ["same", "Valid", "FULL", "", None, 1, 0, [1, 1], "CAUSAL"]:
        yield run(api, function, [x, w, shape, 2], {"padding": padding})
    for strides in [0, -1, 2.0, "2", None, [], [2, 2], [2, 2, 2], [1, 2, 2, 1], [2, 2, 2, 2], [1, 2, 2, 2, 1], (2,), [2] * rank]:
        yield run(api, function, [x, w, shape, strides], {})
    for out in [[1, 10, 10], [10] * rank, [1, *[10] * rank, 3], [1, *[10] * rank, 4], [2, *[10] * rank, 2], [1, *[9] * rank, 2],
                [1, *[11] * rank, 2], [1, *[8] * rank, 2], [1, *[10] * rank, 0], [1, *[-1] * rank, 2], [None, *[10] * rank, 2],
                10, (1, *[10] * rank, 2), [1.0, *[10.0] * rank, 2.0], "shape", None, [1, *[10] * (rank + 1), 2]]:
        if out == [1, 10, 10] and rank == 2:
            continue  # aborts the process on some builds
        yield run(api, function, [x, w, out, 2], {})
    for data_format in [FORMATS[rank][0], "NHWC", "NWC", "NDHWC", "channels_last", "nhwc", None]:
        yield run(api, function, [x, w, shape, 2], {"data_format": data_format})
    for bad in [Tensor(5, 3), Tensor(1, *[5] * (rank - 1), 3), Tensor(1, *[5] * (rank + 1), 3), Tensor(1, *[5] * rank, 4)]:
        yield run(api, function, [bad, w, shape, 2], {})
    for bad in [Tensor(*[3] * rank, 3, 2), Tensor(*[3] * (rank - 1), 2, 3), Tensor(2, 3)]:
        yield run(api, function, [x, bad, shape, 2], {})
    yield run(api, function, [], {})
    yield run(api, function, [x, w], {})
    yield run(api, function, [x, w, shape], {})
    yield run(api, function, [x, w, shape, 2], {"input": x})
    yield run(api, function, [x, w, shape, 2], {"stride": 2})
    yield run(api, function, [x, w, shape, 2], {"filter": w})
    yield run(api, function, [x, w, shape, 2, "SAME", FORMATS[rank][0], None, None, None], {})
    yield run(api, function, [x, w, shape, 2], {"output_padding": 1})
    for bad in [0, -1, 1, [1, 1], [1] * rank]:
        yield run(api, function, [x, w, shape, 2], {"dilations": bad})


def explicit_padding() -> Iterator[dict[str, Any]]:
    x, w = Tensor(1, 5, 5, 3), Tensor(3, 3, 2, 3)
    for top, bottom, left, right in [(0, 0, 0, 0), (1, 1, 1, 1), (1, 0, 0, 1), (2, 1, 1, 2), (0, 2, 2, 0)]:
        padding = [[0, 0], [top, bottom], [left, right], [0, 0]]
        base = 11
        for extra in [-1, 0, 1, 2]:
            yield run("tensorflow.nn.conv2d_transpose", tf.nn.conv2d_transpose,
                      [x, w, [1, base - top - bottom + extra, base - left - right, 2], 2, padding], {})
    for padding in [[[1, 1], [1, 1]], [[0, 0], [-1, 1], [1, 1], [0, 0]], [[1, 0], [1, 1], [1, 1], [0, 0]],
                    [[0, 0], [1, 1], [1, 1], [0, 1]], [1, 1, 1, 1]]:
        yield run("tensorflow.nn.conv2d_transpose", tf.nn.conv2d_transpose, [x, w, [1, 9, 9, 2], 2, padding], {})


def version_one(rng: random.Random) -> Iterator[dict[str, Any]]:
    """`tf.compat.v1.nn.conv2d_transpose`: `name` where v2 has `dilations`, and the older parameter names."""
    api, function = "tensorflow.compat.v1.nn.conv2d_transpose", tf.compat.v1.nn.conv2d_transpose
    for _ in range(40):
        padding = rng.choice(["SAME", "VALID"])
        n, kernel, stride = rng.randint(1, 6), rng.choice([1, 2, 3, 4, 5]), rng.choice([1, 2, 3])
        out = max(1, output_size(rng, padding, n, kernel, stride, 1, rng.random() < 0.75))
        values = {
            "value": Tensor(1, n, n, 3), "filter": Tensor(kernel, kernel, 2, 3), "output_shape": [1, out, out, 2],
            "strides": [1, stride, stride, 1], "padding": padding,
        }
        yield run(api, function, *arguments(rng, V1_CONV2D, values))
    x, w = Tensor(1, 5, 5, 3), Tensor(3, 3, 2, 3)
    yield run(api, function, [], {"input": x, "filters": w, "output_shape": [1, 10, 10, 2], "strides": 2})
    yield run(api, function, [x, w, [1, 10, 10, 2], 2, "SAME", "NHWC", "up"], {})
    yield run(api, function, [x, w, [1, 10, 10, 2], 2, "SAME", "NHWC", 1], {})
    yield run(api, function, [x, w, [1, 10, 10, 2], 2], {"input": x})
    yield run(api, function, [x, w, [1, 10, 10, 2]], {})
    for other in ["conv1d_transpose", "conv3d_transpose"]:
        rank = int(other[4])
        yield run(f"tensorflow.compat.v1.nn.{other}", getattr(tf.compat.v1.nn, other),
                  [Tensor(1, *[5] * rank, 3), Tensor(*[3] * rank, 2, 3), [1, *[10] * rank, 2], 2], {})


def main() -> None:
    tf.get_logger().setLevel("ERROR")
    warnings.simplefilter("ignore")
    rng = random.Random(40)
    cases: list[dict[str, Any]] = []
    for rank, count in [(1, 150), (2, 250), (3, 100)]:
        source = sizes(rng, rank)
        cases += [next(source) for _ in range(count)]
        cases += misuse(rank)
    cases += [*every_output_size(), *explicit_padding(), *version_one(rng)]
    write("shapes-tensorflow", {"tensorflow": tf.__version__}, cases, "CPU, oneDNN off; dilated and channels-first calls through XLA")


if __name__ == "__main__":
    main()
