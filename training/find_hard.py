"""Lists what the detector takes for a plate on photos without one, for both networks to learn from.

    python3 find_hard.py --data DIR --nets DIR --out FILE [--every N]

Writes rows `file, corners x8, score` for train_detector.py --hard and train_reader.py --no-plates.
Photos kept for validation are left out.
"""

import argparse
import os

import cv2
import torch

import nets
import pipeline
from train_detector import Photo, split
from train_reader import photos_without

SCORE_LEAST = 0.05
MOST = 6  # from one photo


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True)
    ask.add_argument("--nets", required=True, help="folder with detector.pt")
    ask.add_argument("--out", required=True)
    ask.add_argument("--every", type=int, default=1)
    given = ask.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    net = nets.Detector()
    net.load_state_dict(torch.load(os.path.join(given.nets, "detector.pt")))
    net.eval()
    count = 0
    with open(given.out, "w") as out, torch.no_grad():
        run = lambda blob: net(torch.from_numpy(blob)).numpy()
        for path in split(photos_without(given.data))[0][:: given.every]:
            picture = Photo(path).load(640)
            found = []
            for scale in (384, 640):
                blob, factors = pipeline.shrink_to(picture, scale)
                for score, corners in pipeline.peaks(run(blob)[0], SCORE_LEAST):
                    found.append((score, corners / factors))
            for score, corners in pipeline.suppress(found)[:MOST]:
                numbers = ["%.1f" % value for value in corners.ravel()] + ["%.3f" % score]
                out.write("\t".join([os.path.relpath(path, given.data)] + numbers) + "\n")
                count += 1
    print(count, "finds that are no plates")


if __name__ == "__main__":
    main()
