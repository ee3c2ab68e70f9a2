"""Trains the plate reader on rendered plates, with real crops where their texts are known.

    python3 train_reader.py --data DIR --out DIR --minutes 60 [--crops FILE] [--resume]
"""

import argparse
import glob
import os
import random
import re
import sys

import cv2
import numpy as np
import torch
from torch import nn

import camera
import course
import nets
import plates
from glyphs import Styles

CODE = {character: index + 1 for index, character in enumerate(nets.CHARACTERS)}


def photos_without(data):
    """Photos without plates; every tenth is for validation."""
    return sorted(glob.glob(os.path.join(data, "negative", "*.jpg")))


def load_backgrounds(data, rng, count=500):
    names = photos_without(data)
    names += sorted(glob.glob(os.path.join(data, "boxes", "*.jpg")))
    return load_small(names, rng, count)


def load_small(names, rng, count):
    pictures = []
    for name in rng.sample(names, min(count, len(names))):
        picture = cv2.imread(name)
        factor = 320 / max(picture.shape[:2])
        pictures.append(
            cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        )
    return pictures


def loosen(corners, rng):
    """Corners as the detector gives them: a little off, now and then a lot, or too upright.

    The spreads are those of its second look at plates painted over those of held-out photos.
    """
    centre = corners.mean(0)
    wide = (np.linalg.norm(corners[0] - corners[1]) + np.linalg.norm(corners[3] - corners[2])) / 2
    tall = (np.linalg.norm(corners[0] - corners[3]) + np.linalg.norm(corners[1] - corners[2])) / 2
    if rng.random() < 0.3:  # towards the upright box around it
        low, high = corners.min(0), corners.max(0)
        upright = np.array([low, [high[0], low[1]], high, [low[0], high[1]]])
        share = rng.random() * min(1.0, 0.9 * tall / max(1.0, high[1] - low[1]))
        corners = corners + (upright - corners) * share
    size = np.array([wide, tall])
    careless = 2.2 if rng.random() < 0.15 else 1.0
    grow = np.array([rng.gauss(1.01, 0.03), rng.gauss(1.03, 0.07)])
    shift = np.array([rng.gauss(0, 0.013), rng.gauss(0, 0.045)]) * size * careless
    single = np.array([[rng.gauss(0, 0.011), rng.gauss(0, 0.045)] for _ in range(4)]) * size
    return (corners - centre) * grow + centre + shift + single * careless


class Rendered:
    """Endless rectified plates with their texts.

    A plate is drawn once and cut out about five times, each time with other corners.
    """

    POOL = 3000

    def __init__(self, styles, backgrounds, seed, british_share=0.65, made=1 << 20):
        self.styles, self.backgrounds = styles, backgrounds
        self.rng = random.Random(seed)
        self.british_share = british_share
        self.made = made  # the first 40,000 are easier
        self.pool = []

    def narrowest(self):
        """Pixels across; CTC finds its feet sooner on plates that can be read."""
        return max(32.0, 110.0 - self.made / 500)

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
        self.made += 1
        if len(self.pool) < self.POOL:
            self.pool.append(self.scene())
            drawn = self.pool[-1]
        else:
            place = rng.randrange(self.POOL)
            if rng.random() < 0.2:
                self.pool[place] = self.scene()
            drawn = self.pool[place]
        picture, corners, mark, two_lines = drawn
        loose = loosen(corners, rng)
        if rng.random() < 0.04:  # cut the wrong way: there is nothing to read
            return camera.rectify(picture, loose, not two_lines), ""
        return camera.rectify(picture, loose, two_lines), mark

    def scene(self):
        """A grey picture with one plate in it: its corners, mark, and whether it has two lines."""
        rng = self.rng
        noise = camera.generator(rng)
        narrowest = self.narrowest()
        wide = narrowest * (260.0 / narrowest) ** (rng.random() ** 0.8)
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
        grey = cv2.cvtColor(scene, cv2.COLOR_BGR2GRAY)
        return grey, corners, plate.mark, plate.two_lines


BRITISH = re.compile("[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{1,3}[A-Z]{3}|[A-Z]{3}[0-9]{1,3}[A-Z]")


def is_held(name, text):
    """Whether a real plate is kept for validation: by its text, which may stand on many photos."""
    if name.startswith("french"):
        return int(re.sub("[^0-9]", "", name)) % 3 == 0
    return sum(map(ord, text)) % (4 if BRITISH.fullmatch(text) else 8) == 0


class Crops:
    """Real plates whose text is known, shaken and shaded.

    Rows of `picture, corners x8, text` and, for a plate of two lines, a 2. British ones are few and
    count three times.
    """

    def __init__(self, path, data, seed, held=False):
        self.rng = random.Random(seed)
        self.rows, weights = [], []
        cache = {}
        for line in open(path):
            fields = line.rstrip("\n").split("\t")
            if is_held(fields[0], fields[9]) != held:
                continue
            name = os.path.join(data, fields[0])
            if name not in cache:
                cache[name] = cv2.imread(name)
            corners = np.array([float(value) for value in fields[1:9]]).reshape(4, 2)
            spare = np.ptp(corners, axis=0) * [0.3, 0.8]
            low = np.floor(corners.min(0) - spare).astype(int).clip(0)
            high = np.ceil(corners.max(0) + spare).astype(int)
            cut = cache[name][low[1] : high[1], low[0] : high[0]].copy()
            self.rows.append((cut, corners - low, fields[9], fields[10:] == ["2"]))
            weights.append(3 if BRITISH.fullmatch(fields[9]) else 1)
        self.weights = np.cumsum(weights).tolist()

    def one(self):
        rng = self.rng
        picture, corners, text, two_lines = rng.choices(self.rows, cum_weights=self.weights)[0]
        noise = camera.generator(rng)
        wide = np.linalg.norm(corners[0] - corners[1])
        if rng.random() < 0.5:
            factor = max(0.15, min(1.0, 40 / wide + rng.random()))
            picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            corners = corners * factor
        scene = camera.illuminate(picture.astype(np.float32), rng)
        scene = camera.blur(scene, rng, 0.6)
        scene = camera.compress(camera.expose(scene, rng, noise), rng, 35)
        return camera.rectify(scene, loosen(corners, rng), two_lines), text


class NoPlates:
    """What is no plate and must read as nothing: half of it what the detector took for one.

    `found` holds rows of `picture, corners x8` by find_hard.py.
    """

    def __init__(self, pictures, found, data, seed):
        self.rng = random.Random(seed)
        self.pictures = pictures
        self.cuts = []
        for line in open(found) if found else ():
            fields = line.rstrip("\n").split("\t")
            corners = np.array([float(value) for value in fields[1:9]]).reshape(4, 2)
            picture = cv2.imread(os.path.join(data, fields[0]))
            edge = np.ptp(corners, axis=0) * [0.4, 0.9]
            low = np.floor(corners.min(0) - edge).astype(int).clip(0)
            high = np.ceil(corners.max(0) + edge).astype(int)
            cut = picture[low[1] : high[1], low[0] : high[0]]
            if min(cut.shape[:2]) > 4:
                self.cuts.append((cut.copy(), corners - low))

    def anywhere(self):
        rng = self.rng
        picture = rng.choice(self.pictures)
        wide = min(20.0 * 12.0 ** rng.random(), picture.shape[1] * 0.9)
        corners = camera.pose(rng, wide, wide / rng.uniform(1.3, 6))
        room = np.array(picture.shape[1::-1])
        return picture, corners + room * [rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)]

    def one(self):
        rng = self.rng
        if self.cuts and rng.random() < 0.6:
            picture, corners = rng.choice(self.cuts)
            corners = loosen(corners, rng)
        else:
            picture, corners = self.anywhere()
        flat = camera.rectify(picture, corners, rng.random() < 0.3)
        flat = camera.illuminate(flat[..., None].astype(np.float32).repeat(3, -1), rng)
        flat = camera.expose(camera.blur(flat, rng), rng, camera.generator(rng))
        return camera.compress(flat, rng)[..., 0], ""


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


class Mixture:
    """Batches of rendered plates, real ones and what is no plate, by their shares."""

    def __init__(self, sources, shares, count, seed):
        self.sources, self.shares, self.count = sources, shares, count
        self.rng = random.Random(seed)

    def __call__(self):
        chosen = self.rng.choices(self.sources, self.shares, k=self.count)
        return as_batch([source.one() for source in chosen])


def loss_of(logits, codes, lengths):
    """CTC by the character; a sample without any counts as a short one."""
    steps = torch.full((len(lengths),), logits.shape[1])
    odds = logits.permute(1, 0, 2).log_softmax(-1)
    each = nn.functional.ctc_loss(
        odds, codes, steps, lengths, blank=0, reduction="none", zero_infinity=True
    )
    return (each / lengths.clamp(min=3)).mean()


def asked():
    ask = argparse.ArgumentParser()
    course.add_options(ask, minutes=60, batch=64, rate=2e-3)
    ask.add_argument("--crops", help="rows of real plates: file, 8 corner values, text, lines")
    ask.add_argument("--no-plates", help="rows of what is none: file, 8 corner values")
    ask.add_argument("--crop-share", type=float, default=0.25)
    ask.add_argument("--no-plate-share", type=float, default=0.06)
    ask.add_argument("--british-share", type=float, default=0.65)
    return ask.parse_args()


def checks_of(given, styles, backgrounds):
    fixed = Rendered(styles, backgrounds, 999)
    checks = {"rendered": [fixed.one() for _ in range(400)]}
    if given.crops:
        rng = random.Random(5)
        rows = Crops(given.crops, given.data, 0, held=True).rows
        checks["real"] = [(camera.rectify(p, c, two), t) for p, c, t, two in rows]
        checks["shaken"] = [(camera.rectify(p, loosen(c, rng), two), t) for p, c, t, two in rows]
    return checks


def main():
    given = asked()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    styles = Styles(given.data)
    backgrounds = load_backgrounds(given.data, rng)
    checks = checks_of(given, styles, backgrounds)

    net, mean = nets.Reader(), nets.Reader()
    run = course.Course(net, mean, given, "reader", 0.998)
    # A run that goes on draws what it has not seen yet.
    seed = given.seed + 1000 * run.step
    made = 1 << 20 if given.start else run.step * given.batch
    rendered = Rendered(styles, backgrounds, seed, given.british_share, made)
    sources, shares = [rendered], [1.0]
    if given.crops:
        sources.append(Crops(given.crops, given.data, seed))
        shares.append(given.crop_share)
    if given.no_plates:
        names = [name for i, name in enumerate(photos_without(given.data)) if i % 10 != 9]
        empty = load_small(names, rng, 400)
        sources.append(NoPlates(empty, given.no_plates, given.data, seed))
        shares.append(given.no_plate_share)
    shares[0] -= sum(shares[1:])
    batches = course.drawn_aside(Mixture(sources, shares, given.batch, seed))
    running, saved = None, run.used
    while run.goes_on():
        run.set_rate()
        pictures, codes, lengths = next(batches)
        loss = loss_of(run.forward(pictures), codes, lengths)
        run.learn(loss, 5.0)
        running = loss.item() if running is None else running * 0.99 + loss.item() * 0.01
        if run.used - saved > 1.0 or run.step == 20:
            saved = run.used
            run.save()
            print(
                "%.1f min step %d loss %.3f" % (run.used, run.step, running),
                figures_of(mean, checks),
                flush=True,
            )
    run.save()
    print("end step %d loss %.3f" % (run.step, running or 0), figures_of(mean, checks), flush=True)
    return run.exit_status()


if __name__ == "__main__":
    sys.exit(main())
