"""Numeric cases of PyTorch: the layers, their gradients, and the neighbouring operations that the kernel has."""

from __future__ import annotations

import random
from typing import Any, Iterator

import torch
import torch.nn.functional as F

from casefile import arguments, encode, spread, write
from shapes_pytorch import LAYER
from tensors import draw, record


def tensor(array: Any, grad: bool = False) -> torch.Tensor:
    return torch.tensor(array, dtype=torch.float64, requires_grad=grad)


def small_layer(rng: random.Random, rank: int) -> dict[str, Any]:
    """Arguments of a layer that is accepted and whose tensors stay small."""
    groups = rng.choice([1, 1, 1, 2, 3])
    values: dict[str, Any] = {
        "in_channels": groups * rng.choice([1, 2] if groups < 3 and rank < 3 else [1]), "out_channels": groups * rng.choice([1, 1, 2]),
        "kernel_size": spread(rng, rank, [1, 2, 3, 3, 4, 5] if rank < 3 else [1, 2, 3]),
        "stride": spread(rng, rank, [1, 2, 2, 3] if rank < 3 else [1, 2, 2]),
    }
    if groups > 1:
        values["groups"] = groups
    if rng.random() < 0.7:
        values["padding"] = spread(rng, rank, [0, 1, 1, 2, 3] if rank < 3 else [0, 1])
    if rng.random() < 0.5:
        values["output_padding"] = spread(rng, rank, [0, 1, 1, 2] if rank < 3 else [0, 1])
    if rng.random() < 0.35:
        values["dilation"] = spread(rng, rank, [1, 2, 3] if rank < 3 else [1, 2])
    if rng.random() < 0.4:
        values["bias"] = False
    return values


def accepted_layers(rng: random.Random, counts: dict[int, int]) -> Iterator[tuple[int, dict[str, Any], torch.nn.Module, torch.Tensor]]:
    """Rank, arguments, layer with drawn weights, input; only those that PyTorch accepts and that give at most 200 values."""
    for rank, count in counts.items():
        made = 0
        while made < count:
            values = small_layer(rng, rank)
            layer = getattr(torch.nn, f"ConvTranspose{rank}d")(**values, dtype=torch.float64)
            decimals = rng.random() < 0.25
            batch = [] if rng.random() < 0.1 else [rng.choice([1, 1, 2])]
            x = tensor(draw(rng, [*batch, values["in_channels"], *[rng.randint(1, 6 if rank == 1 else 4 if rank == 2 else 3) for _ in range(rank)]],
                            decimals=decimals), grad=True)
            with torch.no_grad():
                layer.weight.copy_(tensor(draw(rng, layer.weight.shape, 5, decimals)))
                if layer.bias is not None:
                    layer.bias.copy_(tensor(draw(rng, layer.bias.shape, 5, decimals)))
            try:
                size = layer(x).numel()
            except RuntimeError:
                continue
            if size <= 200 and layer.weight.numel() <= 160:
                made += 1
                yield rank, values, layer, x


def layers(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, values, layer, x in accepted_layers(rng, {1: 60, 2: 70, 3: 30}):
        args, kwargs = arguments(rng, LAYER, values)
        yield {
            "api": f"torch.nn.ConvTranspose{rank}d", "args": encode(args),
            "kwargs": {name: encode(value) for name, value in kwargs.items()},
            "input": record(x.detach()), "weights": record(layer.weight.detach()),
            "bias": None if layer.bias is None else record(layer.bias.detach()), "output": record(layer(x).detach()),
        }


def gradients(rng: random.Random) -> Iterator[dict[str, Any]]:
    """What autograd gives for input, weights and bias, for a drawn gradient of the output."""
    for rank, values, layer, x in accepted_layers(rng, {1: 50, 2: 50, 3: 25}):
        y = layer(x)
        output_gradient = draw(rng, y.shape, 5)
        y.backward(tensor(output_gradient))
        yield {
            "api": f"torch.nn.ConvTranspose{rank}d", "args": [], "kwargs": {name: encode(value) for name, value in values.items()},
            "input": record(x.detach()), "weights": record(layer.weight.detach()), "outputGradient": record(output_gradient),
            "inputGradient": record(x.grad), "weightGradient": record(layer.weight.grad),
            "biasGradient": None if layer.bias is None else record(layer.bias.grad),
        }


def convolutions(rng: random.Random) -> Iterator[dict[str, Any]]:
    for rank, count in {1: 25, 2: 25, 3: 12}.items():
        made = 0
        while made < count:
            groups = rng.choice([1, 1, 2])
            settings = {name: [rng.choice(choices) for _ in range(rank)] for name, choices in
                        {"stride": [1, 1, 2, 3], "padding": [0, 1, 2], "dilation": [1, 1, 2]}.items()}
            x = draw(rng, [rng.choice([1, 2]), 2 * groups, *[rng.randint(2, 8 if rank == 1 else 5) for _ in range(rank)]])
            w = draw(rng, [groups, 2, *[rng.randint(1, 4 if rank < 3 else 2) for _ in range(rank)]], 5)
            b = draw(rng, [groups], 5) if rng.random() < 0.5 else None
            try:
                y = getattr(F, f"conv{rank}d")(tensor(x), tensor(w), None if b is None else tensor(b), **settings, groups=groups)
            except RuntimeError:
                continue
            made += 1
            yield {"operation": "convolution", **settings, "groups": groups, "input": record(x), "weights": record(w),
                   "bias": None if b is None else record(b), "output": record(y)}


def resampling(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Names of the alignments as in src/kernel: see there."""
    linear = {1: "linear", 2: "bilinear", 3: "trilinear"}
    for rank in [1, 2, 3]:
        for operation, alignment, mode, corners in [
            ("nearest", "origin", "nearest", None), ("nearest", "halfPixel", "nearest-exact", None),
            ("bilinear", "halfPixel", linear[rank], False), ("bilinear", "corners", linear[rank], True),
        ]:
            for _ in range(5 if rank < 3 else 2):
                x = draw(rng, [1, rng.choice([1, 2]), *[rng.randint(1, 5 if rank < 3 else 3) for _ in range(rank)]])
                size = [rng.randint(1, 9 if rank < 3 else 4) for _ in range(rank)]
                y = F.interpolate(tensor(x), size=size, mode=mode, align_corners=corners)
                yield {"operation": operation, "alignment": alignment, "input": record(x), "output": record(y)}


def pooling(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Max pooling with indices, and the unpooling of its result."""
    for rank, count in {1: 12, 2: 15, 3: 6}.items():
        made = 0
        while made < count:
            kernel = [rng.randint(1, 3) for _ in range(rank)]
            settings = {"stride": [rng.randint(1, 3) for _ in range(rank)], "padding": [rng.randint(0, size // 2) for size in kernel],
                        "dilation": [rng.choice([1, 1, 2]) for _ in range(rank)], "ceil_mode": rng.random() < 0.3}
            x = draw(rng, [1, rng.choice([1, 2]), *[rng.randint(2, 7 if rank < 3 else 4) for _ in range(rank)]], 99)
            try:
                y, indices = getattr(F, f"max_pool{rank}d")(tensor(x), kernel, **settings, return_indices=True)
                # Where windows overlap, the same index comes twice with the same value: unpooling is still defined.
                back = getattr(F, f"max_unpool{rank}d")(y, indices, kernel, settings["stride"], output_size=x.shape[2:])
            except (RuntimeError, ValueError):
                continue
            made += 1
            yield {"operation": "maxPool", "kernel": kernel, **settings, "input": record(x), "output": record(y),
                   "indices": indices.reshape(-1).tolist(), "unpooled": record(back)}


def main() -> None:
    torch.set_num_threads(1)
    rng = random.Random(60)
    versions = {"torch": torch.__version__}
    write("values-pytorch", versions, layers(rng), "nn modules; weights in PyTorch's layout [in, out/groups, *kernel]")
    write("values-gradients", versions, gradients(rng), "autograd of nn modules, float64")
    write("values-neighbours", versions, [*convolutions(rng), *resampling(rng), *pooling(rng)],
          "forward convolution, interpolation, max pooling with indices and unpooling")


if __name__ == "__main__":
    main()
