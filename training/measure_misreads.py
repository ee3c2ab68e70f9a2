"""Counts what the reader makes of each character, for the misread model of `src/plate/misread_table.cc`.

    python3 measure_misreads.py --data DIR [--models ../models] [--count 4000] [--seed 4711]

Draws British plates as the reader was trained on, from a seed it was not trained with, and reads
them. Readings that the program would drop, and those of another length than the plate, are left
out: nothing says which character became which. O and 0, and I and 1, are one glyph. Prints rows of
`shown read times` for every pair that was seen.
"""

import argparse
import collections
import os
import random
import sys

import cv2

import pipeline
from glyphs import Styles
from train_reader import Rendered, load_backgrounds


def folded(text):
    return text.replace("O", "0").replace("I", "1")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--models", default=os.path.join(os.path.dirname(__file__), "../models"))
    arguments.add_argument("--count", type=int, default=4000)
    arguments.add_argument("--seed", type=int, default=4711)
    arguments = arguments.parse_args()

    reader = cv2.dnn.readNetFromONNX(os.path.join(arguments.models, "reader.onnx"))
    backgrounds = load_backgrounds(arguments.data, random.Random(arguments.seed), 100)
    drawn = Rendered(Styles(arguments.data), backgrounds, arguments.seed, british_share=1.0)
    counts = collections.Counter()
    dropped = exact = 0
    for _ in range(arguments.count):
        picture, text = drawn.one()
        reader.setInput(picture[None, None].astype("float32") / 255)
        reading, score = pipeline.decode(reader.forward()[0])
        if not pipeline.readable(reading, score) or len(reading) != len(text):
            dropped += 1
            continue
        exact += folded(reading) == folded(text)
        counts.update(zip(folded(text), folded(reading)))
    kept = arguments.count - dropped
    print(f"{kept} readings kept, {dropped} left out, {exact} right", file=sys.stderr)
    for (shown, read), times in sorted(counts.items()):
        print(shown, read, times)


if __name__ == "__main__":
    main()
