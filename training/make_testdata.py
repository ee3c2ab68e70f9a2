"""Draws the project's own test pictures and clip.

    python3 make_testdata.py --out ../testdata
"""

import argparse
import os
import subprocess

import cv2

import pipeline
import streets
from glyphs import Styles
from streets import Vehicle

WIDE = (1280, 720)
SMALL = (960, 540)

# name, size, night, seed, vehicles: (kind, face, colour, groups, scheme, lines, ground x and y in
# shares of the picture, width as a share of its width, turn, tilt)
PICTURES = (
    (
        "street_01",
        SMALL,
        False,
        11,
        [("car", "rear", "silver", ["LM19", "KXR"], "yellow", 1, 0.50, 0.93, 0.46, 0.0, 0.0)],
    ),
    (
        "street_02",
        SMALL,
        False,
        12,
        [("car", "front", "blue", ["BD64", "VTC"], "white", 1, 0.42, 0.95, 0.50, 0.3, 0.0)],
    ),
    (
        "street_03",
        WIDE,
        False,
        13,
        [
            ("car", "rear", "red", ["YH71", "PWE"], "yellow", 1, 0.30, 0.86, 0.34, -0.4, 0.01),
            ("car", "rear", "white", ["CK08", "JNF"], "yellow", 1, 0.72, 0.80, 0.29, 0.4, -0.01),
        ],
    ),
    (
        "street_04",
        SMALL,
        False,
        14,
        [("van", "rear", "white", ["SG17", "HUA"], "yellow", 1, 0.55, 0.97, 0.48, 0.2, 0.02)],
    ),
    (
        "street_05",
        SMALL,
        False,
        15,
        [("car", "front", "grey", ["R428", "MWB"], "white", 1, 0.50, 0.92, 0.44, -0.5, -0.02)],
    ),
    (
        "street_06",
        WIDE,
        False,
        16,
        [
            ("car", "front", "green", ["EF22", "ZBL"], "white", 1, 0.34, 0.80, 0.27, 0.2, 0.0),
            ("van", "front", "orange", ["WN13", "GDY"], "white", 1, 0.68, 0.88, 0.32, -0.3, 0.0),
        ],
    ),
    (
        "street_07",
        SMALL,
        False,
        17,
        [("car", "rear", "black", ["NV55", "TSK"], "yellow", 1, 0.48, 0.90, 0.40, 0.6, 0.03)],
    ),
    (
        "street_08",
        SMALL,
        False,
        18,
        [("car", "rear", "grey", ["HJL", "314P"], "black", 1, 0.52, 0.94, 0.46, 0.0, -0.02)],
    ),
    (
        "street_09",
        SMALL,
        False,
        19,
        [("van", "rear", "blue", ["PK66", "FDM"], "yellow", 2, 0.50, 0.97, 0.56, -0.2, 0.0)],
    ),
    (
        "night_01",
        SMALL,
        True,
        20,
        [("car", "rear", "silver", ["AE70", "RCU"], "yellow", 1, 0.50, 0.94, 0.46, 0.2, 0.0)],
    ),
    (
        "night_02",
        SMALL,
        True,
        21,
        [("car", "front", "red", ["KT12", "WLS"], "white", 1, 0.45, 0.93, 0.46, -0.2, 0.0)],
    ),
    (
        "night_03",
        WIDE,
        True,
        22,
        [("van", "rear", "white", ["DX59", "YPN"], "yellow", 1, 0.40, 0.92, 0.38, 0.0, 0.01)],
    ),
    ("empty_01", SMALL, False, 23, []),
)

# The clip: each vehicle drives towards the camera and leaves it below.
CLIP = (
    (Vehicle("car", "front", "blue", (["GX21", "LNE"], "white", 1)), 0.10, 0.42),
    (Vehicle("van", "front", "white", (["MA15", "UHT"], "white", 1)), 1.75, 0.56),
    (Vehicle("car", "front", "red", (["FY68", "BKD"], "white", 1)), 3.40, 0.45),
)
RATE, SECONDS, PASSING = 15, 5.2, 1.55


def write_pictures(out, styles):
    folder = os.path.join(out, "pictures")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "labels.tsv"), "w") as labels:
        labels.write("file\tx\ty\tw\th\ttext\n")
        for name, size, night, seed, vehicles in PICTURES:
            rng = streets.seeded(seed)
            scene = streets.backdrop(size, rng, night)
            for kind, face, colour, groups, scheme, lines, x, y, wide, turn, tilt in vehicles:
                corners = streets.add(
                    scene,
                    Vehicle(kind, face, colour, (groups, scheme, lines)),
                    styles,
                    rng,
                    (x * size[0], y * size[1]),
                    wide * size[0],
                    turn,
                    tilt,
                    night,
                )
                left, top, right, bottom = pipeline.box_of(corners)
                labels.write(
                    "%s.jpg\t%.1f\t%.1f\t%.1f\t%.1f\t%s\n"
                    % (name, left, top, right - left, bottom - top, "".join(groups))
                )
            cv2.imwrite(
                os.path.join(folder, name + ".jpg"),
                streets.finish(scene, rng, 4.0 if night else 2.5),
                [cv2.IMWRITE_JPEG_QUALITY, 80],
            )


def write_clip(out, styles):
    size = SMALL
    rng = streets.seeded(31)
    still = streets.backdrop(size, rng, False)
    drawn = [streets.draw_vehicle(vehicle, styles, rng) for vehicle, _, _ in CLIP]
    command = [
        "ffmpeg",
        "-y",
        "-loglevel",
        "error",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "bgr24",
        "-s",
        "%dx%d" % size,
        "-r",
        str(RATE),
        "-i",
        "-",
        "-c:v",
        "libx264",
        "-crf",
        "25",
        "-preset",
        "slow",
        "-threads",
        "1",
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        os.path.join(out, "clip.mp4"),
    ]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE)
    seen = {}
    for index in range(int(SECONDS * RATE)):
        scene = still.copy()
        for (vehicle, start, lane), flat in zip(CLIP, drawn):
            gone = (index / RATE - start) / PASSING
            if not 0 <= gone <= 1:
                continue
            near = 1 / (
                1 / 0.17 + (1 / 0.75 - 1 / 0.17) * gone
            )  # an even speed, seen in perspective
            ground = (size[0] * (0.5 + (lane - 0.5) * near * 2.2), size[1] * (0.42 + near * 1.02))
            where = streets.place(
                scene, flat, ground, near * size[0], 0.0, 0.0, False, vehicle.face
            )
            streets.paste_plate(scene, flat, where, 0.97)
            if (
                where[:, 1].max() < size[1]
                and where[:, 0].min() > 0
                and where[:, 0].max() < size[0]
            ):
                seen.setdefault("".join(vehicle.plate[0]), []).append(index / RATE)
        writer.stdin.write(streets.finish(scene, rng, 1.2).tobytes())
    writer.stdin.close()
    if writer.wait() != 0:
        raise SystemExit("ffmpeg failed")
    with open(os.path.join(out, "clip.tsv"), "w") as labels:
        labels.write("text\tfrom_seconds\tto_seconds\n")
        for text, times in seen.items():
            labels.write("%s\t%.2f\t%.2f\n" % (text, times[0], times[-1]))


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--out", required=True)
    given = ask.parse_args()
    cv2.setNumThreads(1)
    styles = Styles()
    write_pictures(given.out, styles)
    write_clip(given.out, styles)


if __name__ == "__main__":
    main()
