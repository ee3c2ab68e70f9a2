"""Proposes texts for real plates that have none, so that the reader can learn from them too.

    python3 propose_texts.py --data DIR --nets DIR --out FILE [--sheet FILE.png]

Writes rows `file, corners x8, text` for train_reader.py --crops, and a sheet of all of them for a
look by eye: correct what is wrong in FILE, and strike the rows of what nobody can read. The texts
of french/ are known. With --sure only those are written of which the reader is sure of every
character, and says the same for shaken corners: a beginning, but the others teach more.
"""

import argparse
import glob
import os
import random

import cv2
import numpy as np
import torch

import camera
import nets
import pipeline
from train_detector import load_photos
from train_reader import loosen


WIDE_LEAST = 40  # pixels; below this a person cannot read them either


def whole(picture):
    h, w = picture.shape[:2]
    return np.array([[0, 0], [w, 0], [w, h], [0, h]], float)


def labelled(data, folder, run_detector):
    """The plates of a labelled set, by the detector's corners where it finds them."""
    for photo in load_photos(data, folder, folder):
        picture = cv2.imread(photo.path)
        seen = photo.load(10000)  # a squashed photo in its true shape
        squash = np.array(picture.shape[1::-1]) / np.array(seen.shape[1::-1])
        found = pipeline.find(run_detector, seen)
        for x, y, w, h in photo.boxes:
            box = (x, y, x + w, y + h)
            near = [c for _, c in found if pipeline.overlap(box, pipeline.box_of(c)) > 0.5]
            if w < WIDE_LEAST or (not near and h * 2.4 > w):
                continue  # tilted, and nothing but an upright box around it
            corners = (
                near[0] if near else np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
            )
            yield os.path.relpath(photo.path, data), picture, corners * squash


def rows_of(data, run_detector):
    """Every real plate as (file, picture, corners, known text)."""
    for path in sorted(glob.glob(os.path.join(data, "plate_crops", "*.jpg"))):
        picture = cv2.imread(path)
        yield os.path.relpath(path, data), picture, whole(picture), ""
    known = {}
    with open(os.path.join(data, "french", "labels.tsv")) as lines:
        for line in list(lines)[1:]:
            fields = line.rstrip("\n").split("\t")
            known[fields[0]] = fields[5]
    for name, picture, corners in labelled(data, "french", run_detector):
        yield name, picture, corners, known.get(os.path.basename(name), "")
    for name, picture, corners in labelled(data, "boxes", run_detector):
        yield name, picture, corners, ""


def sure_reading(net, picture, corners, rng):
    """The text that the given corners and shaken ones agree on, and how sure its worst place is."""
    tries = [camera.rectify(picture, corners)]
    tries += [camera.rectify(picture, loosen(corners, rng)) for _ in range(4)]
    with torch.no_grad():
        logits = net(torch.from_numpy(np.stack(tries)[:, None].astype(np.float32) / 255)).numpy()
    texts = [pipeline.decode(one)[0] for one in logits]
    odds = np.exp(logits[0] - logits[0].max(-1, keepdims=True))
    odds /= odds.sum(-1, keepdims=True)
    best = odds.max(-1)
    return texts[0], float(best.min()), sum(text == texts[0] for text in texts), tries[0]


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--nets", required=True, help="folder with reader.pt and detector.pt")
    ask.add_argument("--out", required=True)
    ask.add_argument("--sheet")
    ask.add_argument("--sure", action="store_true", help="leave out what is in doubt")
    given = ask.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    detector, reader = nets.Detector(), nets.Reader()
    detector.load_state_dict(torch.load(os.path.join(given.nets, "detector.pt")))
    reader.load_state_dict(torch.load(os.path.join(given.nets, "reader.pt")))
    detector.eval(), reader.eval()

    def run(blob):
        with torch.no_grad():
            return detector(torch.from_numpy(blob)).numpy()

    rng = random.Random(5)
    cells = []
    with open(given.out, "w") as out:
        for name, picture, corners, known in rows_of(given.data, run):
            text, sure, agree, flat = sure_reading(reader, picture, corners, rng)
            if known:
                text = known
            elif given.sure and (agree < 4 or sure < 0.5 or not 4 <= len(text) <= 9):
                continue
            numbers = ["%.1f" % value for value in corners.ravel()]
            out.write("\t".join([name] + numbers + [text]) + "\n")
            cell = np.full((50, 164), 60, np.uint8)
            cell[:32, 2:162] = flat
            cv2.putText(cell, "%d %s" % (len(cells), text), (2, 46), 0, 0.45, 255, 1)
            cells.append(cell)
    print(len(cells), "texts")
    if given.sheet:
        for page in range(0, len(cells), 180):
            part = cells[page : page + 180]
            part += [np.zeros_like(cells[0])] * (-len(part) % 9)
            cv2.imwrite(
                given.sheet.replace(".png", "_%d.png" % (page // 180)),
                np.vstack([np.hstack(part[i : i + 9]) for i in range(0, len(part), 9)]),
            )


if __name__ == "__main__":
    main()
