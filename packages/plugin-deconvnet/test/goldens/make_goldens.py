"""Makes small.json, and squeezenet.json where the model is: python3 make_goldens.py [squeezenet1.0.onnx], then biome check --write. Needs torch, and onnx for the second."""
import json
import pathlib
import sys

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).parent


class Rectifier(torch.autograd.Function):
    """A ReLU whose signal passes under a policy, in the words of Mahendran and Vedaldi (2016)."""

    @staticmethod
    def forward(ctx, x, mask, rectify):
        ctx.save_for_backward(x)
        ctx.mask, ctx.rectify = mask, rectify
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        signal = above.clamp(min=0) if ctx.rectify else above
        return signal * (x > 0) if ctx.mask else signal, None, None


class Bypass(torch.autograd.Function):
    """Local response normalisation that hands its signal on as it is."""

    @staticmethod
    def forward(ctx, x, size, alpha, beta, k):
        return F.local_response_norm(x, size, alpha, beta, k)

    @staticmethod
    def backward(ctx, above):
        return above, None, None, None, None


POLICIES = {
    "gradient": dict(mask=True, rectify=False, bypass=False),
    "deconvnet": dict(mask=False, rectify=True, bypass=True),
    "guided-backprop": dict(mask=True, rectify=True, bypass=True),
}


def small(x, w, policy):
    relu = lambda a: Rectifier.apply(a, policy["mask"], policy["rectify"])
    norm = (lambda a: Bypass.apply(a, 3, 0.5, 0.75, 2.0)) if policy["bypass"] else (lambda a: F.local_response_norm(a, 3, 0.5, 0.75, 2.0))
    layers = {}
    a = layers["relu1"] = relu(F.conv2d(x, w["conv1/kernel"], w["conv1/bias"], padding=1))
    a = F.max_pool2d(norm(a), 3, 2, ceil_mode=True)
    a = layers["relu2"] = relu(F.conv2d(a, w["conv2/kernel"], w["conv2/bias"]))
    a = F.max_pool2d(a, 2, 1).flatten(1)
    a = relu(F.linear(a, w["fc3/kernel"], w["fc3/bias"]))
    layers["fc4"] = F.linear(a, w["fc4/kernel"], w["fc4/bias"])
    return layers


def projection(run, x, policy, signal_of):
    x = x.clone().requires_grad_(True)
    signal_of(run(x, POLICIES[policy])).sum().backward()
    return x.grad


def grad_cam(run, x, target, layer):
    layers = run(x.clone().requires_grad_(True), POLICIES["gradient"])
    (slope,) = torch.autograd.grad(target(layers), layers[layer])
    return (slope.mean((2, 3), keepdim=True) * layers[layer]).sum(1, keepdim=True).clamp(min=0).detach()


def integrated(run, x, target, steps):
    total = sum(projection(run, x * ((k + 0.5) / steps), "gradient", target) for k in range(steps))
    return x * total / steps


def results(run, x, target, layer, steps):
    up = F.interpolate(grad_cam(run, x, target, layer), x.shape[2:], mode="bilinear", align_corners=False)
    maps = {policy: projection(run, x, policy, target) for policy in POLICIES}
    return {
        **maps,
        "gradient-times-input": x * maps["gradient"],
        "integrated-gradients": integrated(run, x, target, steps),
        "grad-cam": up,
        "guided-grad-cam": up * maps["guided-backprop"],
    }


def rounded(t):
    return [float(f"{v:.7g}") for v in t.detach().flatten().tolist()]


def channels_last(t):
    return t[0].permute(1, 2, 0)


def make_small():
    torch.manual_seed(2)
    shapes = {"conv1/kernel": (5, 3, 3, 3), "conv1/bias": (5,), "conv2/kernel": (6, 5, 3, 2), "conv2/bias": (6,)}
    shapes |= {"fc3/kernel": (7, 6 * 4 * 2), "fc3/bias": (7,), "fc4/kernel": (4, 7), "fc4/bias": (4,)}
    w = {name: torch.randn(shape) * (2 / max(1, torch.tensor(shape[1:]).prod().item())) ** 0.5 for name, shape in shapes.items()}
    x = torch.randn(1, 3, 14, 9)
    run = lambda x, policy: small(x, w, policy)
    methods = results(run, x, lambda layers: layers["fc4"][0, 2], "relu2", 20)
    for policy in POLICIES:
        methods[f"{policy} of a unit"] = projection(run, x, policy, lambda layers: layers["relu2"].max() ** 2 / 2)
    golden = {
        "input": {"shape": [14, 9, 3], "data": rounded(channels_last(x))},
        "weights": {name: {"shape": list(v.shape), "data": rounded(v)} for name, v in w.items()},
        "attributions": {name: rounded(channels_last(v)) for name, v in methods.items()},
    }
    (HERE / "small.json").write_text(json.dumps(golden) + "\n")


def squeezenet(path):
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    constants = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    source = next(i.name for i in graph.input if i.name not in constants)

    def run(x, policy):
        values, layers = {**constants, source: x}, {}
        for node in graph.node:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            a = [values[name] for name in node.input if name in values]
            pads = attributes.get("pads", [0, 0, 0, 0])
            if node.op_type == "Conv":
                y = F.conv2d(F.pad(a[0], (pads[1], pads[3], pads[0], pads[2])), a[1], a[2], attributes.get("strides", [1, 1]))
            elif node.op_type == "Relu":
                y = Rectifier.apply(a[0], policy["mask"], policy["rectify"])
            elif node.op_type == "MaxPool":
                assert pads[:2] == [0, 0]
                padded = F.pad(a[0], (0, pads[3], 0, pads[2]), value=float("-inf"))
                y = F.max_pool2d(padded, attributes["kernel_shape"], attributes["strides"], ceil_mode=bool(attributes.get("ceil_mode", 0)))
            elif node.op_type == "Concat":
                y = torch.cat(a, attributes["axis"])
            elif node.op_type == "GlobalAveragePool":
                y = a[0].mean((2, 3), keepdim=True)
            elif node.op_type in ("Dropout", "Identity"):
                y = a[0]
            elif node.op_type == "Softmax":
                y = torch.softmax(a[0], 1)
            else:
                raise SystemExit(f"no rule for {node.op_type}")
            values[node.output[0]] = layers[node.name or node.output[0]] = y
        return layers

    return run


def make_squeezenet(path):
    torch.manual_seed(7)
    side = 227
    index = torch.arange(side * side * 3, dtype=torch.float64)
    picture = 60 * torch.sin(index * 0.00371) + 40 * torch.cos(index * 0.613)
    x = picture.float().reshape(1, side, side, 3).permute(0, 3, 1, 2).contiguous()
    run = squeezenet(path)
    methods = results(run, x, lambda layers: layers["pool10"].flatten()[285], "fire9/concat", 10)
    for policy in POLICIES:
        methods[f"{policy} of a unit"] = projection(run, x, policy, lambda layers: layers["fire4/concat"][0, 5, 20, 30] ** 2 / 2)
        methods[f"{policy} of a class map"] = projection(run, x, policy, lambda layers: layers["relu_conv10"][0, 285].max())
    golden = {}
    for name, value in methods.items():
        flat = channels_last(value).contiguous().flatten()
        near = flat.abs().topk(60).indices if flat.abs().max() > 0 else torch.arange(60)
        places = torch.cat([near, torch.randint(flat.numel(), (60,))])
        golden[name] = {"norm": float(flat.norm()), "places": places.tolist(), "values": rounded(flat[places])}
    (HERE / "squeezenet.json").write_text(json.dumps(golden) + "\n")


make_small()
if len(sys.argv) > 1:
    make_squeezenet(sys.argv[1])
