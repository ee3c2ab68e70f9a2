"""Plates as flat pictures: the mark, its layout, its colours, and what years on the road do to it.

`make_plate(styles, rng, scale)` gives a BGR picture, the true mark and whether it has two lines.
Sizes are in millimetres until the last moment; `scale` is pixels for each millimetre.
"""

import math

import cv2
import numpy as np

import texts
from glyphs import lay_out


class Plate:
    def __init__(self, picture, mark, two_lines):
        self.picture, self.mark, self.two_lines = picture, mark, two_lines


def _near(rng, colour, spread):
    return tuple(max(0, min(255, value + rng.gauss(0, spread))) for value in colour)


def ink(picture, mask, x, y, colour, alpha=1.0):
    """Lays a mask of ink on a picture, cut to what fits."""
    x, y = int(round(x)), int(round(y))
    top, left = max(0, -y), max(0, -x)
    mask = mask[top : picture.shape[0] - y, left : picture.shape[1] - x]
    if mask.size == 0:
        return
    x, y = max(0, x), max(0, y)
    if x >= picture.shape[1] or y >= picture.shape[0]:
        return
    room = picture[y : y + mask.shape[0], x : x + mask.shape[1]]
    weight = (mask.astype(np.float32) * (alpha / 255.0))[..., None]
    room[:] = room * (1 - weight) + np.array(colour, np.float32) * weight


def small_print(picture, styles, rng, x, y, height, text, colour, style=None):
    mask, _ = lay_out(
        styles,
        style or rng.choice(styles.fonts),
        text.split() or [" "],
        rng,
        {
            "height": height,
            "width": 0,
            "spacing": max(1.0, height * 0.15),
            "gap": height * 0.6,
            "scale": 1.0,
        },
    )
    ink(picture, mask, x, y, colour, 0.9)


def _band(picture, styles, rng, width, letters, kind):
    """The band at the left: blue with a country's letters, or green."""
    height = picture.shape[0]
    colour = (70, 160, 40) if kind == "green" else _near(rng, (160, 60, 10), 15)
    picture[:, :width] = colour
    if kind == "green":
        return
    white = (235, 235, 235)
    centre, radius = (width * 0.5, height * 0.32), width * 0.3
    if letters in ("GB", "UK") and rng.random() < 0.6:
        top, bottom = int(height * 0.12), int(height * 0.48)
        left, right = int(width * 0.12), int(width * 0.88)
        thick = max(1, width // 9)
        for first, last in (((left, top), (right, bottom)), ((left, bottom), (right, top))):
            cv2.line(picture, first, last, white, thick)
        middle = ((left + right) // 2, (top + bottom) // 2)
        for ink, wide in ((white, thick * 2), ((40, 20, 200), thick)):
            cv2.line(picture, (middle[0], top), (middle[0], bottom), ink, wide)
            cv2.line(picture, (left, middle[1]), (right, middle[1]), ink, wide)
    else:
        for step in range(12):
            angle = step * math.pi / 6
            spot = (
                int(centre[0] + radius * math.cos(angle)),
                int(centre[1] + radius * math.sin(angle)),
            )
            cv2.circle(picture, spot, max(1, width // 22), (20, 210, 240), -1)
    size = height * 0.2
    small_print(
        picture,
        styles,
        rng,
        width * (0.5 - 0.22 * len(letters)),
        height * 0.65,
        size,
        letters,
        white,
    )


def _crest(picture, rng, x, y, radius):
    """A coat of arms or a seal: something that is no character."""
    radius = max(2.0, radius)
    height = radius * rng.uniform(0.9, 1.4)
    edge = rng.choice(((40, 40, 40), (235, 235, 235), (60, 60, 190)))
    points = [(-1, -1), (1, -1), (1, 0.2), (0.6, 0.8), (0, 1.1), (-0.6, 0.8), (-1, 0.2)]
    shield = (
        np.array([(x + a * radius, y + b * height) for a, b in points]).round().astype(np.int32)
    )
    fill = _near(
        rng,
        rng.choice(((60, 60, 200), (200, 200, 200), (70, 150, 60), (190, 90, 30), (60, 200, 230))),
        30,
    )
    if rng.random() < 0.7:
        cv2.fillPoly(picture, [shield], fill, cv2.LINE_AA)
    else:
        cv2.circle(picture, (int(x), int(y)), int(radius), fill, -1, cv2.LINE_AA)
    for _ in range(rng.randrange(1, 4)):
        spot = (int(x + rng.uniform(-0.5, 0.5) * radius), int(y + rng.uniform(-0.6, 0.6) * height))
        size = (
            max(1, int(radius * rng.uniform(0.15, 0.5))),
            max(1, int(height * rng.uniform(0.15, 0.5))),
        )
        cv2.ellipse(
            picture,
            spot,
            size,
            rng.uniform(0, 180),
            0,
            360,
            _near(
                rng, rng.choice(((60, 60, 200), (230, 230, 230), (40, 40, 40), (200, 120, 40))), 20
            ),
            -1,
        )
    if rng.random() < 0.6:
        cv2.polylines(picture, [shield], True, edge, 1, cv2.LINE_AA)


_SCHEMES = {
    # background, ink, both BGR
    "white": ((236, 238, 238), (22, 20, 20)),
    "yellow": ((30, 195, 245), (20, 20, 20)),
    "amber": ((20, 165, 240), (20, 20, 20)),
    "black": ((24, 22, 22), (205, 208, 210)),
    "red ink": ((236, 238, 238), (40, 30, 170)),
    "green ink": ((236, 238, 238), (60, 120, 20)),
    "blue ink": ((236, 238, 238), (150, 60, 20)),
    "blue": ((150, 60, 20), (235, 235, 235)),
    "red": ((40, 30, 170), (235, 235, 235)),
}


def _wear(picture, rng, strength):
    """Dirt, stains, fading, screws, small shadows: what lies on the plate itself."""
    height, width = picture.shape[:2]
    noise = np.random.default_rng(rng.randrange(1 << 30))
    if rng.random() < 0.5 * strength:
        grid = noise.random((rng.randrange(2, 6), rng.randrange(3, 14)), dtype=np.float32)
        grid = cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
        amount = np.clip(grid - rng.uniform(0.2, 0.8), 0, 1) * rng.uniform(0.3, 1.3)
        dirt = np.array(_near(rng, (70, 85, 95), 25), np.float32)
        picture[:] = picture * (1 - np.clip(amount, 0, 0.9)) + dirt * np.clip(amount, 0, 0.9)
    for _ in range(rng.choice((0, 0, 2, 2, 2, 3))):
        x = rng.choice((rng.uniform(0.02, 0.12), rng.uniform(0.88, 0.98), rng.uniform(0.3, 0.7)))
        y = rng.choice((0.5, 0.5, 0.12, 0.88)) + rng.uniform(-0.08, 0.08)
        base = picture[int(y * height), int(x * width)]
        colour = rng.choice(
            ((30, 30, 30), (225, 225, 225), (20, 190, 240), tuple(float(v) * 0.7 for v in base))
        )
        cv2.circle(
            picture,
            (int(x * width), int(y * height)),
            max(1, int(height * rng.uniform(0.03, 0.085))),
            colour,
            -1,
            cv2.LINE_AA,
        )
    if rng.random() < 0.15 * strength:  # peeled or scratched ink
        for _ in range(rng.randrange(1, 6)):
            start = (rng.randrange(width), rng.randrange(height))
            end = (start[0] + rng.randrange(-40, 40), start[1] + rng.randrange(-20, 20))
            base = picture[rng.randrange(height), rng.randrange(width)]
            cv2.line(
                picture, start, end, tuple(float(v) for v in base), rng.randrange(1, 3), cv2.LINE_AA
            )


def _fit(size, line_width, side):
    """Squeezes a line that would not fit between the margins."""
    room = size - 2 * side
    return min(1.0, room / max(1.0, line_width))


def _raise_letters(picture, rng, mask, x, top, height, colour):
    """The sides of raised or two-tone characters, beside their faces."""
    along, down = rng.choice(((1, 1), (-1, 1), (1, -1), (-1, -1), (0, 1)))
    depth = height * rng.uniform(0.015, 0.06)
    side = rng.choice((60, 60, 90, 140))
    shade = tuple(min(255, value + side) for value in colour)
    for step in range(max(1, round(depth)), 0, -1):
        ink(picture, mask, x + along * step, top + down * step, shade)


def _write_line(picture, styles, rng, style, groups, place, scheme, marks_between):
    """Writes one line centred in `place` = (left, top, right, height, millimetres)."""
    left, top, right, height, sizes = place
    mask, gaps = lay_out(styles, style, groups, rng, sizes)
    if mask.shape[0] != height:
        mask = cv2.resize(mask, (mask.shape[1], int(height)), interpolation=cv2.INTER_AREA)
    squeeze = min(1.0, (right - left) / mask.shape[1])
    if squeeze < 1.0:
        mask = cv2.resize(
            mask,
            (max(4, int(mask.shape[1] * squeeze)), mask.shape[0]),
            interpolation=cv2.INTER_AREA,
        )
    spare = (right - left) - mask.shape[1]
    x = left + spare * min(1.0, max(0.0, rng.gauss(0.5, 0.08)))
    if rng.random() < 0.12:
        _raise_letters(picture, rng, mask, x, top, height, scheme[1])
    ink(picture, mask, x, top, scheme[1])
    for start, end in gaps:
        middle = x + (start + end) / 2 * squeeze
        room = (end - start) * squeeze
        if marks_between == "hyphen":
            half = max(1, room * 0.28)
            cv2.rectangle(
                picture,
                (int(middle - half), int(top + height * 0.44)),
                (int(middle + half), int(top + height * 0.56)),
                scheme[1],
                -1,
            )
        elif marks_between == "dot":
            cv2.circle(
                picture,
                (int(middle), int(top + height * 0.5)),
                max(1, int(height * 0.06)),
                scheme[1],
                -1,
            )
        elif marks_between == "crest":
            _crest(
                picture,
                rng,
                middle,
                top + height * rng.uniform(0.4, 0.6),
                min(room * 0.42, height * 0.34),
            )
        elif marks_between == "seal":
            colour = _near(
                rng, rng.choice(((60, 60, 200), (180, 180, 180), (60, 160, 60), (190, 90, 30))), 30
            )
            cv2.circle(
                picture,
                (int(middle), int(top + height * rng.uniform(0.3, 0.7))),
                max(2, int(room * 0.42)),
                colour,
                -1,
                cv2.LINE_AA,
            )
            if rng.random() < 0.5:
                cv2.circle(
                    picture,
                    (int(middle), int(top + height * rng.uniform(0.3, 0.7))),
                    max(1, int(room * 0.22)),
                    (230, 230, 230),
                    1,
                    cv2.LINE_AA,
                )


def _finish(picture, styles, rng, scheme, wear, british):
    height, width = picture.shape[:2]
    if rng.random() < 0.35:  # border line
        inset = max(1, int(height * rng.uniform(0.0, 0.05)))
        cv2.rectangle(
            picture,
            (inset, inset),
            (width - 1 - inset, height - 1 - inset),
            scheme[1],
            max(1, int(height * rng.uniform(0.01, 0.035))),
        )
    if british and rng.random() < 0.45:  # the maker's name under the mark
        size = height * rng.uniform(0.045, 0.08)
        letters = " ".join(
            "".join(rng.choice(texts.LETTERS) for _ in range(rng.randrange(3, 8)))
            for _ in range(rng.randrange(1, 4))
        )
        x = width * rng.uniform(0.2, 0.5)
        small_print(picture, styles, rng, x, height - size * 1.5, max(3, size), letters, scheme[1])
    _wear(picture, rng, wear)
    return picture


def _british_style(styles, rng):
    kind = rng.random()
    if kind < 0.40 or (kind < 0.85 and not styles.british_cut):
        return rng.choice(("british_14", "british_14", "british_12.5", "british_15", "british_11"))
    if kind < 0.85:
        return rng.choice(styles.british_cut)
    return rng.choice(styles.fonts)


def _shared_glyphs(style):
    return not style.startswith("font_")


def _british(styles, rng, scale, wear, groups=None, style=None, scheme_name=None, lines=None):
    groups = groups or texts.british(rng)
    style = style or _british_style(styles, rng)
    two = lines == 2 if lines else rng.random() < 0.1 and len(groups) > 1
    if two and len(groups) == 1:
        two = False
    name = scheme_name or rng.choice(("white",) * 9 + ("yellow",) * 9 + ("black",) * 2 + ("amber",))
    background, ink = _SCHEMES[name]
    scheme = (_near(rng, background, 8), _near(rng, ink, 8))
    count = sum(len(group) for group in groups)
    if two:
        high = rng.choice((79, 79, 64))
        sizes = {"height": high, "width": high * 50 / 79, "spacing": 11, "gap": 33, "scale": scale}
        width = rng.uniform(215, 300)
        tall = high * 2 + rng.choice((13, 19)) + rng.uniform(14, 40)
    else:
        high = 79
        sizes = {
            "height": 79,
            "width": rng.choice((50, 50, 50, 57)),
            "spacing": 11,
            "gap": 33,
            "scale": scale,
        }
        if rng.random() < 0.12:
            sizes.update(
                width=rng.uniform(42, 58), spacing=rng.uniform(6, 14), gap=rng.uniform(15, 45)
            )
        if style.startswith("font_") and rng.random() < 0.5:
            sizes["width"] = 0
        need = count * (sizes["width"] or 50) + (count - 1) * 11 + 22 + 22
        width = 520 if need > 330 and rng.random() < 0.85 else max(200, need + rng.uniform(0, 60))
        tall = rng.choice((111, 111, 111, 100, 108, 116, 127, 152 if rng.random() < 0.2 else 111))
    picture = np.empty((round(tall * scale), round(width * scale), 3), np.float32)
    picture[:] = scheme[0]
    left = rng.uniform(8, 14) * scale
    right = picture.shape[1] - left
    band = rng.random()
    if band < 0.28 and not two and name != "black" and count > 4:
        wide = int(rng.uniform(34, 50) * scale)
        _band(
            picture,
            styles,
            rng,
            wide,
            rng.choice(("GB", "GB", "UK", "GB", "IRL", "NI")),
            "green" if rng.random() < 0.2 else "blue",
        )
        left = wide + rng.uniform(4, 10) * scale
    size = round(high * scale)
    if two:
        gap = (picture.shape[0] - 2 * size) / 3
        for line, group in enumerate((groups[0:1], groups[1:])):
            top = gap + line * (size + gap)
            _write_line(
                picture, styles, rng, style, group, (left, top, right, size, sizes), scheme, None
            )
    else:
        top = (picture.shape[0] - size) / 2 * rng.uniform(0.75, 1.15)
        between = "dot" if rng.random() < 0.02 else None
        _write_line(
            picture, styles, rng, style, groups, (left, top, right, size, sizes), scheme, between
        )
    return Plate(_finish(picture, styles, rng, scheme, wear, True), "".join(groups), two)


def _right_band(picture, styles, rng, scale):
    """A band at the right with a region; gives where the room for the mark ends."""
    wide = int(rng.uniform(34, 48) * scale)
    edge = picture.shape[1] - wide
    picture[:, edge:] = _near(rng, (160, 60, 10), 15)
    small = picture.shape[0] * rng.uniform(0.16, 0.3)
    small_print(
        picture,
        styles,
        rng,
        edge + wide * 0.12,
        picture.shape[0] * 0.92 - small,
        small,
        rng.choice(("%02d" % rng.randrange(1, 96), "2A", "2B", "RM", "MI", "TO")),
        (235, 235, 235),
    )
    if rng.random() < 0.8:
        _crest(picture, rng, edge + wide * 0.5, picture.shape[0] * 0.32, wide * 0.34)
    return picture.shape[1] - wide - rng.uniform(4, 12) * scale


_FOREIGN_SCHEMES = (
    ("white",) * 12
    + ("yellow",) * 4
    + ("red ink",) * 2
    + ("green ink", "blue ink", "black", "blue", "red")
)


def _foreign(styles, rng, scale, wear, groups=None):
    groups = groups or (texts.foreign(rng) if rng.random() < 0.75 else texts.anything(rng))
    style = (
        rng.choice(styles.cut) if styles.cut and rng.random() < 0.4 else rng.choice(styles.fonts)
    )
    if rng.random() < 0.1:
        style = rng.choice(styles.british)
        # A shared glyph without a layout to decide by: keep to the digits.
        groups = [group.replace("O", "0").replace("I", "1") for group in groups]
    if style.startswith("cut_"):
        groups = [group.replace("O", "0") if rng.random() < 0.5 else group for group in groups]
    name = rng.choice(_FOREIGN_SCHEMES)
    background, ink = _SCHEMES[name]
    scheme = (_near(rng, background, 8), _near(rng, ink, 10))
    two = rng.random() < 0.1 and len(groups) > 1
    high = rng.uniform(68, 86)
    ratio = rng.uniform(0.46, 0.72)
    sizes = {
        "height": high,
        "width": 0 if style.startswith("font_") and rng.random() < 0.45 else high * ratio,
        "spacing": rng.uniform(4, 14),
        "gap": rng.uniform(16, 60),
        "scale": scale,
    }
    width, tall = (520, 112) if not two else (rng.uniform(240, 340), rng.uniform(195, 240))
    picture = np.empty((round(tall * scale), round(width * scale), 3), np.float32)
    picture[:] = scheme[0]
    left, right = rng.uniform(6, 16) * scale, picture.shape[1] - rng.uniform(6, 16) * scale
    if rng.random() < 0.7:
        wide = int(rng.uniform(36, 50) * scale)
        _band(
            picture,
            styles,
            rng,
            wide,
            rng.choice("D F NL PL RO E IRL CZ SK I B H S A P LT LV EST SLO HR BG GB".split()),
            "blue",
        )
        left = wide + rng.uniform(4, 14) * scale
    if rng.random() < 0.3 and not two:
        right = _right_band(picture, styles, rng, scale)
    between = rng.choice((None, None, "hyphen", "hyphen", "seal", "dot", "crest"))
    if between in ("seal", "crest"):
        sizes["gap"] = max(sizes["gap"], 40)
    size = round(high * scale)
    if two:
        size = round(min(high, tall * 0.4) * scale)
        cut = rng.randrange(1, len(groups))
        gap = (picture.shape[0] - 2 * size) / 3
        for line, part in enumerate((groups[:cut], groups[cut:])):
            _write_line(
                picture,
                styles,
                rng,
                style,
                part,
                (left, gap + line * (size + gap), right, size, sizes),
                scheme,
                between,
            )
    else:
        top = (picture.shape[0] - size) / 2 * rng.uniform(0.8, 1.2)
        _write_line(
            picture, styles, rng, style, groups, (left, top, right, size, sizes), scheme, between
        )
    return Plate(_finish(picture, styles, rng, scheme, wear, False), "".join(groups), two)


def make_plate(styles, rng, scale=0.7, wear=1.0, british_share=0.65):
    if rng.random() < british_share:
        return _british(styles, rng, scale, wear)
    return _foreign(styles, rng, scale, wear)


def make_british(styles, rng, groups, scheme_name, scale=1.5, wear=0.0, lines=1):
    """A plate of a given mark and colour in the drawn lettering, for test pictures."""
    return _british(styles, rng, scale, wear, groups, "british_14", scheme_name, lines)
