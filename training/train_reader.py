"""Trains the plate reader on rendered plates, with real crops where their texts are known.

    python3 train_reader.py --data DIR --out DIR --minutes 60 [--crops FILE] [--resume]
"""

import argparse
import glob
import os
import random
import time

import cv2
import numpy as np
import torch
from torch import nn

import camera
import nets
import plates
from glyphs import Styles

CODE = {character: index + 1 for index, character in enumerate(nets.CHARACTERS)}


def load_backgrounds(data, rng, count=500):
    names = sorted(glob.glob(os.path.join(data, "negative", "*.jpg")))
    names += sorted(glob.glob(os.path.join(data, "boxes", "*.jpg")))
    pictures = []
    for name in rng.sample(names, min(count, len(names))):
        picture = cv2.imread(name)
        factor = 320 / max(picture.shape[:2])
        pictures.append(
            cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        )
    return pictures


def loosen(corners, rng):
    """Corners as a detector gives them: a little off, or too upright."""
    centre = corners.mean(0)
    wide = (np.linalg.norm(corners[0] - corners[1]) + np.linalg.norm(corners[3] - corners[2])) / 2
    tall = (np.linalg.norm(corners[0] - corners[3]) + np.linalg.norm(corners[1] - corners[2])) / 2
    if rng.random() < 0.25:  # towards the upright box around it
        low, high = corners.min(0), corners.max(0)
        upright = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
        share = rng.random() * min(1.0, 0.9 * tall / max(1.0, high[1] - low[1]))
        corners = corners + (upright - corners) * share
    size = np.array([wide, tall])
    grow = np.array([rng.gauss(1.01, 0.035), rng.gauss(1.02, 0.08)])
    shift = np.array([rng.gauss(0, 0.015), rng.gauss(0, 0.045)]) * size
    single = np.array([[rng.gauss(0, 0.012), rng.gauss(0, 0.04)] for _ in range(4)]) * size
    return (corners - centre) * grow + centre + shift + single


class Rendered:
    """Endless rectified plates with their texts."""

    def __init__(self, styles, backgrounds, seed, british_share=0.65):
        self.styles, self.backgrounds = styles, backgrounds
        self.rng = random.Random(seed)
        self.british_share = british_share
        self.narrowest = 28.0

    def background(self, size):
        rng = self.rng
        patch = self.backgrounds[rng.randrange(len(self.backgrounds))]
        side = rng.randrange(20, min(patch.shape[:2]) - 1)
        x, y = rng.randrange(patch.shape[1] - side), rng.randrange(patch.shape[0] - side)
        patch = patch[y : y + side, x : x + side]
        size = (int(size[0]), int(size[1]))
        scene = cv2.resize(patch, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
        scene *= rng.uniform(0.3, 1.1)
        return scene

    def surround(self, flat):
        """The holder or the bodywork around a plate, and how wide it is."""
        rng = self.rng
        if rng.random() >= 0.7:
            return flat, 0
        edge = int(flat.shape[0] * rng.uniform(0.02, 0.35))
        paint = ((20, 20, 20), (40, 40, 42), tuple(rng.uniform(0, 255) for _ in range(3)))
        flat = cv2.copyMakeBorder(
            flat, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=rng.choice(paint)
        )
        if rng.random() < 0.3:
            top = rng.randrange(2)
            if edge > 8:
                x = flat.shape[1] * rng.uniform(0.1, 0.5)
                y = edge * 0.25 if top else flat.shape[0] - edge * 0.75
                count = rng.randrange(4, 16)
                words = "".join(rng.choice("ABCDEFGHIKLMNOPRSTUVWZ") for _ in range(count))
                plates.small_print(flat, self.styles, rng, x, y, edge * 0.5, words, (220, 220, 220))
        return flat, edge

    def one(self):
        rng = self.rng
        noise = camera.generator(rng)
        wide = self.narrowest * (230.0 / self.narrowest) ** (rng.random() ** 0.8)
        plate = plates.make_plate(
            self.styles, rng, max(0.3, min(0.75, wide * 1.5 / 520)), 1.0, self.british_share
        )
        flat = plate.picture
        if plate.two_lines:
            wide *= 0.6
            wide = max(wide, 24.0)
        height = wide * flat.shape[0] / flat.shape[1]
        corners = camera.pose(rng, wide, height)
        # Turning shortens a plate; below 22 pixels nobody reads it.
        across = np.linalg.norm(corners[0] - corners[1])
        corners *= max(1.0, (16.0 if plate.two_lines else 22.0) / across)
        size = np.ceil(np.ptp(corners, axis=0) * np.array([1.35, 1.9])).astype(int) + 8
        corners = corners - (corners.min(0) + corners.max(0)) / 2 + size / 2
        corners += np.array([rng.random(), rng.random()])

        scene = self.background(size)
        flat, edge = self.surround(flat)
        if rng.random() < 0.15:  # infra-red: a bright plate in a dark world
            scene *= 0.25
            flat = flat * 0.9 + 20
        flat = camera.illuminate(flat, rng)
        h, w = flat.shape[:2]
        source = (
            np.array(
                [[edge, edge], [w - edge, edge], [w - edge, h - edge], [edge, h - edge]], np.float32
            )
            - 0.5
        )
        move = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
        shrink = wide / (w - 2 * edge)
        if shrink < 0.8:
            flat = cv2.GaussianBlur(flat, (0, 0), 0.42 / shrink)
        placed = cv2.warpPerspective(
            flat, move, (scene.shape[1], scene.shape[0]), flags=cv2.INTER_LINEAR
        )
        cover = cv2.warpPerspective(
            np.ones((h, w), np.float32), move, (scene.shape[1], scene.shape[0])
        )[..., None]
        scene = scene * (1 - cover) + placed * cover
        scene = camera.blur(scene, rng, max(0.5, wide / 100))
        if rng.random() < 0.3:
            scene = camera.illuminate(scene, rng)
        scene = camera.expose(scene, rng, noise)
        if rng.random() < 0.1:  # enlarged once already
            factor = rng.uniform(1.2, 2.5)
            scene = cv2.resize(scene, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
            corners = corners * factor
        scene = camera.compress(scene, rng)
        loose = loosen(corners, rng)
        two = plate.two_lines if rng.random() < 0.9 else camera.is_two_lines(loose)
        return camera.rectify(scene, loose, two), plate.mark


class Crops:
    """Real plates whose text is known, shaken and shaded: rows of `picture, corners x8, text`."""

    def __init__(self, path, data, seed):
        self.rng = random.Random(seed)
        self.rows = []
        cache = {}
        for line in open(path):
            fields = line.rstrip("\n").split("\t")
            name = os.path.join(data, fields[0])
            if name not in cache:
                cache[name] = cv2.imread(name)
            corners = np.array([float(value) for value in fields[1:9]]).reshape(4, 2)
            picture = cache[name]
            low = (
                np.floor(corners.min(0) - np.ptp(corners, axis=0) * [0.3, 0.8]).astype(int).clip(0)
            )
            high = np.ceil(corners.max(0) + np.ptp(corners, axis=0) * [0.3, 0.8]).astype(int)
            self.rows.append(
                (picture[low[1] : high[1], low[0] : high[0]].copy(), corners - low, fields[9])
            )

    def one(self, clean=False):
        rng = self.rng
        picture, corners, text = self.rows[rng.randrange(len(self.rows))]
        noise = camera.generator(rng)
        wide = np.linalg.norm(corners[0] - corners[1])
        if rng.random() < 0.5:
            factor = max(0.15, min(1.0, 40 / wide + rng.random()))
            picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            corners = corners * factor
        scene = camera.illuminate(picture.astype(np.float32), rng)
        scene = camera.blur(scene, rng, 0.6)
        scene = camera.compress(camera.expose(scene, rng, noise), rng, 35)
        return camera.rectify(scene, loosen(corners, rng)), text


def as_batch(samples):
    pictures = np.stack([picture for picture, _ in samples]).astype(np.float32) / 255
    codes = [[CODE[c] for c in text] for _, text in samples]
    lengths = torch.tensor([len(code) for code in codes])
    return torch.from_numpy(pictures)[:, None], torch.tensor(sum(codes, [])), lengths


def decode(logits):
    """Best path: the class of each step, repeats and blanks dropped."""
    texts = []
    for path in logits.argmax(-1).tolist():
        text, last = "", 0
        for step in path:
            if step != last and 0 < step < 37:
                text += nets.CHARACTERS[step - 1]
            last = step
        texts.append(text)
    return texts


def measure(net, samples):
    net.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(samples), 128):
            part = samples[start : start + 128]
            right += sum(a == b for a, (_, b) in zip(decode(net(as_batch(part)[0])), part))
    net.train()
    return right / max(1, len(samples))


def figures_of(net, checks):
    return " ".join("%s %.3f" % (name, measure(net, some)) for name, some in checks.items())


def load_boxes(data, folder):
    """Real plates with text and an upright box only, for validation."""
    samples = []
    rows = [
        line.rstrip("\n").split("\t") for line in open(os.path.join(data, folder, "labels.tsv"))
    ][1:]
    for name, x, y, w, h, text in rows:
        if not text:
            continue
        x, y, w, h = (float(value) for value in (x, y, w, h))
        picture = cv2.imread(os.path.join(data, folder, name))
        corners = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
        samples.append((camera.rectify(picture, corners), text))
    return samples


def draw(source, crops, crop_share, count):
    """A batch of samples, some of them real where there are real ones."""
    samples = []
    for _ in range(count):
        real = crops is not None and source.rng.random() < crop_share
        samples.append(crops.one() if real else source.one())
    return samples


def average(kept, net, keep):
    """Moves the running mean of the weights a little towards the net's."""
    with torch.no_grad():
        for ours, theirs in zip(kept.state_dict().values(), net.state_dict().values()):
            if ours.is_floating_point():
                ours.mul_(keep).add_(theirs, alpha=1 - keep)
            else:
                ours.copy_(theirs)


def asked():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--out", required=True)
    ask.add_argument("--minutes", type=float, default=60)
    ask.add_argument("--batch", type=int, default=48)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--crops", help="rows of real plates: file, 8 corner values, text")
    ask.add_argument("--checks", help="the same for validation")
    ask.add_argument("--crop-share", type=float, default=0.2)
    ask.add_argument("--british-share", type=float, default=0.65)
    ask.add_argument("--resume", action="store_true")
    return ask.parse_args()


def main():
    given = asked()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    os.makedirs(given.out, exist_ok=True)
    styles = Styles(given.data)
    backgrounds = load_backgrounds(given.data, rng)
    fixed = Rendered(styles, backgrounds, 999)
    checks = {
        "rendered": [fixed.one() for _ in range(400)],
        "french": load_boxes(given.data, "french"),
    }
    if given.checks:
        real = Crops(given.checks, given.data, 0)
        checks["real"] = [(camera.rectify(p, c), t) for p, c, t in real.rows]
    source = Rendered(
        styles,
        backgrounds,
        given.seed + int(time.time()) % 100000 * given.resume,
        given.british_share,
    )
    crops = Crops(given.crops, given.data, given.seed) if given.crops else None

    net, kept = nets.Reader(), nets.Reader()
    path = os.path.join(given.out, "reader.pt")
    if given.resume:
        net.load_state_dict(torch.load(path))
    kept.load_state_dict(net.state_dict())
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), given.rate, weight_decay=0.01)
    loss_of = nn.CTCLoss(blank=0, zero_infinity=True)
    begin, saved, step, running = time.time(), time.time(), 0, 0.0
    net.train()
    while (gone := (time.time() - begin) / 60 / given.minutes) < 1:
        rate = given.rate * min(1, (step + 1) / 200) * (0.5 + 0.5 * np.cos(np.pi * gone)) + 1e-6
        for group in optimiser.param_groups:
            group["lr"] = rate
        if not given.resume:  # CTC finds its feet sooner on plates that can be read
            source.narrowest = max(28.0, 110.0 * (1 - gone / 0.12))
        samples = draw(source, crops, given.crop_share, given.batch)
        pictures, codes, lengths = as_batch(samples)
        logits = net(pictures.contiguous(memory_format=torch.channels_last))
        loss = loss_of(
            logits.permute(1, 0, 2).log_softmax(-1),
            codes,
            torch.full((len(samples),), logits.shape[1]),
            lengths,
        )
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        step += 1
        running += (loss.item() - running) * max(0.01, 1 / step)
        average(kept, net, min(0.998, step / (step + 20)))
        if time.time() - saved > 150 or step == 20:
            saved = time.time()
            torch.save(kept.state_dict(), path + ".part")
            os.replace(path + ".part", path)
            gone = (saved - begin) / 60
            print(
                "%.1f min step %d loss %.3f" % (gone, step, running),
                figures_of(kept, checks),
                flush=True,
            )
    torch.save(kept.state_dict(), path)
    print("end step %d loss %.3f" % (step, running), figures_of(kept, checks), flush=True)


if __name__ == "__main__":
    main()
