"""The two networks: a plate finder that gives four corners, and a plate reader.

Both use only layers that OpenCV's network module loads from an ONNX file of opset 11, and both fold
their batch norms on export.
"""

import torch
from torch import nn

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CLASSES = 38  # 0 is the CTC blank, 1..36 are CHARACTERS, 37 is kept for later
STRIDE = 8  # pixels of the input for each cell of the detector's output
CORNER_UNIT = 32.0  # pixels for an output of 1.0, so that outputs stay near one


def conv(inputs, outputs, kernel=3, stride=1):
    """A convolution, its batch norm and a ReLU: the one block everything is made of."""
    padding = kernel // 2 if isinstance(kernel, int) else tuple(size // 2 for size in kernel)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = conv(width, width)
        self.second = nn.Sequential(
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


class Detector(nn.Module):
    """1x3xHxW in [0, 1], RGB, to 1x9x(H/8)x(W/8): centre logit, then x and y of four corners."""

    def __init__(self):
        super().__init__()
        self.to4 = nn.Sequential(conv(3, 16, 3, 2), conv(16, 24, 3, 2), Residual(24))
        self.to8 = nn.Sequential(conv(24, 56, 3, 2), Residual(56))
        self.to16 = nn.Sequential(conv(56, 88, 3, 2), Residual(88))
        self.to32 = nn.Sequential(conv(88, 104, 3, 2), Residual(104))
        self.down32 = conv(104, 64, 1)
        self.side16 = conv(88, 64, 1)
        self.mix16 = conv(64, 64)
        self.side8 = conv(56, 64, 1)
        self.mix8 = nn.Sequential(conv(64, 64), conv(64, 64))
        self.centre = nn.Conv2d(64, 1, 1)
        self.corners = nn.Sequential(conv(64, 64), nn.Conv2d(64, 8, 1))
        nn.init.constant_(self.centre.bias, -4.0)

    def forward(self, image):
        at8 = self.to8(self.to4(image))
        at16 = self.to16(at8)
        at32 = self.to32(at16)
        up = nn.functional.interpolate
        at16 = self.mix16(
            self.side16(at16) + up(self.down32(at32), scale_factor=2.0, mode="nearest")
        )
        at8 = self.mix8(self.side8(at8) + up(at16, scale_factor=2.0, mode="nearest"))
        return torch.cat([self.centre(at8), self.corners(at8)], 1)


class Reader(nn.Module):
    """1x1x32x160 in [0, 1] to 1x40x38 logits for CTC."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(1, 32, 3, 2),
            conv(32, 48),
            nn.MaxPool2d(2),
            conv(48, 72),
            Residual(72),
            nn.MaxPool2d((2, 1)),
            conv(72, 104),
            Residual(104),
            nn.Conv2d(104, 104, (4, 1), bias=False),
            nn.BatchNorm2d(104),
            nn.ReLU(inplace=True),
        )
        # Seven steps are about two characters: enough to tell a zero from an O by its neighbours.
        self.context = nn.Sequential(
            nn.Conv2d(104, 104, (1, 7), 1, (0, 3), bias=False),
            nn.BatchNorm2d(104),
            nn.ReLU(inplace=True),
            nn.Dropout(0.1),
            nn.Conv2d(104, 104, (1, 7), 1, (0, 9), (1, 3), bias=False),
            nn.BatchNorm2d(104),
            nn.ReLU(inplace=True),
        )
        self.head = nn.Conv2d(208, CLASSES, 1)

    def forward(self, plate):
        seen = self.body(plate)
        x = self.head(torch.cat([seen, self.context(seen)], 1))  # N x 38 x 1 x 40
        return x.reshape(-1, CLASSES, 40).permute(0, 2, 1)


def export_detector(net, path):
    net = net.eval()
    torch.onnx.export(
        net,
        torch.zeros(1, 3, 256, 320),
        path,
        opset_version=11,
        input_names=["image"],
        output_names=["plates"],
        dynamic_axes={"image": {2: "h", 3: "w"}, "plates": {2: "h8", 3: "w8"}},
    )


def export_reader(net, path):
    net = net.eval()
    torch.onnx.export(
        net,
        torch.zeros(1, 1, 32, 160),
        path,
        opset_version=11,
        input_names=["plate"],
        output_names=["characters"],
    )


def work(net, *size):
    """Multiply-adds of one run on an input of this size."""
    count = 0

    def add(layer, _, output):
        nonlocal count
        count += output.numel() * layer.weight[0].numel()

    hooks = [m.register_forward_hook(add) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, *size))
    for hook in hooks:
        hook.remove()
    return count


if __name__ == "__main__":
    for net, size in ((Detector(), (3, 480, 640)), (Reader(), (1, 32, 160))):
        print(
            "%s: %d parameters, %.0f M multiply-adds at %s"
            % (
                type(net).__name__,
                sum(p.numel() for p in net.parameters()),
                work(net, *size) / 1e6,
                size,
            )
        )
