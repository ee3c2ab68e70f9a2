"""Trains and exports both networks, from photographs to models/: the recipe of README.md.

    python3 train_all.py --data DIR --out NETS [--crops FILE] [--models DIR] [--work SHARE]

Run it again after a break: steps that are done are passed over, and the one that was cut off goes on
where it was. Without --crops the texts of real plates are those that the first reader is sure of;
a person who corrects NETS/crops.tsv and gives it as --crops makes better networks. --work makes all
runs shorter or longer; a hundredth tries whether everything works.
"""

import argparse
import os
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def steps_of(given):
    """Each step's name and command, in their order."""
    data, out = given.data, given.out
    first, crops = os.path.join(out, "first"), given.crops or os.path.join(out, "crops.tsv")
    hard = os.path.join(out, "hard.tsv")
    proposal = ["propose_texts.py", "--data", data, "--nets", first, "--out", crops, "--sure"]

    def train(script, into, minutes, *more):
        return [script, "--data", data, "--out", into, "--minutes", str(minutes * given.work)] + [
            "--resume",
            *more,
        ]

    steps = [
        ("reader, drawn plates", train("train_reader.py", first, 30, "--seed", "1")),
        ("detector", train("train_detector.py", first, 40, "--seed", "1")),
        ("what misleads it", ["find_hard.py", "--data", data, "--nets", first, "--out", hard]),
        ("texts of real plates", proposal),
        (
            "reader, real plates too",
            train("train_reader.py", out, 30, "--seed", "7", "--crops", crops)
            + ["--no-plates", hard],
        ),
        (
            "detector, what misled it",
            train("train_detector.py", out, 30, "--seed", "2", "--rate", "1e-3")
            + ["--start", os.path.join(first, "detector.pt"), "--hard", hard],
        ),
        ("scores", ["calibrate.py", "--data", data, "--nets", out, "--crops", crops]),
        ("export", ["export.py", "--nets", out, "--models", given.models]),
    ]
    return [step for step in steps if not (given.crops and step[0] == "texts of real plates")]


class Ending:
    """A wish to end that is handed on to the step at hand."""

    def __init__(self):
        self.step, self.asked = None, False
        signal.signal(signal.SIGTERM, self.ask)
        signal.signal(signal.SIGINT, self.ask)

    def ask(self, *_):
        self.asked = True
        if self.step:
            self.step.terminate()


def run(name, command, ending):
    """Whether the step came to its end."""
    print("== %s: %s" % (name, " ".join(command)), flush=True)
    ending.step = subprocess.Popen([sys.executable, *command], cwd=HERE)
    status = ending.step.wait()
    ending.step = None
    return status == 0 and not ending.asked


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("--data", required=True, type=os.path.abspath)
    ask.add_argument("--out", required=True, type=os.path.abspath)
    ask.add_argument("--models", default=os.path.join(HERE, "..", "models"), type=os.path.abspath)
    ask.add_argument("--crops", type=os.path.abspath, help="texts that a person has checked")
    ask.add_argument("--work", type=float, default=1.0, help="share of the usual minutes")
    given = ask.parse_args()
    done = os.path.join(given.out, "done")
    os.makedirs(done, exist_ok=True)
    os.makedirs(given.models, exist_ok=True)
    ending = Ending()
    for name, command in steps_of(given):
        mark = os.path.join(done, name)
        if os.path.exists(mark):
            continue
        if not run(name, command, ending):
            raise SystemExit("not finished: %s. The same command goes on with it." % name)
        open(mark, "w").close()
    print("both networks are in %s; now their ranges, see models/README.md" % given.models)


if __name__ == "__main__":
    main()
