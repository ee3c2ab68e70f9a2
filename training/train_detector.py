"""Trains the plate finder on real photos, most with rendered plates painted over the real ones.

    python3 train_detector.py --data DIR --out DIR --minutes 60 [--hard FILE] [--resume]

Two kinds of sample, by turns: a part of a photo at the scale of the first look, and a close-up as
the second look cuts it, from which the corners are taken in the end.
"""

import argparse
import os
import random
import sys

import cv2
import numpy as np
import torch

import camera
import course
import nets
import pipeline
import plates
import texts
from glyphs import Styles, lay_out
from train_reader import photos_without

VIEW = (320, 320)  # pixels of a training picture
CLOSE = pipeline.LOOK_SIZE  # and of a close-up
SMALLEST = 11  # pixels across of a plate that must be found


class Photo:
    """A photo and its upright boxes; decoded when first used."""

    def __init__(self, path, boxes=(), kind="negative"):
        self.path, self.boxes, self.kind, self.picture = path, list(boxes), kind, None

    def load(self, most=900):
        if self.picture is None:
            picture = cv2.imread(self.path)
            height, width = picture.shape[:2]
            stretch = (
                4 / 3 * height / width if os.path.basename(self.path).startswith("oi_") else 1.0
            )
            factor = min(1.0, most / max(width * stretch, height))
            size = (round(width * stretch * factor), round(height * factor))
            if size != (width, height):
                self.boxes = [
                    tuple(np.array(box) * np.tile([size[0] / width, size[1] / height], 2))
                    for box in self.boxes
                ]
                picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
            self.picture = picture
        return self.picture


def load_photos(data, folder, kind):
    photos = {}
    with open(os.path.join(data, folder, "labels.tsv")) as rows:
        for line in list(rows)[1:]:
            name, x, y, w, h = line.split("\t")[:5]
            photo = photos.setdefault(name, Photo(os.path.join(data, folder, name), kind=kind))
            photo.boxes.append(tuple(float(value) for value in (x, y, w, h)))
    return [photos[name] for name in sorted(photos)]


def split(things):
    """Every tenth is for validation."""
    return [t for i, t in enumerate(things) if i % 10 != 9], [
        t for i, t in enumerate(things) if i % 10 == 9
    ]


def trust(path):
    """How tight the boxes of a set are."""
    name = os.path.basename(path)
    return 0.25 if name.startswith("kg_") else 0.6 if name.startswith("oi_") else 1.0


class Scenes:
    def __init__(self, data, styles, seed, hard=None):
        self.rng = random.Random(seed)
        self.styles = styles
        self.labelled, self.held = split(load_photos(data, "boxes", "boxes"))
        french, held = split(load_photos(data, "french", "boxes"))
        self.labelled += french
        self.held += held
        empty = [Photo(path) for path in photos_without(data)]
        self.empty, self.held_empty = split(empty)
        self.hard = self.load_hard(data, hard)

    def load_hard(self, data, path):
        """What was taken for a plate on photos without: rows of `picture, corners x8`."""
        known = {photo.path: photo for photo in self.empty}
        hard = []
        for line in open(path) if path else ():
            fields = line.rstrip("\n").split("\t")
            photo = known.get(os.path.join(data, fields[0]))
            if photo:
                corners = np.array([float(value) for value in fields[1:9]]).reshape(4, 2)
                hard.append((photo, corners))
        return hard

    # -- painting

    def paint(self, scene, corners_box, light):
        """Paints a plate to fill a box (centre, width, height); gives its corners."""
        rng = self.rng
        centre, wide, tall = corners_box
        plate = plates.make_plate(self.styles, rng, max(0.12, min(0.8, wide * 1.3 / 520)), 0.8, 0.7)
        flat = plate.picture
        height, width = flat.shape[:2]
        corners = camera.pose(rng, 1.0, height / width, 55, 28, 5)
        corners *= wide / np.ptp(corners[:, 0])
        if np.ptp(corners[:, 1]) > tall * 2.2:
            corners *= tall * 2.2 / np.ptp(corners[:, 1])
        corners += centre - (corners.min(0) + corners.max(0)) / 2
        edge = int(height * rng.choice((0, 0.06, 0.12, 0.3)))
        colour = (
            (25, 25, 25) if rng.random() < 0.6 else tuple(rng.uniform(10, 240) for _ in range(3))
        )
        if edge:
            flat = cv2.copyMakeBorder(
                flat, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=colour
            )
        flat = camera.illuminate(flat, rng) * light
        h, w = flat.shape[:2]
        source = (
            np.array(
                [[edge, edge], [w - edge, edge], [w - edge, h - edge], [edge, h - edge]], np.float32
            )
            - 0.5
        )
        move = cv2.getPerspectiveTransform(source, (corners - 0.5).astype(np.float32))
        shrink = wide / max(1, width)
        if shrink < 0.8:
            flat = cv2.GaussianBlur(flat, (0, 0), 0.42 / shrink)
        grown = corners + (corners - corners.mean(0)) * (0.1 + 2 * edge / height)
        low = np.floor(grown.min(0)).astype(int) - 3
        high = np.ceil(grown.max(0)).astype(int) + 3
        size = scene.shape[1::-1]
        low, high = low.clip(0, size), high.clip(0, size)
        if (high - low < 2).any():
            return corners, plate
        shift = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]], float) @ move
        size = (int(high[0] - low[0]), int(high[1] - low[1]))
        placed = cv2.warpPerspective(flat, shift, size, flags=cv2.INTER_LINEAR)
        cover = cv2.warpPerspective(np.ones((h, w), np.float32), shift, size)[..., None]
        room = scene[low[1] : high[1], low[0] : high[0]]
        room[:] = room * (1 - cover) + placed * cover
        return corners, plate

    def hide(self, scene, box):
        """Covers a real plate by what surrounds it."""
        size = scene.shape[1::-1]
        low = np.floor(box[:2] - box[2:] * 0.08).astype(int).clip(0, size)
        high = np.ceil(box[:2] + box[2:] * 1.08).astype(int).clip(0, size)
        room = scene[low[1] : high[1], low[0] : high[0]]
        if room.shape[0] < 3 or room.shape[1] < 3:
            return
        ramp = np.linspace(0, 1, room.shape[0], dtype=np.float32)[:, None, None]
        room[:] = room[:1] * (1 - ramp) + room[-1:] * ramp

    def write_signs(self, scene):
        """Lettering that is no plate: signs, watermarks, shop fronts."""
        rng = self.rng
        for _ in range(rng.randrange(1, 4)):
            x, y = rng.uniform(-20, VIEW[0] * 0.8), rng.uniform(0, VIEW[1])
            size = rng.uniform(6, 60)
            colour = tuple(rng.uniform(0, 255) for _ in range(3))
            if rng.random() < 0.5:
                lines = rng.randrange(2, 6)
                if rng.random() < 0.6:
                    board = (int(x), int(y)), (
                        int(x + size * rng.uniform(4, 9)),
                        int(y + size * 1.5 * lines),
                    )
                    cv2.rectangle(scene, *board, tuple(rng.uniform(0, 255) for _ in range(3)), -1)
            else:
                lines = 1
            for line in range(lines):
                word = "".join(rng.choice(texts.LETTERS) for _ in range(rng.randrange(3, 11)))
                if rng.random() < 0.5:
                    cv2.putText(
                        scene,
                        word.lower() if rng.random() < 0.5 else word.title(),
                        (int(x), int(y + size * (1 + 1.4 * line))),
                        rng.randrange(0, 8),
                        size / 25,
                        colour,
                        max(1, int(size / 12)),
                        cv2.LINE_AA,
                    )
                else:
                    mask, _ = lay_out(
                        self.styles,
                        rng.choice(self.styles.fonts),
                        [word],
                        rng,
                        {
                            "height": size,
                            "width": 0,
                            "spacing": size * 0.12,
                            "gap": size * 0.5,
                            "scale": 1,
                        },
                    )
                    plates.ink(
                        scene, mask, x, y + size * 1.4 * line, colour, rng.choice((1.0, 1.0, 0.4))
                    )

    # -- samples

    def turned(self, photo):
        """A labelled photo and its boxes, half of the time as in a mirror."""
        picture, boxes = photo.load(), np.array(photo.boxes, float)
        if self.rng.random() < 0.5:
            picture = picture[:, ::-1]
            boxes[:, 0] = picture.shape[1] - boxes[:, 0] - boxes[:, 2]
        return picture, boxes

    def view_labelled(self):
        """A labelled photo, its boxes, and a part of it that shows a plate of any size."""
        rng = self.rng
        photo = rng.choice(self.labelled)
        picture, boxes = self.turned(photo)
        anchor = boxes[rng.randrange(len(boxes))]
        factor = min(13.0 * (300.0 / 13.0) ** rng.random() / anchor[2], 4.0)
        if rng.random() < 0.15:  # the whole photo
            factor = VIEW[0] / max(picture.shape[:2])
        factor = max(factor, VIEW[0] * rng.uniform(0.7, 1.1) / max(picture.shape[:2]))
        span = VIEW[0] / factor
        aside = np.array([rng.uniform(0.12, 0.88) * span, rng.uniform(0.12, 0.88) * span])
        place = anchor[:2] + anchor[2:] / 2 - aside
        if rng.random() < 0.85:  # keep to the photo where it fills the frame
            spare = np.array([picture.shape[1], picture.shape[0]]) - span
            place = np.where(spare > 0, place.clip(0, spare.clip(0)), place)
        boxes = (boxes - np.concatenate([place, [0, 0]])) * factor
        return picture, factor, place, boxes, photo

    def around(self, centre, factor, size):
        """The place of a view of this size around a point, a little off."""
        off = np.array([self.rng.gauss(0, 6), self.rng.gauss(0, 5)])
        return centre - (np.array(size) / 2 + off) / factor

    def close_labelled(self):
        """The same as a close-up of one plate."""
        rng = self.rng
        photo = rng.choice(self.labelled)
        picture, boxes = self.turned(photo)
        anchor = boxes[rng.randrange(len(boxes))]
        factor = min(pipeline.LOOK_WIDTH * np.exp(rng.gauss(0.02, 0.15)) / anchor[2], 6.0)
        place = self.around(anchor[:2] + anchor[2:] / 2, factor, CLOSE)
        boxes = (boxes - np.concatenate([place, [0, 0]])) * factor
        return picture, factor, place, boxes, photo

    def hard_one(self):
        """A find that was none, as it lies in its photo at the size that it is loaded in."""
        photo, corners = self.rng.choice(self.hard)
        picture = photo.load(640)
        return picture, corners.mean(0), max(6.0, float(np.ptp(corners[:, 0])))

    def view_empty(self):
        """A part of a plate-free photo, half of the time around something that misled."""
        rng = self.rng
        if self.hard and rng.random() < 0.5:
            picture, centre, wide = self.hard_one()
            factor = min(6.0, 20 * 10 ** rng.random() / wide)
            return picture, factor, centre - VIEW[0] * rng.uniform(0.25, 0.75) / factor
        picture = rng.choice(self.empty).load(640)
        factor = VIEW[0] / min(picture.shape[:2]) * np.exp(rng.uniform(-0.6, 1.0))
        span = VIEW[0] / factor
        place = [rng.uniform(-0.2 * span, size - 0.8 * span) for size in picture.shape[1::-1]]
        return picture, factor, np.array(place)

    def close_empty(self):
        """A close-up of what is no plate."""
        rng = self.rng
        if self.hard and rng.random() < 0.8:
            picture, centre, wide = self.hard_one()
        else:
            picture = rng.choice(self.empty).load(640)
            centre = np.array([rng.random(), rng.random()]) * picture.shape[1::-1]
            wide = rng.uniform(15, 200)
        factor = min(pipeline.LOOK_WIDTH * np.exp(rng.gauss(0, 0.15)) / wide, 6.0)
        return picture, factor, self.around(centre, factor, CLOSE)

    def repaint(self, scene, boxes, sure, share, dark):
        """Paints over the real plates, or keeps them all; gives what there is to find."""
        rng = self.rng
        size = np.array(scene.shape[1::-1])
        there = []
        paint_all = rng.random() < share
        for box in boxes:
            end = box[:2] + box[2:]
            if (box[:2] > size).any() or (end < 0).any():
                continue
            if not paint_all or box[2] <= 8:
                upright = np.array([box[:2], [end[0], box[1]], end, [box[0], end[1]]])
                there.append((upright, False, sure))
                continue
            low, high = box[:2].clip(0, size - 1).astype(int), end.clip(1, size).astype(int)
            room = scene[low[1] : high[1] + 1, low[0] : high[0] + 1].reshape(-1, 3)
            light = np.percentile(room, 80, axis=0).astype(np.float32) / 235
            if dark:  # a plate shines back what falls on it
                light = light * rng.uniform(1.0, 6.0)
            light = (light * 0.3 + light.mean() * 0.7).clip(0.12, 1.1)
            self.hide(scene, box)
            where = (box[:2] + box[2:] / 2, box[2] * rng.uniform(0.8, 1.05), min(box[2], box[3]))
            there.append((self.paint(scene, where, light)[0], True, 1.0))
        return there

    def add_vehicles(self, scene, close):
        """Plates on painted bodywork, one or two, apart from each other."""
        rng = self.rng
        size = np.array(scene.shape[1::-1])
        there = []
        for _ in range(1 if close else rng.choice((1, 1, 2))):
            wide = 13.0 * (260.0 / 13.0) ** rng.random()
            centre = np.array([rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)]) * size
            if close:
                wide = pipeline.LOOK_WIDTH * np.exp(rng.gauss(0, 0.15))
                centre = size / 2 + np.array([rng.gauss(0, 6), rng.gauss(0, 5)])
            half = np.array([wide * 0.6, wide * 0.35])
            box = pipeline.box_of([centre - half, centre + half])
            if any(pipeline.overlap(box, pipeline.box_of(other)) > 0 for other, _, _ in there):
                continue
            self.bodywork(scene, centre, wide)
            light = np.float32(rng.uniform(0.25, 1.05)) * np.ones(3, np.float32)
            there.append((self.paint(scene, (centre, wide, wide), light)[0], True, 1.0))
        return there

    def darken(self, scene):
        """Night: little light, often of one colour, and lamps."""
        rng = self.rng
        scene *= rng.uniform(0.12, 0.6)
        if rng.random() < 0.5:
            scene *= np.array([rng.uniform(0.6, 1.3) for _ in range(3)], np.float32)
        for _ in range(rng.choice((0, 1, 2, 4))):
            spot = (rng.randrange(scene.shape[1]), rng.randrange(scene.shape[0]))
            lamp = np.zeros(scene.shape[:2], np.float32)
            radius = rng.uniform(2, 14)
            cv2.circle(lamp, spot, int(radius), rng.uniform(120, 400), -1)
            colour = np.array([rng.uniform(0.3, 1.0) for _ in range(3)], np.float32)
            scene += cv2.GaussianBlur(lamp, (0, 0), radius * 0.8)[..., None] * colour

    def one(self, close=False):
        """A scene, its plates as (corners, exact, trust), and whether labels may be missing."""
        rng = self.rng
        noise = camera.generator(rng)
        labelled = rng.random() < (0.75 if close else 0.66)
        boxes, sure, share = np.zeros((0, 4)), 1.0, 0.68
        if labelled:
            picture, factor, place, boxes, photo = (
                self.close_labelled() if close else self.view_labelled()
            )
            sure = trust(photo.path)
            if sure < 1 and close:  # loose boxes teach no corners
                share = 0.95
            elif sure == 1:  # the dashcam and its nights
                share = 0.5
        else:
            picture, factor, place = self.close_empty() if close else self.view_empty()
        move = np.array([[factor, 0, -place[0] * factor], [0, factor, -place[1] * factor]])
        if factor < 0.6:
            less = max(factor * 1.2, 0.05)
            picture = cv2.resize(picture, None, fx=less, fy=less, interpolation=cv2.INTER_AREA)
            move[:, :2] /= less
        picture = np.ascontiguousarray(picture)
        scene = cv2.warpAffine(
            picture,
            move,
            CLOSE if close else VIEW,
            flags=cv2.INTER_LINEAR,
            borderValue=(114, 114, 114),
        ).astype(np.float32)
        if not labelled and not close and rng.random() < 0.45:
            self.write_signs(scene)
        dark = rng.random() < 0.12
        if dark:
            self.darken(scene)
        there = self.repaint(scene, boxes, sure, share, dark)
        if not labelled and rng.random() < (0.35 if close else 0.5):
            there += self.add_vehicles(scene, close)
        if rng.random() < 0.25:
            scene = np.repeat(scene.mean(-1, keepdims=True), 3, -1)
        scene = camera.blur(scene, rng, 0.9)
        scene = camera.compress(camera.expose(scene, rng, noise), rng, 30)
        return scene, there, labelled

    def bodywork(self, scene, centre, wide):
        """A panel, bumper or holder behind a plate on a photo without one."""
        rng = self.rng
        for _ in range(rng.randrange(0, 3)):
            half = np.array([wide * rng.uniform(0.6, 1.6), wide * rng.uniform(0.2, 0.8)])
            low, high = (centre - half).astype(int), (
                centre + half * np.array([1, rng.uniform(0.5, 1.2)])
            ).astype(int)
            colour = (
                tuple(rng.uniform(5, 60) + rng.uniform(0, 10) for _ in range(3))
                if rng.random() < 0.5
                else tuple(rng.uniform(0, 235) for _ in range(3))
            )
            cv2.rectangle(
                scene, tuple(int(v) for v in low), tuple(int(v) for v in high), colour, -1
            )


def targets(plate_list, doubtful, picture_size):
    """Centre map, its weights, corner targets, their weights, and what kind each is."""
    cells = (picture_size[1] // nets.STRIDE, picture_size[0] // nets.STRIDE)
    heat = np.zeros(cells, np.float32)
    weight = np.ones(cells, np.float32)
    corner = np.zeros((8, *cells), np.float32)
    trusted = np.zeros(cells, np.float32)
    exact = np.zeros(cells, np.float32)
    size = np.ones(cells, np.float32)
    columns, rows = np.meshgrid(np.arange(cells[1]) + 0.5, np.arange(cells[0]) + 0.5)
    for corners, is_exact, sure in plate_list:
        box = pipeline.box_of(corners)
        wide, tall = box[2] - box[0], box[3] - box[1]
        inside = np.minimum(picture_size, box[2:]) - np.maximum(0, box[:2])
        seen = inside.clip(0).prod()
        if seen <= 0:
            continue
        centre = (corners.mean(0) if is_exact else (box[:2] + box[2:]) / 2) / nets.STRIDE
        if (
            wide < SMALLEST
            or seen < 0.75 * wide * tall
            or not ((0 <= centre).all() and (centre < cells[::-1]).all())
        ):
            low = np.floor(box[:2] / nets.STRIDE).astype(int).clip(0)
            high = np.ceil(box[2:] / nets.STRIDE).astype(int).clip(0)
            weight[low[1] : high[1] + 1, low[0] : high[0] + 1] = 0
            continue
        spread_x = max(0.55, wide / nets.STRIDE * 0.10)
        spread_y = max(0.55, tall / nets.STRIDE * 0.12)
        bump = np.exp(
            -(
                (columns - centre[0]) ** 2 / (2 * spread_x**2)
                + (rows - centre[1]) ** 2 / (2 * spread_y**2)
            )
        )
        near = bump > np.maximum(0.35, heat * 0.999)
        heat = np.maximum(heat, bump).astype(np.float32)
        heat[int(centre[1]), int(centre[0])] = 1.0
        near[int(centre[1]), int(centre[0])] = True
        for index in range(4):
            corner[2 * index][near] = (
                (corners[index, 0] - columns * nets.STRIDE) / nets.CORNER_UNIT
            )[near]
            corner[2 * index + 1][near] = (
                (corners[index, 1] - rows * nets.STRIDE) / nets.CORNER_UNIT
            )[near]
        trusted[near] = sure
        exact[near] = float(is_exact)
        size[near] = max(5.0, 0.55 * tall + 0.07 * wide) / nets.CORNER_UNIT
    return heat, weight, corner, trusted, exact, size, np.float32(doubtful)


def loss_of(output, heat, weight, corner, trusted, exact, size, doubtful):
    logit = output[:, 0]
    chance = torch.sigmoid(logit).clamp(1e-5, 1 - 1e-5)
    centre = (heat >= 1.0).float()
    # A confident find on a photo with incomplete labels is likelier a plate than an error.
    with torch.no_grad():
        far = (heat < 0.02).float() * doubtful[:, None, None]
        weight = weight * (1 - far * (chance > 0.5).float() * 0.85)
    hit = -centre * (1 - chance) ** 2 * chance.log()
    miss = -(1 - centre) * (1 - heat) ** 4 * chance**2 * (1 - chance).log() * weight
    count = centre.sum().clamp(min=1)
    found = (hit + miss).sum() / count

    guess = output[:, 1:]
    apart = torch.nn.functional.smooth_l1_loss(
        guess / size[:, None], corner / size[:, None], reduction="none", beta=0.1
    )
    free = apart.mean(1)
    xs, ys, wanted_x, wanted_y = guess[:, 0::2], guess[:, 1::2], corner[:, 0::2], corner[:, 1::2]
    boxes = torch.stack([xs.amin(1), ys.amin(1), xs.amax(1), ys.amax(1)], 1)
    wanted = torch.stack(
        [wanted_x.amin(1), wanted_y.amin(1), wanted_x.amax(1), wanted_y.amax(1)], 1
    )
    boxed = torch.nn.functional.smooth_l1_loss(
        boxes / size[:, None], wanted / size[:, None], reduction="none", beta=0.1
    ).mean(1)
    near = trusted * (exact * free + (1 - exact) * boxed)
    return found, near.sum() / trusted.sum().clamp(min=1)


def as_batch(scenes):
    pictures = (
        np.stack([scene[:, :, ::-1].transpose(2, 0, 1) for scene, _, _ in scenes]).astype(
            np.float32
        )
        / 255
    )
    size = scenes[0][0].shape[1::-1]
    made = [targets(plate_list, doubtful, size) for _, plate_list, doubtful in scenes]
    return torch.from_numpy(pictures), [torch.from_numpy(np.stack(part)) for part in zip(*made)]


class Alternate:
    """Batches of views and of close-ups by turns, of about as many pixels each."""

    def __init__(self, source, count):
        self.source, self.count, self.made = source, count, 0

    def __call__(self):
        self.made += 1
        close = self.made % 2 == 0
        count = self.count * 2 if close else self.count
        return as_batch([self.source.one(close) for _ in range(count)])


def measure(net, source):
    """Recall on held photos and false finds on held empty ones, at the working threshold."""
    net.eval()
    right = total = false = 0

    def run(blob):
        with torch.no_grad():
            return net(torch.from_numpy(blob)).numpy()

    for photo in source.held:
        picture = photo.load()
        found = pipeline.find(run, picture)
        for x, y, w, h in photo.boxes:
            total += 1
            right += any(
                pipeline.overlap((x, y, x + w, y + h), pipeline.box_of(c)) >= 0.5 for _, c in found
            )
    for photo in source.held_empty[::2]:
        false += len(pipeline.find(run, photo.load(640)))
    net.train()
    return right / total, false, len(source.held_empty[::2])


def main():
    ask = argparse.ArgumentParser()
    course.add_options(ask, minutes=60, batch=12, rate=1.5e-3)
    ask.add_argument("--hard", help="rows of what is no plate: file, 8 corner values")
    given = ask.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(given.seed)
    net, mean = nets.Detector(), nets.Detector()
    run = course.Course(net, mean, given, "detector", 0.997)
    source = Scenes(given.data, Styles(given.data), given.seed + 1000 * run.step, given.hard)
    batches = course.drawn_aside(Alternate(source, given.batch))
    saved = checked = run.used
    running = [[1.0, 0.5], [1.0, 0.5]]
    while run.goes_on():
        run.set_rate()
        pictures, wanted = next(batches)
        found, near = loss_of(run.forward(pictures), *wanted)
        run.learn(found + 2.0 * near, 10.0)
        kind = running[pictures.shape[-1] == CLOSE[0]]
        kind[0] += (found.item() - kind[0]) * 0.02
        kind[1] += (near.item() - kind[1]) * 0.02
        if run.step % 100 == 0 or run.used - saved > 1:
            run.save()
            saved = run.used
            (a, b), (c, d) = running
            print(
                "%.1f min step %d views: centre %.3f corners %.4f, close-ups: %.3f %.4f"
                % (run.used, run.step, a, b, c, d),
                flush=True,
            )
        if run.used - checked > 10:
            print("held recall %.3f, %d false on %d" % measure(mean, source), flush=True)
            checked = run.used
    run.save()
    print("end step %d held recall %.3f, %d false on %d" % (run.step, *measure(mean, source)))
    return run.exit_status()


if __name__ == "__main__":
    sys.exit(main())
