"""A map of one class of SqueezeNet in PyTorch: python3 attribution.py <threads> <method> <size>; a map for each line of input."""
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
        self.relu0, self.relu1, self.relu2 = nn.ReLU(), nn.ReLU(), nn.ReLU()

    def forward(self, x):
        x = self.relu0(self.squeeze(x))
        return torch.cat([self.relu1(self.one(x)), self.relu2(self.three(x))], 1)


def squeezenet():
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return nn.Sequential(
        nn.Conv2d(3, 96, 7, 2), nn.ReLU(), pool(),
        Fire(96, 16, 64), Fire(128, 16, 64), Fire(128, 32, 128), pool(),
        Fire(256, 32, 128), Fire(256, 48, 192), Fire(384, 48, 192), Fire(384, 64, 256), pool(),
        Fire(512, 64, 256), nn.Conv2d(512, 1000, 1, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(),
    )


# As in Captum: the hook gets the gradient below the ReLU and the one above it.
HOOKS = {
    "gradient": None,
    "guided-backprop": lambda module, below, above: (torch.relu(below[0]),),
    "deconvnet": lambda module, below, above: (torch.relu(above[0]),),
}

threads, method, size = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
network = squeezenet().eval().requires_grad_(False)
for module in network.modules():
    if isinstance(module, nn.ReLU) and HOOKS[method]:
        module.register_full_backward_hook(HOOKS[method])
picture = torch.randn(1, 3, size, size) * 50


def step():
    x = picture.clone().requires_grad_(True)
    scores = network(x)
    scores[0, scores[0].argmax()].backward()
    return x.grad


step()
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    step()
    print((time.perf_counter() - start) * 1000, flush=True)
