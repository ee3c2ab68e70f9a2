"""Draws streets with vehicles on them. Everything is made of shapes; no photo is used.

A vehicle is drawn flat in millimetres on its own canvas, then placed in the street by a homography.
"""

import math
import random

import cv2
import numpy as np

import camera
import plates

PIXEL = 2.0  # millimetres for each pixel of a vehicle's canvas
WIDE, TALL = 2200, 1800  # millimetres of that canvas; the ground is its lower edge

BODY = {
    "silver": (190, 188, 184),
    "white": (232, 232, 230),
    "black": (38, 34, 32),
    "blue": (140, 80, 30),
    "red": (36, 28, 165),
    "grey": (110, 108, 104),
    "green": (60, 88, 40),
    "orange": (30, 110, 215),
}


class Vehicle:
    """`kind` is car or van, `face` is front or rear; `plate` is (groups, scheme, lines)."""

    def __init__(self, kind, face, colour, plate):
        self.kind, self.face, self.colour, self.plate = kind, face, colour, plate


def _points(*millimetres):
    return (
        np.array([[(x + WIDE / 2) / PIXEL, (TALL - y) / PIXEL] for x, y in millimetres])
        .round()
        .astype(np.int32)
    )


class _Canvas:
    def __init__(self):
        size = (int(TALL / PIXEL), int(WIDE / PIXEL))
        self.picture = np.zeros((*size, 3), np.float32)
        self.cover = np.zeros(size, np.float32)

    def shape(self, colour, *points):
        where = _points(*points)
        cv2.fillPoly(self.picture, [where], colour, cv2.LINE_AA)
        cv2.fillPoly(self.cover, [where], 1.0, cv2.LINE_AA)

    def bow(self, colour, left, right, bottom, top, radius):
        """A rectangle with round corners."""
        ring = []
        for cx, cy, start in (
            (right - radius, top - radius, 0),
            (left + radius, top - radius, 90),
            (left + radius, bottom + radius, 180),
            (right - radius, bottom + radius, 270),
        ):
            for step in range(7):
                angle = math.radians(start + step * 15)
                ring.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
        self.shape(colour, *ring)

    def round(self, colour, x, y, wide, tall):
        centre = tuple(int(v) for v in _points((x, y))[0])
        axes = (max(1, int(wide / PIXEL / 2)), max(1, int(tall / PIXEL / 2)))
        cv2.ellipse(self.picture, centre, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)
        cv2.ellipse(self.cover, centre, axes, 0, 0, 360, 1.0, -1, cv2.LINE_AA)

    def line(self, colour, thick, *points):
        cv2.polylines(
            self.picture, [_points(*points)], False, colour, max(1, int(thick / PIXEL)), cv2.LINE_AA
        )


def _dim(colour, factor):
    return tuple(min(255.0, value * factor) for value in colour)


def _glass(canvas, left, right, bottom, top, inset):
    canvas.shape(
        (58, 50, 42), (left, bottom), (right, bottom), (right - inset, top), (left + inset, top)
    )
    third = (right - left) / 3
    canvas.shape(
        (104, 96, 84),
        (left + third * 0.7, bottom + 20),
        (left + third * 1.4, bottom + 20),
        (left + third * 1.9, top - 20),
        (left + third * 1.3, top - 20),
    )


def _body(canvas, vehicle, top):
    paint = BODY[vehicle.colour]
    van = vehicle.kind == "van"
    for side in (-1, 1):
        x = side * 740
        canvas.bow((26, 26, 26), x - 115, x + 115, 0, 420, 50)
    if van:
        canvas.bow(paint, -900, 900, 230, top, 110)
        _glass(canvas, -760, 760, 1050, top - 130, 60)
        canvas.line(_dim(paint, 0.55), 8, (0, 330), (0, top - 20))
    else:
        canvas.bow(_dim(paint, 0.9), -660, 660, 800, top, 150)
        canvas.bow(paint, -890, 890, 260, 960, 120)
        _glass(canvas, -690, 690, 940, top - 70, 130)
    for side in (-1, 1):
        canvas.bow(
            _dim(paint, 0.75),
            min(side * 880, side * 1030),
            max(side * 880, side * 1030),
            900,
            1010,
            40,
        )
    canvas.line(_dim(paint, 0.72), 8, (-850, 640), (850, 640))
    canvas.line(_dim(paint, 1.25), 14, (-800, 905), (800, 905))


def _rear(canvas, vehicle, lit):
    paint = BODY[vehicle.colour]
    lamp = (70, 60, 250) if lit else (40, 30, 190)
    for side in (-1, 1):
        inner, outer = sorted((side * 640, side * 870))
        canvas.bow(lamp, inner, outer, 690, 880, 40)
        inner, outer = sorted((side * 700, side * 860))
        canvas.bow((90, 150, 250), inner, outer, 700, 745, 15)
    canvas.bow(
        _dim(paint, 0.5) if vehicle.kind == "van" else _dim(paint, 0.85), -880, 880, 240, 470, 60
    )
    canvas.bow((34, 34, 34), -820, 820, 240, 315, 25)
    canvas.bow((44, 44, 46), 420, 560, 235, 290, 20)
    canvas.bow(_dim(paint, 0.6), -340, 340, 520, 690, 25)
    canvas.round((170, 170, 172), 0, 800, 110, 80)
    canvas.line((40, 30, 170), 14, (-140, 1290), (140, 1290))


def _front(canvas, vehicle, lit):
    paint = BODY[vehicle.colour]
    for side in (-1, 1):
        inner, outer = sorted((side * 590, side * 860))
        canvas.bow((80, 78, 76), inner, outer, 660, 830, 60)
        canvas.round((255, 255, 255) if lit else (222, 222, 220), side * 720, 745, 190, 130)
        canvas.round((245, 245, 245) if lit else (160, 160, 160), side * 700, 360, 110, 80)
    canvas.bow((36, 34, 34), -480, 480, 660, 830, 40)
    for y in range(680, 830, 32):
        canvas.line((96, 96, 96), 8, (-470, y), (470, y))
    canvas.round((190, 190, 192), 0, 750, 130, 110)
    canvas.bow((30, 30, 30), -560, 560, 270, 400, 40)
    for y in range(290, 400, 28):
        canvas.line((62, 62, 62), 6, (-540, y), (540, y))
    canvas.bow(_dim(paint, 0.7), -330, 330, 430, 610, 20)


def draw_vehicle(vehicle, styles, rng, light=1.0, lit=False):
    """Its picture, its cover, and the plate's corners, all on its own canvas."""
    canvas = _Canvas()
    _body(canvas, vehicle, 1720 if vehicle.kind == "van" else 1430)
    (_rear if vehicle.face == "rear" else _front)(canvas, vehicle, lit)
    height = canvas.picture.shape[0]
    shade = np.linspace(1.12, 0.72, height, dtype=np.float32)[:, None]
    across = (
        1 - 0.25 * np.abs(np.linspace(-1, 1, canvas.picture.shape[1], dtype=np.float32))[None] ** 3
    )
    canvas.picture *= (shade * across)[..., None] * light

    groups, scheme, lines = vehicle.plate
    plate = plates.make_british(styles, rng, groups, scheme, scale=1.5, lines=lines)
    tall, wide = plate.picture.shape[:2]
    middle = 605 if vehicle.face == "rear" else 520
    half = np.array([wide, tall]) / 1.5 / PIXEL / 2
    centre = _points((0, middle))[0]
    corners = centre + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    return canvas.picture, canvas.cover, corners, plate


def _houses_and_trees(scene, rng, horizon, night, dark):
    height, width = scene.shape[:2]
    x = -20
    while x < width:
        wide = rng.randrange(70, 190)
        tall = int(height * rng.uniform(0.12, 0.36))
        wall = (
            np.array(rng.choice(((70, 90, 140), (110, 130, 165), (150, 160, 170), (95, 100, 120))))
            * dark
        )
        cv2.rectangle(scene, (x, horizon - tall), (x + wide, horizon + 6), wall.tolist(), -1)
        for wx in range(x + 12, x + wide - 16, 28):
            for wy in range(horizon - tall + 12, horizon - 16, 34):
                glow = night and rng.random() < 0.35
                cv2.rectangle(
                    scene,
                    (wx, wy),
                    (wx + 13, wy + 19),
                    (90, 170, 215) if glow else (np.array((95, 85, 75)) * dark).tolist(),
                    -1,
                )
        x += wide + rng.choice((0, 0, 14))
    for _ in range(rng.randrange(2, 5)):
        x = rng.choice((rng.randrange(0, width // 4), rng.randrange(3 * width // 4, width)))
        cv2.rectangle(
            scene,
            (x - 4, horizon - 60),
            (x + 4, horizon + 12),
            (np.array((40, 55, 70)) * dark).tolist(),
            -1,
        )
        for _ in range(14):
            spot = (x + int(rng.gauss(0, 24)), horizon - 80 + int(rng.gauss(0, 20)))
            cv2.circle(
                scene,
                spot,
                rng.randrange(12, 26),
                (np.array((40, 95, 55)) * dark * rng.uniform(0.7, 1.2)).tolist(),
                -1,
                cv2.LINE_AA,
            )


def backdrop(size, rng, night):
    """Sky, houses, trees, pavement and road, seen along the road."""
    width, height = size
    horizon = int(height * 0.42)
    dark = 0.2 if night else 1.0
    scene = np.zeros((height, width, 3), np.float32)
    top, low = (
        ((215, 160, 105), (235, 222, 205))
        if rng.random() < 0.6
        else ((190, 185, 180), (222, 220, 216))
    )
    ramp = np.linspace(0, 1, horizon, dtype=np.float32)[:, None, None]
    scene[:horizon] = (
        np.array(top, np.float32) * (1 - ramp) + np.array(low, np.float32) * ramp
    ) * (0.12 if night else 1)
    _houses_and_trees(scene, rng, horizon, night, dark)
    scene[horizon:] = np.array((128, 134, 136), np.float32) * dark
    far, near = width * 0.06, width * 0.62
    middle = width / 2
    road = np.array(
        [
            [middle - far, horizon],
            [middle + far, horizon],
            [middle + near * 1.6, height],
            [middle - near * 1.6, height],
        ]
    )
    cv2.fillPoly(
        scene, [road.astype(np.int32)], (np.array((84, 82, 80)) * dark).tolist(), cv2.LINE_AA
    )
    for side in (-1, 1):
        line = np.array(
            [[middle + side * far * 0.94, horizon], [middle + side * near * 1.5, height]]
        ).astype(np.int32)
        cv2.line(
            scene,
            tuple(int(v) for v in line[0]),
            tuple(int(v) for v in line[1]),
            (np.array((60, 200, 220)) * dark).tolist(),
            3,
            cv2.LINE_AA,
        )
    for step in range(9):  # the dashes of the middle line, nearer ones longer
        a, b = (step / 9) ** 2.0, ((step + 0.45) / 9) ** 2.0
        y0, y1 = horizon + (height - horizon) * a, horizon + (height - horizon) * b
        cv2.line(
            scene,
            (int(middle), int(y0)),
            (int(middle), int(y1)),
            (np.array((220, 222, 222)) * dark).tolist(),
            max(1, int(10 * b)),
            cv2.LINE_AA,
        )
    grain = np.random.default_rng(rng.randrange(1 << 30)).standard_normal(
        (height, width, 1), dtype=np.float32
    )
    scene[horizon:] += cv2.GaussianBlur(grain, (0, 0), 1.0)[horizon:, :, None] * 8 * dark
    return scene


def _glow(scene, x, y, radius, colour, strength):
    low = np.array([x - 3 * radius, y - 3 * radius]).astype(int).clip(0)
    high = np.array([x + 3 * radius, y + 3 * radius]).astype(int)
    room = scene[low[1] : high[1], low[0] : high[0]]
    if room.size == 0:
        return
    ys, xs = np.mgrid[low[1] : low[1] + room.shape[0], low[0] : low[0] + room.shape[1]]
    fall = np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2.0 * radius**2)).astype(np.float32)[
        ..., None
    ]
    room += fall * np.array(colour, np.float32) * strength


def place(scene, drawn, ground, wide, turn=0.0, tilt=0.0, night=False, face="rear"):
    """Puts a drawn vehicle at `ground`, `wide` pixels across; gives the plate's corners."""
    picture, cover, corners, _ = drawn
    height, width = picture.shape[:2]
    half, tall = wide / 2, wide * height / width
    x, y = ground
    squeeze = 1 - abs(turn) * 0.35
    left, right = 1 + max(0, turn) * 0.18, 1 + max(0, -turn) * 0.18
    target = np.array(
        [
            [x - half * squeeze, y - tall * left - tilt * half],
            [x + half * squeeze, y - tall * right + tilt * half],
            [x + half * squeeze, y + tall * (1 - right) * -0.3 + tilt * half],
            [x - half * squeeze, y + tall * (1 - left) * -0.3 - tilt * half],
        ],
        np.float32,
    )
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shrink = wide / width
    shadow_spot = (int(x), int(y - 2))
    shade = np.zeros(scene.shape[:2], np.float32)
    cv2.ellipse(
        shade, shadow_spot, (int(half * 0.98), max(2, int(half * 0.12))), 0, 0, 360, 0.75, -1
    )
    scene *= 1 - cv2.GaussianBlur(shade, (0, 0), max(1.0, half * 0.04))[..., None]
    move = cv2.getPerspectiveTransform(source, target)
    if shrink < 0.8:
        sigma = 0.42 / shrink
        picture, cover = cv2.GaussianBlur(picture, (0, 0), sigma), cv2.GaussianBlur(
            cover, (0, 0), sigma
        )
    size = (scene.shape[1], scene.shape[0])
    alpha = cv2.warpPerspective(cover, move, size)[..., None]
    scene *= 1 - alpha
    scene += cv2.warpPerspective(picture, move, size) * alpha
    if night:
        # A camera at night lights the road itself: the plate shines back, lamps glow.
        lamp = (60, 50, 255) if face == "rear" else (235, 240, 255)
        for side in (-1, 1):
            spot = cv2.perspectiveTransform(
                np.array([[[width / 2 + side * 740 / PIXEL, height - 760 / PIXEL]]], np.float32),
                move,
            )[0, 0]
            _glow(scene, spot[0], spot[1], wide * 0.035, lamp, 0.8)
    return cv2.perspectiveTransform(corners[None].astype(np.float32), move)[0]


def paste_plate(scene, drawn, where, light):
    """The plate goes in last, from its own fine picture, as sharp as the scene allows."""
    flat = drawn[3].picture * light
    height, width = flat.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    move = cv2.getPerspectiveTransform(source, (where - 0.5).astype(np.float32))
    shrink = np.linalg.norm(where[0] - where[1]) / width
    if shrink < 0.8:
        flat = cv2.GaussianBlur(flat, (0, 0), 0.42 / shrink)
    size = (scene.shape[1], scene.shape[0])
    alpha = cv2.warpPerspective(np.ones((height, width), np.float32), move, size)[..., None]
    scene *= 1 - alpha
    scene += cv2.warpPerspective(flat, move, size, borderMode=cv2.BORDER_REPLICATE) * alpha


def add(scene, vehicle, styles, rng, ground, wide, turn=0.0, tilt=0.0, night=False):
    drawn = draw_vehicle(vehicle, styles, rng, 0.22 if night else 1.0, night)
    where = place(scene, drawn, ground, wide, turn, tilt, night, vehicle.face)
    paste_plate(scene, drawn, where, 0.72 if night else 0.97)
    return where


def finish(scene, rng, noise=3.0, blur=0.5):
    """The camera: a little blur and noise."""
    scene = cv2.GaussianBlur(scene, (0, 0), blur)
    grain = camera.generator(rng).standard_normal(scene.shape, dtype=np.float32)
    return np.clip(scene + grain * noise, 0, 255).astype(np.uint8)


def seeded(seed):
    return random.Random(seed)
