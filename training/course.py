"""The course of one training run: its rate, its running mean, and how it goes on after a break."""

import os
import signal
import time

import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset


ENDED_EARLY = 75  # as in sysexits.h: try again later


class Batches(IterableDataset):
    """Batches made by `make()` in a process of their own, so that drawing and learning overlap."""

    def __init__(self, make):
        self.make = make

    def __iter__(self):
        while True:
            yield self.make()


def leave_ending_to_the_run(_):
    """A signal to all processes of a run must not take its batches before the run has ended."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def drawn_aside(make):
    return iter(
        DataLoader(
            Batches(make),
            batch_size=None,
            num_workers=1,
            prefetch_factor=6,
            worker_init_fn=leave_ending_to_the_run,
        )
    )


def has_bfloat16():
    with open("/proc/cpuinfo") as lines:
        return "avx512_bf16" in lines.read()


class Course:
    """Weights, their running mean, the optimiser and the time used, kept together in one file.

    On processors with bfloat16 the first nine tenths of a run use it, which takes half the time.

    The rate rises over 200 steps and then follows a cosine over the given minutes. These are minutes
    of work of this process, not of the clock, since others may share the machine; those before a
    break count. `OUT/NAME.pt` are the averaged weights, `OUT/NAME.course` all the rest. A run that
    is asked to end (SIGTERM, Ctrl-C) writes both first, and ends with ENDED_EARLY.
    """

    def __init__(self, net, mean, given, name, keep):
        self.net, self.mean, self.keep = net, mean, keep
        self.narrow = has_bfloat16()
        self.minutes, self.rate = given.minutes, given.rate
        self.path = os.path.join(given.out, name)
        os.makedirs(given.out, exist_ok=True)
        self.step, self.used = 0, 0.0
        self.optimiser = torch.optim.AdamW(net.parameters(), given.rate, weight_decay=0.01)
        if given.resume and os.path.exists(self.path + ".course"):
            state = torch.load(self.path + ".course")
            net.load_state_dict(state["net"])
            mean.load_state_dict(state["mean"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.used = state["step"], state["used"]
        else:
            if given.start:
                net.load_state_dict(torch.load(given.start))
            mean.load_state_dict(net.state_dict())
        net.train().to(memory_format=torch.channels_last)
        self.begun = time.process_time() - self.used * 60
        self.asked_to_end = False
        signal.signal(signal.SIGTERM, self.end)
        signal.signal(signal.SIGINT, self.end)

    def end(self, *_):
        self.asked_to_end = True

    def exit_status(self):
        return ENDED_EARLY if self.asked_to_end else 0

    def gone(self):
        """The share of the run that is over."""
        self.used = (time.process_time() - self.begun) / 60
        return self.used / self.minutes

    def goes_on(self):
        return not self.asked_to_end and self.gone() < 1

    def forward(self, pictures):
        """What the net says of a batch, in single precision."""
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.narrow and self.gone() < 0.9):
            output = self.net(pictures)
        return output.float()

    def set_rate(self):
        swing = 0.5 + 0.5 * np.cos(np.pi * min(1.0, self.gone()))
        rate = self.rate * min(1, (self.step + 1) / 200) * swing + 1e-6
        for group in self.optimiser.param_groups:
            group["lr"] = rate

    def learn(self, loss, most):
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), most)
        self.optimiser.step()
        self.step += 1
        keep = min(self.keep, self.step / (self.step + 20))
        with torch.no_grad():
            for ours, theirs in zip(
                self.mean.state_dict().values(), self.net.state_dict().values()
            ):
                if ours.is_floating_point():
                    ours.mul_(keep).add_(theirs, alpha=1 - keep)
                else:
                    ours.copy_(theirs)

    def save(self):
        state = {
            "net": self.net.state_dict(),
            "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "used": self.used,
        }
        for what, end in ((state, ".course"), (self.mean.state_dict(), ".pt")):
            torch.save(what, self.path + end + ".part")
            os.replace(self.path + end + ".part", self.path + end)


def add_options(ask, minutes, batch, rate):
    ask.add_argument("--data", required=True)
    ask.add_argument("--out", required=True)
    ask.add_argument("--minutes", type=float, default=minutes)
    ask.add_argument("--batch", type=int, default=batch)
    ask.add_argument("--rate", type=float, default=rate)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--start", help="weights to begin a run with")
    ask.add_argument("--resume", action="store_true", help="go on with the run in OUT")
