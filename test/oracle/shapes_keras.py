"""Shape cases of Keras: the three layers, every padding mode, positional orders, misuse, symbolic inputs.

Runs Keras 3 on the backend that KERAS_BACKEND names, or Keras 2 when TF_USE_LEGACY_KERAS is set:
`generate_shapes.py` starts it once for each.
"""

from __future__ import annotations

import os
import random
import warnings
from typing import Any, Iterator

from casefile import REQUIRED, arguments, layer_case, spread, write

LEGACY = os.environ.get("TF_USE_LEGACY_KERAS") == "1"
BACKEND = "tensorflow" if LEGACY else os.environ["KERAS_BACKEND"]

if LEGACY:
    import tensorflow
    import tf_keras as keras
    NAMESPACE = "tensorflow.keras.layers"
else:
    import keras
    NAMESPACE = "keras.layers"

SPOILT = {
    "filters": [0, -1, 2.0, "6", None, True, (6,)],
    "kernel_size": [0, -1, 3.0, "3", None, True, ()],
    "strides": [0, -1, 2.0, "2", None, True, ()],
    "padding": ["SAME", "Valid", "Same", "causal", "full", "zeros", "", None, 0, 1, True, (1, 1), [1, 1]],
    "output_padding": [-1, 1, 2, 1.0, "1", None, True, False, ()],
    "data_format": ["channels_last", "channels_first", "CHANNELS_LAST", "NHWC", "nchw", "", None, 0],
    "dilation_rate": [0, -1, 2, 2.0, "2", None, True, ()],
    "use_bias": [False, None, 0],
    "activation": ["relu", "RELU", "nonsense", None],
    "groups": [1, 2],
    "name": ["up"],
    "stride": [2],
    "input_shape": [(5, 5, 4)],
}


def signature(rank: int) -> list[tuple[str, Any]]:
    formats = [("output_padding", None), ("data_format", None)]
    if rank == 3 and not LEGACY:
        formats.reverse()
    return [
        ("filters", REQUIRED), ("kernel_size", REQUIRED), ("strides", 1), ("padding", "valid"), *formats,
        ("dilation_rate", 1), ("activation", None), ("use_bias", True),
    ]


def run(layer: Any, shape: Any) -> Any:
    """Numbers through the layer; where a size is None, or the CPU has no such kernel, only shapes."""
    symbolic = None in shape or (BACKEND == "tensorflow" and needs_other_device(layer))
    if symbolic:
        return layer(keras.Input(batch_shape=tuple(shape))).shape
    return layer(keras.backend.zeros(shape) if LEGACY else keras.ops.zeros(shape)).shape


def needs_other_device(layer: Any) -> bool:
    return layer.data_format == "channels_first" or max(layer.dilation_rate) > 1


def layer_values(rng: random.Random, rank: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "filters": rng.choice([1, 2, 6]),
        "kernel_size": spread(rng, rank, [1, 2, 3, 3, 4, 5, 6, 7] if rank < 3 else [1, 2, 3, 4]),
    }
    strided = rng.random() < 0.8
    if strided:
        values["strides"] = spread(rng, rank, [1, 2, 2, 3, 4])
    if rng.random() < 0.8:
        values["padding"] = rng.choice(["same", "same", "valid", "SAME"])
    if rng.random() < 0.4:
        values["output_padding"] = spread(rng, rank, [0, 0, 1, 1, 2])
    if rng.random() < (0.1 if strided else 0.8):
        values["dilation_rate"] = spread(rng, rank, [1, 2, 3])
    if rng.random() < 0.2:
        values["data_format"] = rng.choice(["channels_first", "channels_last"])
    if rng.random() < 0.2:
        values["use_bias"] = False
    return values


def input_shape(rng: random.Random, rank: int, values: dict[str, Any]) -> list[int | None]:
    spatial: list[int | None] = [rng.randint(1, 7 if rank < 3 else 4) for _ in range(rank)]
    batch: int | None = rng.randint(1, 3)
    if rng.random() < 0.1:
        batch = None
        spatial = [size if rng.random() < 0.6 else None for size in spatial]
    channels = [rng.choice([1, 2, 3])]
    if rng.random() < 0.02:
        spatial.append(2)
    return [batch, *channels, *spatial] if values.get("data_format") == "channels_first" else [batch, *spatial, *channels]


def misuse(rank: int) -> Iterator[dict[str, Any]]:
    for name, values in SPOILT.items():
        yield from ({name: value} for value in values)
    for name in ["kernel_size", "strides", "output_padding", "dilation_rate"]:
        fill = 0 if name == "output_padding" else 1
        for length in [1, 2, 3, 4]:
            yield {name: (fill,) * length}
            yield {name: [fill] * length}
        yield {name: (1,) * (rank - 1) + (1.0,)}
        yield {name: (1,) * (rank - 1) + (-1,)}
        yield {name: (1,) * (rank - 1) + (0,)}
    yield {"strides": 2, "dilation_rate": 2}
    yield {"strides": (1,) * (rank - 1) + (2,), "dilation_rate": (2,) + (1,) * (rank - 1)}
    for padding in ["same", "valid"]:
        for stride in [1, 2, 3]:
            for extra in [0, 1, 2, 3]:
                yield {"strides": stride, "padding": padding, "output_padding": extra}
    yield {"strides": 2, "padding": 1, "output_padding": 1}


def binding(rank: int) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    yield [], {}
    yield [6], {}
    yield [], {"kernel_size": 3}
    yield [6, 3], {"filters": 6}
    yield [6, 3], {"kernel_size": 3}
    yield [6, 3], {"in_channels": 3}
    yield [6, 3, 2, "same", 1], {}
    yield [6, 3, 2, "same", None], {}
    yield [6, 3, 2, "same", "channels_last"], {}
    yield [6, 3, 2, "same", None, "channels_last"], {}
    yield [6, 3, 2, "same", "channels_last", None], {}
    yield [6, 3, 2, "same", 1, "channels_last"], {}
    yield [6, 3, 2, "same", "channels_last", 1], {}
    yield [6, 3, 2, "same", 1, 1], {}
    yield [6, 3, 1, "same", None, None, 2], {}
    yield [6, 3, 1, "same", None, None, 2, "relu"], {}
    yield [6, 3, 1, "same", None, None, 2, "relu", False], {}
    yield [6, 3, 2, "same", None, None, 1, None, True] + [None] * 12, {}
    yield [6, (3,) * rank, (2,) * rank, "same"], {"activation": "relu", "name": "up"}


def layers(rng: random.Random, counts: list[int]) -> Iterator[dict[str, Any]]:
    for rank, count in zip([1, 2, 3], counts):
        name = f"Conv{rank}DTranspose"
        api, make, order = f"{NAMESPACE}.{name}", getattr(keras.layers, name), signature(rank)
        for _ in range(count):
            values = layer_values(rng, rank)
            yield layer_case(api, make, *arguments(rng, order, values), input_shape(rng, rank, values), run)
        plain_input = [2, *[5] * rank, 4]
        for spoilt in misuse(rank):
            shape = [2, 4, *[5] * rank] if spoilt.get("data_format") == "channels_first" else plain_input
            yield layer_case(api, make, *arguments(rng, order, {"filters": 6, "kernel_size": 3, **spoilt}), shape, run)
        for args, kwargs in binding(rank):
            yield layer_case(api, make, args, kwargs, plain_input, run)
        for shape in [[5], [5, 4], [1, 5, 4], [1, 5, 5, 4], [1, 5, 5, 5, 4], [1, 5, 5, 5, 5, 4], [1, *[5] * rank, None],
                      [None, *[None] * rank, 3]]:
            yield layer_case(api, make, [6, 3, 2, "same"], {}, shape, run)


def main() -> None:
    warnings.simplefilter("ignore")
    rng = random.Random(30)
    version = getattr(keras, "__version__", None) or keras.version()
    if LEGACY:
        write("shapes-keras2", {"tf_keras": version, "tensorflow": tensorflow.__version__}, layers(rng, [80, 120, 60]),
              "legacy Keras; oneDNN off; dilated and channels_first layers by shape inference alone")
    elif BACKEND == "tensorflow":
        import tensorflow as tf
        write("shapes-keras-tensorflow", {"keras": version, "tensorflow": tf.__version__}, layers(rng, [80, 120, 60]),
              "TensorFlow backend; oneDNN off; dilated and channels_first layers by shape inference alone")
    else:
        import jax
        write("shapes-keras", {"keras": version, "jax": jax.__version__}, layers(rng, [250, 300, 120]), "JAX backend on CPU")


if __name__ == "__main__":
    main()
