"""Characters as masks: drawn by us, set in free fonts, or cut from real plates at training time.

A glyph is a uint8 mask, 0 outside and 255 inside, `GLYPH_HEIGHT` rows high and cut to its width.
"""

import csv
import glob
import math
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from nets import CHARACTERS

GLYPH_HEIGHT = 79 * 2  # two pixels for each millimetre of a British character

# Centre lines in millimetres within 50 x 79, stroke 14, as the British regulations size them.
# A path is points joined by straight strokes; a number in front is the radius of its bends.
_STROKES = {
    "0": [(15, (7, 40), (7, 7), (43, 7), (43, 72), (7, 72), (7, 40))],
    "1": [(0, (7, 0), (7, 79))],
    "2": [(13, (7, 25), (7, 7), (43, 7), (43, 33), (7, 57), (7, 74)), (0, (0, 72), (50, 72))],
    "3": [
        (13, (7, 23), (7, 7), (42, 7), (42, 38), (20, 38)),
        (13, (20, 38), (43, 38), (43, 72), (7, 72), (7, 56)),
    ],
    "4": [(0, (30, 0), (7, 54)), (0, (2, 58), (50, 58)), (0, (34, 34), (34, 79))],
    "5": [
        (0, (2, 7), (46, 7)),
        (0, (9, 0), (9, 42)),
        (13, (7, 35), (43, 33), (43, 72), (7, 72), (7, 57)),
    ],
    "6": [(14, (43, 22), (43, 7), (7, 7), (7, 72), (43, 72), (43, 34), (7, 34))],
    "7": [(0, (1, 7), (49, 7)), (0, (42, 8), (18, 79))],
    "8": [
        (13, (25, 7), (9, 7), (9, 37), (41, 37), (41, 7), (25, 7)),
        (14, (25, 37), (7, 37), (7, 72), (43, 72), (43, 37), (25, 37)),
    ],
    "9": [(14, (7, 57), (7, 72), (43, 72), (43, 7), (7, 7), (7, 45), (43, 45))],
    "A": [(0, (24, 0), (7, 79)), (0, (26, 0), (43, 79)), (0, (12, 59), (38, 59))],
    "B": [
        (0, (7, 0), (7, 79)),
        (13, (7, 7), (40, 7), (40, 37), (7, 37)),
        (14, (7, 37), (43, 37), (43, 72), (7, 72)),
    ],
    "C": [(15, (43, 26), (43, 7), (7, 7), (7, 72), (43, 72), (43, 53))],
    "D": [(0, (7, 0), (7, 79)), (17, (7, 7), (43, 7), (43, 72), (7, 72))],
    "E": [
        (0, (7, 0), (7, 79)),
        (0, (7, 7), (50, 7)),
        (0, (7, 38), (45, 38)),
        (0, (7, 72), (50, 72)),
    ],
    "F": [(0, (7, 0), (7, 79)), (0, (7, 7), (50, 7)), (0, (7, 40), (44, 40))],
    "G": [(15, (43, 24), (43, 7), (7, 7), (7, 72), (43, 72), (43, 44)), (0, (26, 45), (50, 45))],
    "H": [(0, (7, 0), (7, 79)), (0, (43, 0), (43, 79)), (0, (7, 39), (43, 39))],
    "I": [(0, (7, 0), (7, 79))],
    "J": [(15, (43, 0), (43, 72), (7, 72), (7, 52))],
    "K": [(0, (7, 0), (7, 79)), (0, (7, 52), (44, 0)), (0, (21, 35), (43, 79))],
    "L": [(0, (7, 0), (7, 79)), (0, (7, 72), (50, 72))],
    "M": [(0, (7, 0), (7, 79)), (0, (43, 0), (43, 79)), (0, (9, 0), (25, 42), (41, 0))],
    "N": [(0, (7, 0), (7, 79)), (0, (43, 0), (43, 79)), (0, (8, 2), (42, 77))],
    "P": [(0, (7, 0), (7, 79)), (14, (7, 7), (43, 7), (43, 45), (7, 45))],
    "Q": [(15, (7, 40), (7, 7), (43, 7), (43, 72), (7, 72), (7, 40)), (0, (26, 50), (48, 79))],
    "R": [(0, (7, 0), (7, 79)), (14, (7, 7), (43, 7), (43, 42), (7, 42)), (0, (24, 42), (43, 79))],
    "S": [(13, (42, 24), (42, 7), (8, 7), (8, 38), (43, 38), (43, 72), (7, 72), (7, 55))],
    "T": [(0, (0, 7), (50, 7)), (0, (25, 7), (25, 79))],
    "U": [(15, (7, 0), (7, 72), (43, 72), (43, 0))],
    "V": [(0, (7, 0), (24, 79)), (0, (43, 0), (26, 79))],
    "W": [(0, (6, 0), (12, 79)), (0, (44, 0), (38, 79)), (0, (12, 76), (25, 30), (38, 76))],
    "X": [(0, (7, 0), (43, 79)), (0, (43, 0), (7, 79))],
    "Y": [(0, (7, 0), (25, 44), (43, 0)), (0, (25, 40), (25, 79))],
    "Z": [(0, (2, 7), (48, 7)), (0, (42, 8), (8, 71)), (0, (2, 72), (49, 72))],
}
_STROKES["O"] = _STROKES["0"]


def _bend(points, radius):
    """Replaces every inner corner by an arc."""
    if radius == 0 or len(points) < 3:
        return points
    points = [np.array(point, float) for point in points]
    out = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:]):
        to_before, to_after = before - corner, after - corner
        room = min(radius, np.linalg.norm(to_before) * 0.98, np.linalg.norm(to_after) * 0.98)
        start = corner + to_before / np.linalg.norm(to_before) * room
        end = corner + to_after / np.linalg.norm(to_after) * room
        for t in np.linspace(0, 1, 7):
            out.append((1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t * t * end)
    return out + [points[-1]]


def draw(character, stroke=14.0, scale=2.0):
    """Draws one British character; `stroke` in millimetres."""
    width = 14 if character in "1I" else 50
    sub = 4  # drawn larger and shrunk, for smooth edges
    mask = np.zeros((int(79 * scale * sub), int(width * scale * sub)), np.uint8)
    for radius, *points in _STROKES[character]:
        points = [np.array(point, float) * scale * sub for point in _bend(points, radius)]
        half = stroke / 2 * scale * sub
        for index, (a, b) in enumerate(zip(points, points[1:])):
            along = b - a
            length = np.linalg.norm(along)
            if length < 1e-6:
                continue
            side = np.array([-along[1], along[0]]) / length * half
            quad = np.array([a + side, b + side, b - side, a - side])
            cv2.fillPoly(mask, [quad.round().astype(np.int32)], 255)
            if index > 0:
                cv2.circle(mask, tuple(int(v) for v in a.round()), int(round(half)), 255, -1)
    return cv2.resize(mask, None, fx=1 / sub, fy=1 / sub, interpolation=cv2.INTER_AREA)


def _tight(mask):
    ys, xs = np.where(mask > 100)
    if len(xs) == 0:
        return None
    mask = mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    width = max(6, round(mask.shape[1] * GLYPH_HEIGHT / mask.shape[0]))
    return cv2.resize(mask, (width, GLYPH_HEIGHT), interpolation=cv2.INTER_LINEAR)


def _from_font(path):
    font = ImageFont.truetype(path, 150)
    glyphs = {}
    for character in CHARACTERS:
        picture = Image.new("L", (400, 300), 0)
        ImageDraw.Draw(picture).text((100, 50), character, 255, font)
        glyphs[character] = [_tight(np.array(picture))]
    return glyphs


def _from_sheets(folder, wanted):
    """Characters cut from real plates: `wanted(file)` picks the sheets."""
    glyphs, sheets = {}, {}
    with open(os.path.join(folder, "labels.tsv"), newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            name = row["file"]
            if not wanted(name) or row["text"] not in CHARACTERS:
                continue
            if name not in sheets:
                sheets[name] = cv2.imread(os.path.join(folder, name), cv2.IMREAD_GRAYSCALE)
            x, y, w, h = (int(float(row[key])) for key in "xywh")
            cut = 255 - sheets[name][y : y + h, x : x + w]
            if cut.size == 0 or h < 12:
                continue
            cut = cv2.GaussianBlur(cv2.resize(cut, None, fx=4, fy=4), (0, 0), 3)
            cut = _tight(cut)
            if cut is None:
                continue
            cut = np.clip((cut.astype(np.float32) - 127) * 3 + 127, 0, 255).astype(np.uint8)
            if len(glyphs.setdefault(row["text"], [])) < 80:
                glyphs[row["text"]].append(cut)
    return glyphs


_FONTS = (
    "DejaVuSans-Bold DejaVuSansCondensed-Bold DejaVuSansMono-Bold FreeSansBold LiberationSans-Bold "
    "LiberationMono-Bold LiberationSansNarrow-Bold OpenSans-CondBold OpenSans-Semibold "
    "OpenSans-Bold "
    "RobotoCondensed-Bold RobotoCondensed-Medium RobotoCondensed-Regular Roboto-Bold Roboto-Medium "
    "Roboto-Regular Lato-Bold Lato-Heavy NimbusSansNarrow-Bold DejaVuSansMono DejaVuSansCondensed "
    "LiberationSansNarrow-Regular URWGothic-Demi NimbusSans-Bold"
).split()


class Styles:
    """Every way of writing a character: `glyph(style, character, rng)` gives a mask."""

    def __init__(self, data=None):
        self.sets = {}
        for stroke in (11.0, 12.5, 14.0, 15.0):
            drawn = {c: [draw(c, stroke)] for c in CHARACTERS}
            self.sets["british_%g" % stroke] = drawn
        found = {}
        for path in sorted(glob.glob("/usr/share/fonts/**/*.[to]tf", recursive=True)):
            found.setdefault(os.path.splitext(os.path.basename(path))[0], path)
        for name in _FONTS:
            if name in found:
                self.sets["font_" + name] = _from_font(found[name])
        if data:
            gb = os.path.join(data, "gb_characters")
            self.sets["cut_gb"] = _from_sheets(gb, lambda name: True)
            eu = os.path.join(data, "eu_characters")
            for sheet in ("belgium", "france", "netherlands", "serbia", "gb_second_sheet"):
                self.sets["cut_" + sheet] = _from_sheets(eu, lambda name: name == sheet + ".png")
        self.british = [name for name in self.sets if name.startswith("british_")]
        self.british_cut = [n for n in ("cut_gb", "cut_gb_second_sheet") if n in self.sets]
        self.fonts = [name for name in self.sets if name.startswith("font_")]
        self.cut = [n for n in self.sets if n.startswith("cut_") and n not in self.british_cut]

    def glyph(self, style, character, rng, fallback="font_RobotoCondensed-Bold"):
        known = self.sets[style].get(character)
        if not known and style in self.british_cut:
            known = self.sets["british_14"][character]
        if not known:
            known = self.sets.get(fallback, self.sets["british_14"])[character]
        return known[rng.randrange(len(known))]


def lay_out(styles, style, groups, rng, millimetres):
    """One line of characters as a mask.

    `groups` is a list of strings, drawn with a wider space between; `millimetres` holds height,
    width (0 keeps each glyph's own), spacing, gap and `scale` in pixels for each millimetre.
    Returns the mask and the x ranges of the gaps.
    """
    scale = millimetres["scale"]
    height = max(4, round(millimetres["height"] * scale))
    pieces, x, gaps = [], 0.0, []
    for index, group in enumerate(groups):
        if index:
            start = x
            x += (millimetres["gap"] - millimetres["spacing"]) * scale
            gaps.append((start, x))
        for character in group:
            glyph = styles.glyph(style, character, rng)
            width = glyph.shape[1] * height / glyph.shape[0]
            if millimetres["width"] and not (character in "1I" and width < height * 0.45):
                width = millimetres["width"] * scale
            pieces.append((x, glyph, max(2, round(width))))
            x += width + millimetres["spacing"] * scale
    x -= millimetres["spacing"] * scale
    mask = np.zeros((height, max(4, math.ceil(x) + 1)), np.uint8)
    for left, glyph, width in pieces:
        glyph = cv2.resize(glyph, (width, height), interpolation=cv2.INTER_AREA)
        left = int(round(left))
        room = mask[:, left : left + width]
        np.maximum(room, glyph[:, : room.shape[1]], out=room)
    return mask, gaps
