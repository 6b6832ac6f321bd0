"""Shape cases of the layers of TensorFlow 1: `tf.compat.v1.layers` and tf-slim (once `tf.contrib.layers`).

They need the legacy Keras package: `generate_shapes.py` sets TF_USE_LEGACY_KERAS.
"""

from __future__ import annotations

import random
import warnings
from typing import Any, Callable, Iterator

import tensorflow as tf
import tf_slim

from casefile import REQUIRED, Tensor, arguments, function_case, spread, write

LAYERS = [
    ("inputs", REQUIRED), ("filters", REQUIRED), ("kernel_size", REQUIRED), ("strides", 1), ("padding", "valid"),
    ("data_format", "channels_last"),
]
SLIM = [
    ("inputs", REQUIRED), ("num_outputs", REQUIRED), ("kernel_size", REQUIRED), ("stride", 1), ("padding", "SAME"),
    ("data_format", None),
]


def run(api: str, function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """In a graph, where TensorFlow 1 lives; the static shape is the answer."""
    with tf.Graph().as_default():
        return function_case(api, function, args, kwargs, lambda *shape: tf.zeros(shape), lambda y: y.shape)


def random_calls(rng: random.Random, rank: int, count: int) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        filters, kernel = rng.choice([1, 2, 6]), spread(rng, rank, [1, 2, 3, 3, 4, 5])
        stride = spread(rng, rank, [1, 2, 2, 3])
        shape = Tensor(rng.randint(1, 2), *[rng.randint(1, 6) for _ in range(rank)], 3)
        padding = rng.choice(["same", "valid"])
        name = f"conv{rank}d_transpose"
        yield run(f"tensorflow.compat.v1.layers.{name}", getattr(tf.compat.v1.layers, name),
                  *arguments(rng, LAYERS, {"inputs": shape, "filters": filters, "kernel_size": kernel, "strides": stride, "padding": padding}))
        yield run(f"tf_slim.{name}", getattr(tf_slim, name),
                  *arguments(rng, SLIM, {"inputs": shape, "num_outputs": filters, "kernel_size": kernel, "stride": stride,
                                         "padding": padding.upper()}))


def misuse(rank: int) -> Iterator[dict[str, Any]]:
    name, x = f"conv{rank}d_transpose", Tensor(1, *[5] * rank, 3)
    first = Tensor(1, 3, *[5] * rank)
    layer, slim = getattr(tf.compat.v1.layers, name), getattr(tf_slim, name)
    for parameter, values in {
        "filters": [0, -1, "6", None], "kernel_size": [0, -1, "3", None, (3,), [3, 3], (3, 3, 3)],
        "strides": [0, "2", None, (2,), [2, 2], (2, 2, 2)], "padding": ["SAME", "Valid", "full", "causal", None, 1],
        "data_format": ["channels_first", "NHWC", "nonsense"], "use_bias": [False], "dilation_rate": [2], "output_padding": [1],
    }.items():
        for value in values:
            given = {"filters": 6, "kernel_size": 3, "strides": 2, parameter: value}
            yield run(f"tensorflow.compat.v1.layers.{name}", layer, [first if value == "channels_first" else x], given)
    formats = {2: ["NHWC", "NCHW", "channels_last"], 3: ["NDHWC", "NCDHW", "NHWC"]}[rank]
    for parameter, values in {
        "num_outputs": [0, "6", None], "kernel_size": [0, "3", None, (3,), [3, 3], (3, 3, 3)],
        "stride": [0, "2", None, (2,), [2, 2]], "padding": ["same", "valid", "FULL", None, 1], "data_format": formats,
        "activation_fn": [None], "scope": ["up"], "rate": [2], "filters": [6],
    }.items():
        for value in values:
            given = {"num_outputs": 6, "kernel_size": 3, "stride": 2, parameter: value}
            yield run(f"tf_slim.{name}", slim, [first if str(value).startswith("NC") else x], given)
    for args in [[], [x], [x, 6], [x, 6, 3, 2, "same", "channels_last", None, False]]:
        yield run(f"tensorflow.compat.v1.layers.{name}", layer, args, {})
    for args in [[], [x], [x, 6], [x, 6, 3, 2, "SAME"]]:
        yield run(f"tf_slim.{name}", slim, args, {})
    for shape in [Tensor(5, 3), Tensor(1, *[5] * (rank - 1), 3), Tensor(1, *[5] * (rank + 1), 3)]:
        yield run(f"tensorflow.compat.v1.layers.{name}", layer, [shape, 6, 3], {})
        yield run(f"tf_slim.{name}", slim, [shape, 6, 3], {})


def main() -> None:
    tf.get_logger().setLevel("ERROR")
    warnings.simplefilter("ignore")
    rng = random.Random(50)
    cases = [case for rank, count in [(2, 60), (3, 25)] for case in [*random_calls(rng, rank, count), *misuse(rank)]]
    write("shapes-tensorflow1", {"tensorflow": tf.__version__, "tf_slim": tf_slim.__version__ if hasattr(tf_slim, "__version__") else "1.1.0"},
          cases, "graph mode, static shapes, legacy Keras")


if __name__ == "__main__":
    main()
