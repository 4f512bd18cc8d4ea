"""The dream step in PyTorch: python3 dream-step.py <threads> <architecture> <layer> <size>; a step for each line of input."""
import sys
import time

import torch
from torch import nn


class Fire(nn.Module):
    def __init__(self, channels, squeeze, expand):
        super().__init__()
        self.squeeze = nn.Conv2d(channels, squeeze, 1)
        self.one = nn.Conv2d(squeeze, expand, 1)
        self.three = nn.Conv2d(squeeze, expand, 3, padding=1)

    def forward(self, x):
        x = torch.relu(self.squeeze(x))
        return torch.cat([torch.relu(self.one(x)), torch.relu(self.three(x))], 1)


def vgg16(last):
    layers, channels = [], 3
    for block, (count, filters) in enumerate([(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], 1):
        for index in range(1, count + 1):
            layers.append(nn.Conv2d(channels, filters, 3, padding=1))
            channels = filters
            if last == f"conv{block}_{index}":
                return nn.Sequential(*layers)
            layers.append(nn.ReLU(inplace=True))
        layers.append(nn.MaxPool2d(2))
    raise SystemExit(f"no layer {last}")


def squeezenet(_):
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(
        nn.Conv2d(3, 96, 7, 2), nn.ReLU(inplace=True), pool(),
        Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), pool(),
        Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), pool(),
        Fire(512, 64, 256), nn.Conv2d(512, 1000, 1, padding=1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d(1),
    )


threads, architecture, layer, size = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
torch.set_num_threads(threads)
torch.manual_seed(0)
network = {"vgg16": vgg16, "squeezenet": squeezenet}[architecture](layer).eval().requires_grad_(False)
picture = torch.randn(1, 3, size, size) * 50


def step():
    x = picture.clone().requires_grad_(True)
    (network(x) ** 2).sum().backward()
    return x.grad


step()
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    step()
    print((time.perf_counter() - start) * 1000, flush=True)
