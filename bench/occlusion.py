"""Occlusion of all windows in batches in PyTorch: python3 occlusion.py <threads> <architecture> <size> <window> <stride> <batch> <folder>.

The folder holds weights.f32 (of each convolution the kernel [h, w, in, out] and the bias, in order) and picture.f32 [size, size, 3]; scores.f32, the
scores of class 0 for each window, is written there. A map for each line of input.
"""
import sys
import time

import numpy as np
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


def squeezenet():
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(
        nn.Conv2d(3, 96, 7, 2), nn.ReLU(), pool(),
        Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), pool(),
        Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), pool(),
        Fire(512, 64, 256), nn.Conv2d(512, 1000, 1, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )


def vgg16():
    layers, channels = [], 3
    for filters in [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]:
        if filters == 0:
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
    dense = [nn.Conv2d(512, 4096, 7), nn.ReLU(), nn.Conv2d(4096, 4096, 1), nn.ReLU(), nn.Conv2d(4096, 1000, 1), nn.Flatten()]
    return nn.Sequential(*layers, *dense)


threads, architecture, size, window, stride, batch, folder = int(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:7]), sys.argv[7]
torch.set_num_threads(threads)
network = {"squeezenet": squeezenet, "vgg16": vgg16}[architecture]().eval().requires_grad_(False)
values, at = np.fromfile(f"{folder}/weights.f32", np.float32), 0
for layer in network.modules():
    if isinstance(layer, nn.Conv2d):
        o, i, h, w = layer.weight.shape
        kernel = values[at : at + o * i * h * w].reshape(h, w, i, o).transpose(3, 2, 0, 1)
        layer.weight.copy_(torch.from_numpy(np.ascontiguousarray(kernel)))
        at += o * i * h * w
        layer.bias.copy_(torch.from_numpy(values[at : at + o].copy()))
        at += o
assert at == len(values)
picture = np.fromfile(f"{folder}/picture.f32", np.float32).reshape(size, size, 3).transpose(2, 0, 1)
picture = torch.from_numpy(np.ascontiguousarray(picture))
count = -(-(size - window) // stride) + 1
starts = [min(k * stride, size - window) for k in range(count)]
places = [(top, left) for top in starts for left in starts]


@torch.inference_mode()
def step():
    scores = []
    for first in range(0, len(places), batch):
        part = places[first : first + batch]
        pictures = picture.repeat(len(part), 1, 1, 1)
        for one, (top, left) in zip(pictures, part):
            one[:, top : top + window, left : left + window] = 0
        scores.append(network(pictures)[:, 0])
    return torch.cat(scores)


step().numpy().tofile(f"{folder}/scores.f32")
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    step()
    print((time.perf_counter() - start) * 1000, flush=True)
