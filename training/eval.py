"""Measures the exported networks, through OpenCV's network module, on folders of labelled pictures.

    python3 eval.py FOLDER... [--models ../models] [--negative FOLDER] [--details]

A folder holds pictures and labels.tsv (file, x, y, w, h, text). Pictures named oi_ came squashed
and are stretched to 4:3 only with --unsquash.
"""

import argparse
import glob
import os
import time

import cv2
import numpy as np

import pipeline


def edits(a, b):
    """The least number of insertions, deletions and changes between two texts."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def folded(text):
    return text.replace("O", "0").replace("Q", "0").replace("I", "1")


class Runner:
    def __init__(self, models):
        self.detector = cv2.dnn.readNetFromONNX(os.path.join(models, "detector.onnx"))
        self.reader = cv2.dnn.readNetFromONNX(os.path.join(models, "reader.onnx"))
        self.seconds = [0.0, 0.0]
        self.runs = [0, 0]

    def _run(self, net, blob, which):
        begin = time.time()
        net.setInput(blob)
        out = net.forward()
        self.seconds[which] += time.time() - begin
        self.runs[which] += 1
        return out.copy()

    def find(self, picture, **how):
        return pipeline.find(lambda blob: self._run(self.detector, blob, 0), picture, **how)

    def read(self, picture, corners):
        return pipeline.read(lambda blob: self._run(self.reader, blob, 1), picture, corners)


def labels_of(folder):
    rows = {}
    with open(os.path.join(folder, "labels.tsv")) as lines:
        for line in list(lines)[1:]:
            fields = line.rstrip("\n").split("\t")
            rows.setdefault(fields[0], []).append(
                ([float(value) for value in fields[1:5]], fields[5] if len(fields) > 5 else "")
            )
    return rows


def measure(runner, folder, details, unsquash, every=1, offset=0, shrink_to=None):
    total = found = texts = exact = alike = given_box = wrong_characters = characters = spare = 0
    for name, plates in sorted(labels_of(folder).items())[offset::every]:
        picture = cv2.imread(os.path.join(folder, name))
        if unsquash and name.startswith("oi_") and picture.shape[0] == picture.shape[1]:
            stretch = 4 / 3
            picture = cv2.resize(picture, None, fx=stretch, fy=1)
            plates = [([x * stretch, y, w * stretch, h], text) for (x, y, w, h), text in plates]
        hits = [
            (score, corners, *runner.read(picture, corners))
            for score, corners in runner.find(picture)
        ]
        clear = [hit for hit in hits if pipeline.readable(hit[2], hit[3])]
        matched = 0
        for (x, y, w, h), text in plates:
            box = (x, y, x + w, y + h)
            total += 1
            near = [hit for hit in hits if pipeline.overlap(box, pipeline.box_of(hit[1])) >= 0.5]
            found += bool(near)
            matched += bool(near)
            if not text:
                continue
            texts += 1
            exact += any(hit[2] == text for hit in clear)
            alike += any(folded(hit[2]) == folded(text) for hit in clear)
            upright = np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]])
            from_box, _ = runner.read(picture, upright)
            given_box += from_box == text
            best = min((edits(hit[2], text) for hit in hits), default=len(text))
            wrong_characters += min(best, len(text))
            characters += len(text)
            if details and not any(hit[2] == text for hit in clear):
                print(
                    "  %s %s: found %s, box %s"
                    % (
                        name,
                        text,
                        [(hit[2], round(hit[0], 2), round(hit[3], 2)) for hit in hits],
                        from_box,
                    )
                )
        spare += max(0, len(clear) - matched)
    print("%s: %d plates, found %.1f %%" % (folder, total, 100 * found / max(1, total)), end="")
    if texts:
        print(
            ", exact end to end %d of %d = %.1f %% (alike %.1f %%), "
            "exact from the labelled box %.1f %%, characters wrong %.1f %%"
            % (
                exact,
                texts,
                100 * exact / texts,
                100 * alike / texts,
                100 * given_box / texts,
                100 * wrong_characters / characters,
            ),
            end="",
        )
    print(", readings beyond the labelled %d" % spare)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("folders", nargs="*")
    ask.add_argument(
        "--models", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "models")
    )
    ask.add_argument("--negative", action="append", default=[])
    ask.add_argument("--details", action="store_true")
    ask.add_argument("--unsquash", action="store_true")
    ask.add_argument("--every", type=int, default=1)
    ask.add_argument("--offset", type=int, default=0)
    given = ask.parse_args()
    cv2.setNumThreads(1)
    runner = Runner(given.models)
    for folder in given.folders:
        measure(runner, folder, given.details, given.unsquash, given.every, given.offset)
    for folder in given.negative:
        names = sorted(glob.glob(os.path.join(folder, "*.jpg")))[given.offset :: given.every]
        finds, readings = [], []
        for name in names:
            picture = cv2.imread(name)
            found = runner.find(picture)
            finds.append(len(found))
            readings.append(
                sum(pipeline.readable(*runner.read(picture, corners)) for _, corners in found)
            )
        print(
            "%s: %d pictures, found %d plates on %d of them, read %d on %d"
            % (
                folder,
                len(names),
                sum(finds),
                sum(count > 0 for count in finds),
                sum(readings),
                sum(count > 0 for count in readings),
            )
        )
    for name, seconds, runs in zip(("detector", "reader"), runner.seconds, runner.runs):
        if runs:
            print("%s: %.1f ms a run over %d runs" % (name, 1000 * seconds / runs, runs))


if __name__ == "__main__":
    main()
