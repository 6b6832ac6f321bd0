"""Numeric cases of Keras's layers and of jax.lax.conv_transpose, on JAX in float64."""

from __future__ import annotations

import random
import warnings
from typing import Any, Iterator

import jax
import keras

from casefile import arguments, encode, write
from shapes_keras import layer_values, signature
from tensors import draw, record


def layers(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, count in {1: 50, 2: 60, 3: 25}.items():
        made = 0
        while made < count:
            values = {**layer_values(rng, rank), "filters": rng.choice([1, 2])}
            spatial, channels = [rng.randint(1, [6, 4, 3][rank - 1]) for _ in range(rank)], [rng.choice([1, 2])]
            first = values.get("data_format") == "channels_first"
            try:
                layer = getattr(keras.layers, f"Conv{rank}DTranspose")(**values)
            except ValueError:
                continue
            decimals = rng.random() < 0.25
            x = draw(rng, [rng.choice([1, 2]), *channels, *spatial] if first else [1, *spatial, *channels], decimals=decimals)
            layer.build(x.shape)
            weights = [draw(rng, weight.shape, 5, decimals) for weight in layer.get_weights()]
            layer.set_weights(weights)
            y = layer(x)
            if y.size == 0 or y.size > 200 or weights[0].size > 160:
                continue
            made += 1
            args, kwargs = arguments(rng, signature(rank), values)
            yield {
                "api": f"keras.layers.Conv{rank}DTranspose", "args": encode(args),
                "kwargs": {name: encode(value) for name, value in kwargs.items()}, "input": record(x),
                "weights": record(weights[0]), "bias": record(weights[1]) if len(weights) > 1 else None, "output": record(y),
            }


def lax(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Kernel layout [*kernel, in, out], or [*kernel, out, in] with transpose_kernel."""
    numbers = {1: ("NHC", "HIO", "NHC"), 2: ("NHWC", "HWIO", "NHWC"), 3: ("NHWDC", "HWDIO", "NHWDC")}
    for rank, count in {1: 25, 2: 20, 3: 10}.items():
        made = 0
        while made < count:
            strides = [rng.choice([1, 2, 3]) for _ in range(rank)]
            kernel = [rng.randint(1, 4 if rank < 3 else 2) for _ in range(rank)]
            dilation = [rng.choice([1, 1, 2]) for _ in range(rank)]
            transposed = rng.random() < 0.3
            padding: Any = rng.choice(["SAME", "VALID", [(rng.randint(0, 3), rng.randint(0, 3)) for _ in range(rank)]])
            cin, cout = rng.choice([1, 2]), rng.choice([1, 2])
            x = draw(rng, [1, *[rng.randint(1, 5 if rank < 3 else 3) for _ in range(rank)], cin])
            w = draw(rng, [*kernel, *((cout, cin) if transposed else (cin, cout))], 5)
            y = jax.lax.conv_transpose(x, w, strides, padding, rhs_dilation=dilation, dimension_numbers=numbers[rank],
                                       transpose_kernel=transposed)
            if y.size == 0 or y.size > 200:
                continue
            made += 1
            yield {"api": "jax.lax.conv_transpose", "strides": strides, "padding": padding, "dilation": dilation,
                   "transposeKernel": transposed, "input": record(x), "weights": record(w), "output": record(y)}


def main() -> None:
    warnings.simplefilter("ignore")
    jax.config.update("jax_enable_x64", True)
    keras.config.set_floatx("float64")
    versions = {"keras": keras.__version__, "jax": jax.__version__}
    write("values-keras", versions, layers(random.Random(70)), "JAX backend; weights in Keras's layout [*kernel, filters, in]")
    write("values-jax", versions, lax(random.Random(71)), "jax.lax.conv_transpose, channels last")


if __name__ == "__main__":
    main()
