"""From a picture to texts, as models/README.md says, with any way to run the nets."""

import cv2
import numpy as np

import camera
import nets

SCALES = (384, 832)
THRESHOLD = 0.3
PEAKS_MOST = 50
OVERLAP_MOST = 0.3
ONE_LINE_FROM = 1.5
TWO_LINES_TO = 3.0
CHARACTERS_LEAST = 2
READING_LEAST = 0.6
LOOK_SIZE = (224, 160)
LOOK_WIDTH = 120.0
LOOK_THRESHOLD = 0.15
LOOK_OVERLAP = 0.35


def shrink_to(picture, long_side):
    """The network's input at one scale and the factor that led to it."""
    height, width = picture.shape[:2]
    factor = long_side / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(picture, size, interpolation=way)
    small = cv2.copyMakeBorder(
        small, 0, -size[1] % 32, 0, -size[0] % 32, cv2.BORDER_CONSTANT, value=(114, 114, 114)
    )
    blob = small[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32) / 255
    return np.ascontiguousarray(blob), (size[0] / width, size[1] / height)


def peaks(output, threshold):
    """Score and corners, in the network's pixels, of every local maximum of an output 9 x h x w."""
    logit = output[0]
    high = cv2.dilate(logit, np.ones((3, 3), np.uint8), borderValue=-1e9)
    ys, xs = np.where((logit >= high) & (logit > np.log(threshold / (1 - threshold))))
    found = []
    for y, x in zip(ys, xs):
        corners = (
            output[1:, y, x].reshape(4, 2) * nets.CORNER_UNIT
            + (np.array([x, y]) + 0.5) * nets.STRIDE
        )
        found.append((float(1 / (1 + np.exp(-logit[y, x]))), corners))
    found.sort(key=lambda item: -item[0])
    return found[:PEAKS_MOST]


def box_of(corners):
    low, high = np.min(corners, 0), np.max(corners, 0)
    return np.array([low[0], low[1], high[0], high[1]])


def overlap(a, b):
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    if wide <= 0 or tall <= 0:
        return 0.0
    area = lambda c: (c[2] - c[0]) * (c[3] - c[1])
    return wide * tall / (area(a) + area(b) - wide * tall)


def suppress(found):
    """Keeps the best of those that stand for one plate."""
    kept = []
    for score, corners in sorted(found, key=lambda item: -item[0]):
        box, centre = box_of(corners), corners.mean(0)
        for _, other in kept:
            other_box = box_of(other)
            inside = (other_box[:2] < centre).all() and (centre < other_box[2:]).all()
            if inside or overlap(box, other_box) > OVERLAP_MOST:
                break
        else:
            kept.append((score, corners))
    return kept


def cut_out(picture, corners):
    """The second look: the plate 120 pixels wide within 224 x 160. Gives blob, place, scale."""
    wide = (np.linalg.norm(corners[0] - corners[1]) + np.linalg.norm(corners[3] - corners[2])) / 2
    factor = LOOK_WIDTH / max(wide, 1.0)
    centre = corners.mean(0)
    width, height = (max(1, round(side / factor)) for side in LOOK_SIZE)
    left, top = round(centre[0] - width / 2), round(centre[1] - height / 2)
    cut = np.full((height, width, 3), 114, np.uint8)
    low_x, low_y = max(0, left), max(0, top)
    high_x, high_y = min(picture.shape[1], left + width), min(picture.shape[0], top + height)
    if low_x < high_x and low_y < high_y:
        cut[low_y - top : high_y - top, low_x - left : high_x - left] = picture[
            low_y:high_y, low_x:high_x
        ]
    cut = cv2.resize(
        cut, LOOK_SIZE, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    )
    blob = cut[:, :, ::-1].transpose(2, 0, 1)[None].astype(np.float32) / 255
    return np.ascontiguousarray(blob), (left, top), (width / LOOK_SIZE[0], height / LOOK_SIZE[1])


def look_again(run_detector, picture, corners):
    """Better corners for a plate found at whatever scale, or the given ones."""
    blob, place, scale = cut_out(picture, corners)
    best, best_worth = corners, 0.0
    for score, again in peaks(run_detector(blob)[0], LOOK_THRESHOLD):
        again = again * np.array(scale) + np.array(place)
        share = overlap(box_of(again), box_of(corners))
        if share > LOOK_OVERLAP and share * score > best_worth:
            best, best_worth = again, share * score
    return best


def find(run_detector, picture, scales=None, threshold=None):
    """Plates of a BGR picture as (score, corners in its pixels), best first."""
    scales = scales or SCALES
    found = []
    for index, scale in enumerate(scales):
        if index and max(picture.shape[:2]) <= scales[index - 1] * 1.25:
            continue
        blob, factors = shrink_to(picture, scale)
        for score, corners in peaks(run_detector(blob)[0], threshold or THRESHOLD):
            found.append((score, corners / np.array(factors)))
    return [
        (score, look_again(run_detector, picture, corners)) for score, corners in suppress(found)
    ]


def decode(logits):
    """Best path of one plate: text and the mean probability of its characters."""
    odds = np.exp(logits - logits.max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    text, scores, last = "", [], 0
    for step in odds:
        best = int(step.argmax())
        if 0 < best < 37:
            if best != last:
                text += nets.CHARACTERS[best - 1]
                scores.append(float(step[best]))
            else:
                scores[-1] = max(scores[-1], float(step[best]))
        last = best
    return text, float(np.mean(scores)) if scores else 0.0


def read(run_reader, picture, corners):
    """Text and score. A plate whose shape leaves its lines in doubt is read both ways."""
    shape = camera.aspect(np.asarray(corners, np.float32))
    ways = [
        two for two, fits in ((False, shape >= ONE_LINE_FROM), (True, shape < TWO_LINES_TO)) if fits
    ]
    readings = []
    for two_lines in ways:
        flat = camera.rectify(picture, corners, two_lines)
        readings.append(decode(run_reader(flat[None, None].astype(np.float32) / 255)[0]))
    return max(readings, key=lambda reading: reading[1])


def readable(text, score):
    """Whether a found thing was a plate that can be read: signs and grilles are found too."""
    return len(text) >= CHARACTERS_LEAST and score >= READING_LEAST
