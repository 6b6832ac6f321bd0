"""Numeric cases of TensorFlow's functions and of Keras on TensorFlow."""

from __future__ import annotations

import random
import warnings
from typing import Any, Iterator

import keras
import tensorflow as tf

from casefile import Tensor, arguments, encode, write
from shapes_tensorflow import output_size, signature
from tensors import draw, record


def functions(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, count in {1: 50, 2: 60, 3: 25}.items():
        made = 0
        while made < count:
            padding: Any = rng.choice(["SAME", "VALID"])
            strides = [rng.choice([1, 2, 2, 3]) for _ in range(rank)]
            dilations = [rng.choice([1, 1, 2])] * rank if rank < 3 else [1] * rank
            kernel = [rng.randint(1, 5 if rank < 3 else 3) for _ in range(rank)]
            n = [rng.randint(1, [6, 4, 3][rank - 1]) for _ in range(rank)]
            out = [output_size(rng, padding, *axis, True) for axis in zip(n, kernel, strides, dilations)]
            if rank == 2 and padding == "VALID" and rng.random() < 0.4:
                # The same window written as explicit padding, cut where it can be.
                crops = [(rng.randint(0, 1), rng.randint(0, 1)) for _ in range(rank)]
                out = [size - sum(crop) for size, crop in zip(out, crops)]
                padding = [[0, 0], *map(list, crops), [0, 0]]
            decimals = rng.random() < 0.25 and max(dilations) == 1
            cin, cout = rng.choice([1, 2]), rng.choice([1, 2])
            if min(out) < 1 or cout * int(tf.reduce_prod(out)) > 200:
                continue
            x, w = draw(rng, [1, *n, cin], decimals=decimals), draw(rng, [*kernel, cout, cin], 5, decimals)
            values: dict[str, Any] = {"input": Tensor(*x.shape), "filters": Tensor(*w.shape), "output_shape": [1, *out, cout],
                                      "strides": strides, "padding": padding}
            if max(dilations) > 1:
                values["dilations"] = dilations
            name = f"conv{rank}d_transpose"
            args, kwargs = arguments(rng, signature([None, "NWC", "NHWC", "NDHWC"][rank]), values)

            def call() -> Any:
                return getattr(tf.nn, name)(tf.constant(x), tf.constant(w), [1, *out, cout], strides, padding,
                                            dilations=values.get("dilations"))

            # The CPU has no dilated kernel: XLA has.
            y = tf.function(call, jit_compile=True)() if max(dilations) > 1 else call()
            made += 1
            yield {
                "api": f"tensorflow.nn.{name}", "args": encode(args), "kwargs": {key: encode(value) for key, value in kwargs.items()},
                "input": record(x), "weights": record(w), "bias": None, "output": record(y),
            }


def layers(rng: random.Random) -> Iterator[dict[str, Any]]:
    """The default backend of most users: the same numbers as on JAX."""
    for rank in [1, 2, 3]:
        for padding in ["same", "valid"]:
            for kernel, stride in [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2), (3, 2), (4, 2), (5, 2), (2, 3), (3, 3), (4, 3), (5, 3)][: 12 if rank < 3 else 7]:
                layer = getattr(keras.layers, f"Conv{rank}DTranspose")(1, kernel, stride, padding)
                x = draw(rng, [1, *[3 if rank == 1 else 2] * rank, 2 if rank < 3 else 1])
                layer.build(x.shape)
                weights = [draw(rng, weight.shape, 5) for weight in layer.get_weights()]
                layer.set_weights(weights)
                yield {
                    "api": f"keras.layers.Conv{rank}DTranspose", "args": [1, kernel, stride, padding], "kwargs": {}, "input": record(x),
                    "weights": record(weights[0]), "bias": record(weights[1]), "output": record(layer(x)),
                }


def resampling(rng: random.Random) -> Iterator[dict[str, Any]]:
    """UpSampling2D, and TensorFlow 1's resize, whose coordinates start at the corner unless aligned."""
    for interpolation, operation, alignment in [("nearest", "nearest", "halfPixel"), ("bilinear", "bilinear", "halfPixel")]:
        for size in [(2, 2), (3, 1), (2, 3)]:
            x = draw(rng, [1, rng.randint(1, 4), rng.randint(1, 4), 2])
            y = keras.layers.UpSampling2D(size, interpolation=interpolation)(x)
            yield {"operation": operation, "alignment": alignment, "layout": "channelsLast", "input": record(x), "output": record(y)}
    for method, operation in [("nearest_neighbor", "nearest"), ("bilinear", "bilinear")]:
        for alignment, corners in [("origin", False), ("corners", True)]:
            for _ in range(4):
                x = draw(rng, [1, rng.randint(1, 5), rng.randint(1, 5), 1])
                y = getattr(tf.compat.v1.image, f"resize_{method}")(x, [rng.randint(1, 8), rng.randint(1, 8)], align_corners=corners)
                yield {"operation": operation, "alignment": alignment, "layout": "channelsLast", "input": record(x), "output": record(y)}


def main() -> None:
    tf.get_logger().setLevel("ERROR")
    warnings.simplefilter("ignore")
    keras.config.set_floatx("float64")
    versions = {"tensorflow": tf.__version__, "keras": keras.__version__}
    write("values-tensorflow", versions, [*functions(random.Random(80)), *layers(random.Random(81))],
          "weights in TensorFlow's layout [*kernel, out, in]; oneDNN off; dilated calls through XLA")
    write("values-resampling", versions, resampling(random.Random(82)), "UpSampling2D and tf.compat.v1.image.resize_*")


if __name__ == "__main__":
    main()
