"""What lies between a plate and its picture: pose, light, optics, sensor, compression."""

import math

import cv2
import numpy as np

SIZES = {False: (160, 32), True: (80, 64)}  # the rectified plate, by `two_lines`


def generator(rng):
    return np.random.default_rng(rng.randrange(1 << 30))


def roll_of(rng, spread):
    """Degrees by which a plate leans: little as a rule, now and then as far as anybody parks."""
    if rng.random() < 0.82:
        return rng.gauss(0, spread)
    return rng.uniform(-35, 35)


def pose(rng, width, height, yaw_most=60.0, pitch_most=30.0, roll_spread=6.0):
    """Corners of a plate of this size turned in space, around (0, 0), as wide as it was."""
    yaw = math.radians(max(-yaw_most, min(yaw_most, rng.gauss(0, yaw_most / 2.4))))
    pitch = math.radians(max(-pitch_most, min(pitch_most, rng.gauss(4, pitch_most / 2.4))))
    roll = math.radians(roll_of(rng, roll_spread))
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], float)
    corners *= [width / 2, height / 2, 1]
    cy, sy, cp, sp = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]]) @ np.array(
        [[1, 0, 0], [0, cp, -sp], [0, sp, cp]]
    )
    corners = corners @ turn.T
    distance = width * rng.uniform(2.5, 10)
    flat = corners[:, :2] * (distance / (distance + corners[:, 2:3]))
    # A camera beside or above the road shears as well as shortens.
    shear = math.tan(roll)
    if rng.random() < 0.5:
        flat[:, 1] += flat[:, 0] * shear
    else:
        c, s = math.cos(roll), math.sin(roll)
        flat = flat @ np.array([[c, s], [-s, c]])
    return flat


def illuminate(picture, rng, mask=None):
    """Light over a BGR float picture: gradients, shadow edges, glare."""
    height, width = picture.shape[:2]
    if rng.random() < 0.5:
        ramp = np.linspace(rng.uniform(0.6, 1.1), rng.uniform(0.6, 1.1), width, dtype=np.float32)
        column = np.linspace(
            rng.uniform(0.75, 1.1), rng.uniform(0.75, 1.1), height, dtype=np.float32
        )
        picture *= (column[:, None] * ramp[None, :])[..., None]
    if rng.random() < 0.2:
        shade = np.ones((height, width), np.float32)
        points = np.array(
            [[rng.uniform(-0.5, 1.5) * width, rng.uniform(-0.5, 1.5) * height] for _ in range(4)]
        )
        cv2.fillPoly(shade, [points.astype(np.int32)], rng.uniform(0.3, 0.75))
        shade = cv2.GaussianBlur(shade, (0, 0), max(0.5, height * rng.uniform(0.01, 0.12)))
        picture *= shade[..., None]
    if rng.random() < 0.1:
        glow = np.zeros((height, width), np.float32)
        spot = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        cv2.ellipse(
            glow,
            spot,
            (
                max(1, int(width * rng.uniform(0.05, 0.3))),
                max(1, int(height * rng.uniform(0.1, 0.5))),
            ),
            rng.uniform(0, 180),
            0,
            360,
            rng.uniform(60, 200),
            -1,
        )
        picture += cv2.GaussianBlur(glow, (0, 0), max(1, height * 0.25))[..., None]
    return picture


def expose(picture, rng, noise):
    """Exposure, contrast, cast and sensor noise on a float picture; gives uint8."""
    if rng.random() < 0.75:
        gain, lift = rng.uniform(0.45, 1.25), rng.uniform(-15, 45)
        picture = picture * gain + lift
    if rng.random() < 0.4:
        picture = 255.0 * np.power(np.clip(picture, 0, 255) / 255.0, rng.uniform(0.55, 1.8))
    if picture.ndim == 3 and rng.random() < 0.3:
        picture = picture * np.array([rng.uniform(0.75, 1.2) for _ in range(3)], np.float32)
    if rng.random() < 0.6:
        strength = abs(rng.gauss(0, 7))
        picture = picture + noise.standard_normal(picture.shape, dtype=np.float32) * strength
    return np.clip(picture, 0, 255).astype(np.uint8)


def blur(picture, rng, strength=1.0):
    if rng.random() < 0.6:
        sigma = abs(rng.gauss(0, 0.7)) * strength
        if sigma > 0.2:
            picture = cv2.GaussianBlur(picture, (0, 0), sigma)
    if rng.random() < 0.15:
        length = rng.randrange(2, max(3, int(6 * strength) + 1))
        kernel = np.zeros((length, length), np.float32)
        angle = rng.uniform(0, math.pi)
        half = (length - 1) / 2
        first = (
            int(round(half - half * math.cos(angle))),
            int(round(half - half * math.sin(angle))),
        )
        last = (
            int(round(half + half * math.cos(angle))),
            int(round(half + half * math.sin(angle))),
        )
        cv2.line(kernel, first, last, 1.0)
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    if rng.random() < 0.12:  # cameras sharpen
        picture = np.clip(
            picture + (picture - cv2.GaussianBlur(picture, (0, 0), 1.0)) * rng.uniform(0.5, 1.5),
            0,
            255,
        )
    return picture


def compress(picture, rng, worst=25):
    if rng.random() < 0.7:
        quality = rng.randrange(worst, 96)
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    return picture


def aspect(corners):
    """Mean width over mean height."""
    side = lambda a, b: float(np.linalg.norm(corners[a] - corners[b]))
    return (side(0, 1) + side(3, 2)) / max(1e-3, side(0, 3) + side(1, 2))


def is_two_lines(corners):
    return aspect(corners) < 2.4


def rectify(picture, corners, two_lines=None):
    """The reader's input, exactly as models/README.md says: grey uint8, 32 x 160."""
    corners = np.asarray(corners, np.float32)
    if two_lines is None:
        two_lines = is_two_lines(corners)
    width, height = SIZES[two_lines]
    inner_x, inner_y = width * 0.06 / 1.12, height * 0.125 / 1.25
    target = np.array(
        [
            [inner_x, inner_y],
            [width - inner_x, inner_y],
            [width - inner_x, height - inner_y],
            [inner_x, height - inner_y],
        ],
        np.float32,
    )
    wide = (np.linalg.norm(corners[0] - corners[1]) + np.linalg.norm(corners[3] - corners[2])) / 2
    inner = width - 2 * inner_x
    if wide > 2 * inner:
        factor = 1.5 * inner / wide
        low = np.floor(corners.min(0) - wide * 0.2).astype(int).clip(0)
        high = np.ceil(corners.max(0) + wide * 0.2).astype(int)
        cut = picture[low[1] : high[1], low[0] : high[0]]
        picture = cv2.resize(cut, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        corners = (corners - low.astype(np.float32)) * np.float32(factor)
    move = cv2.getPerspectiveTransform(corners, target)
    flat = cv2.warpPerspective(
        picture, move, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    if flat.ndim == 3:
        flat = cv2.cvtColor(flat, cv2.COLOR_BGR2GRAY)
    if two_lines:
        flat = np.hstack([flat[:32], flat[32:]])
    return flat
