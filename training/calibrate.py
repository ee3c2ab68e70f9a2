"""Finds the temperature at which the reader's probability of a text is how often it is right.

    python3 calibrate.py --data DIR --nets DIR --crops FILE [--seed 1]

Reads real plates that were kept from training, each with corners shaken as the detector errs, and
writes NETS/temperature for export.py. A text that is no plate's counts as wrong.
"""

import argparse
import os
import random

import cv2
import numpy as np
import torch

import camera
import nets
from train_reader import CODE, Crops, NoPlates, decode, load_small, loosen, photos_without

GRID = [round(0.5 + 0.1 * i, 1) for i in range(26)]
BINS = 10


def probability(logits, texts):
    """Of each text: the sum over all its paths."""
    codes = torch.tensor([CODE[c] for text in texts for c in text])
    lengths = torch.tensor([len(text) for text in texts])
    steps = torch.full((len(texts),), logits.shape[1])
    odds = logits[..., :37].permute(1, 0, 2).log_softmax(-1)
    return (-torch.nn.functional.ctc_loss(odds, codes, steps, lengths, reduction="none")).exp()


def expected_error(scores, right):
    """The mean distance of score and share right, over bins of equal width."""
    error = 0.0
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    for one in range(BINS):
        inside = place == one
        if inside.any():
            error += inside.mean() * abs(scores[inside].mean() - right[inside].mean())
    return error


def samples_of(given, rng):
    rows = Crops(given.crops, given.data, 0, held=True).rows
    for _ in range(3):
        for picture, corners, text, two_lines in rows:
            yield camera.rectify(picture, loosen(corners, rng), two_lines), text
    held = [name for i, name in enumerate(photos_without(given.data)) if i % 10 == 9]
    nothing = NoPlates(load_small(held, rng, 100), None, given.data, given.seed)
    for _ in range(len(rows) // 4):
        yield nothing.one()


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--nets", required=True, help="folder with reader.pt")
    ask.add_argument("--crops", required=True)
    ask.add_argument("--seed", type=int, default=1)
    given = ask.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    net = nets.Reader()
    net.load_state_dict(torch.load(os.path.join(given.nets, "reader.pt")))
    net.eval()
    samples = list(samples_of(given, random.Random(given.seed)))
    with torch.no_grad():
        pictures = np.stack([picture for picture, _ in samples])[:, None].astype(np.float32) / 255
        logits = torch.cat([net(torch.from_numpy(p)) for p in np.array_split(pictures, 8)])
    texts = decode(logits)
    read = [i for i, text in enumerate(texts) if text]
    right = np.array([texts[i] == samples[i][1] for i in read], float)
    best = None
    for temperature in GRID:
        scores = probability(logits[read] / temperature, [texts[i] for i in read]).numpy()
        scores = scores.clip(1e-6, 1 - 1e-6)
        loss = -np.mean(right * np.log(scores) + (1 - right) * np.log(1 - scores))
        if best is None or loss < best[0]:
            best = (loss, temperature, expected_error(scores, right))
        if temperature == 1.0:
            print("as trained: expected calibration error %.3f" % expected_error(scores, right))
    print(
        "temperature %.1f: %.3f, over %d readings, %.1f %% right"
        % (best[1], best[2], len(read), 100 * right.mean())
    )
    with open(os.path.join(given.nets, "temperature"), "w") as out:
        out.write("%.1f\n" % best[1])


if __name__ == "__main__":
    main()
