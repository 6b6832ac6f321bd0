"""Writes golden/torchvision-encoders.json: the shapes behind each part of torchvision's networks.

Of a ResNet these are its children but for the last, of the others the children of `features`; each is given what
the one before gives, the first an image of 96 by 64.
"""
import json
import os

import torch
import torchvision
from torchvision import models

RESNETS = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnext50_32x4d", "resnext101_32x8d", "wide_resnet50_2", "wide_resnet101_2"]
OTHERS = [
    *(f"vgg{depth}{suffix}" for depth in (11, 13, 16, 19) for suffix in ("", "_bn")),
    "densenet121", "densenet161", "densenet169", "densenet201", "mobilenet_v2",
]


def shapes(parts):
    value = torch.zeros(1, 3, 96, 64)
    found = []
    for name, part in parts:
        value = part(value)
        found.append([name, list(value.shape)])
    return found


def main():
    torch.set_grad_enabled(False)
    networks = {name: shapes(list(getattr(models, name)().eval().named_children())[:-1]) for name in RESNETS}
    networks.update((name, shapes(getattr(models, name)().eval().features.named_children())) for name in OTHERS)
    lines = [f"  {json.dumps(name)}: {json.dumps(parts)}" for name, parts in networks.items()]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden", "torchvision-encoders.json")
    with open(path, "w") as stream:
        stream.write('{\n  "version": ' + json.dumps(torchvision.__version__.split("+")[0]) + ",\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
