"""The training step in PyTorch: python3 training-step.py <threads> <batch>; a step for each line of input."""
import sys
import time

import torch
from torch import nn

threads, batch = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)


def conv(channels, filters, kernel):
    return [nn.Conv2d(channels, filters, kernel, padding=kernel // 2), nn.ReLU(inplace=True)]


network = nn.Sequential(
    *conv(3, 32, 5), nn.MaxPool2d(2),
    *conv(32, 48, 3), *conv(48, 64, 3), nn.MaxPool2d(2),
    *conv(64, 96, 3), *conv(96, 128, 3), nn.MaxPool2d(2),
    *conv(128, 128, 3), *conv(128, 192, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(192, 10),
)
optimizer = torch.optim.SGD(network.parameters(), lr=0.001, momentum=0.9)
pictures = torch.randn(batch, 3, 32, 32)
labels = torch.randint(0, 10, (batch,))


def step():
    optimizer.zero_grad(set_to_none=True)
    nn.functional.cross_entropy(network(pictures), labels).backward()
    optimizer.step()


step()
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    step()
    print((time.perf_counter() - start) * 1000, flush=True)
