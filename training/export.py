"""Writes trained weights as models/*.onnx and checks that OpenCV gives what PyTorch gives.

    python3 export.py --nets DIR [--models ../models] [--only detector|reader]
"""

import argparse
import os

import cv2
import numpy as np
import torch

import nets


def check(path, net, shapes):
    loaded = cv2.dnn.readNetFromONNX(path)
    source = np.random.default_rng(1)
    for shape in shapes:
        blob = source.random(shape, dtype=np.float32)
        loaded.setInput(blob)
        ours = loaded.forward()
        with torch.no_grad():
            theirs = net(torch.from_numpy(blob)).numpy()
        apart = float(np.abs(ours - theirs).max())
        print(path, shape, "largest difference %.2g" % apart)
        if ours.shape != theirs.shape or apart > 1e-2:
            raise SystemExit("OpenCV and PyTorch disagree")


def cool(net, path):
    """Divides the logits by the temperature that calibrate.py found, in the weights themselves."""
    if os.path.exists(path):
        with open(path) as lines:
            temperature = float(lines.read())
        with torch.no_grad():
            net.head.weight /= temperature
            net.head.bias /= temperature


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--nets", required=True)
    ask.add_argument(
        "--models", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models")
    )
    ask.add_argument("--only", choices=("detector", "reader"))
    given = ask.parse_args()
    torch.set_num_threads(1)
    if given.only != "reader":
        net = nets.Detector()
        net.load_state_dict(torch.load(os.path.join(given.nets, "detector.pt")))
        path = os.path.join(given.models, "detector.onnx")
        nets.export_detector(net, path)
        check(path, net, ((1, 3, 256, 320), (1, 3, 480, 640), (1, 3, 32, 64)))
    if given.only != "detector":
        net = nets.Reader()
        net.load_state_dict(torch.load(os.path.join(given.nets, "reader.pt")))
        cool(net, os.path.join(given.nets, "temperature"))
        path = os.path.join(given.models, "reader.onnx")
        nets.export_reader(net, path)
        check(path, net, ((1, 1, 32, 160),))


if __name__ == "__main__":
    main()
