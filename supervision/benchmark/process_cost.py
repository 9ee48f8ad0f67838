"""What work costs in a process of its own: time, processor time, and memory with its children."""

import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django

SAMPLE_SECONDS = 0.1


@dataclass(frozen=True)
class ProcessCost:
    """Seconds on the clock and of processors; MB of the largest process and of all at once.

    The process itself counts as one of all, and as the largest where it has no children.
    """

    seconds: float
    processor_seconds: float
    largest_mb: float
    together_mb: float


def in_own_process(work: Callable[..., Any], *arguments: Any) -> Any:
    """What the work returns, done by a fresh process of the portal that may have children."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=django.setup) as pool:
        return pool.submit(work, *arguments).result()


@contextmanager
def measured_cost(costs: list[ProcessCost]) -> Iterator[None]:
    """Add what the block costs this process and its children."""
    sampler = ProcessSampler()
    sampler.start()
    start, before = time.perf_counter(), time.process_time()
    yield
    seconds, used = time.perf_counter() - start, time.process_time() - before
    sampler.finish()
    used += sampler.processor_seconds
    costs.append(ProcessCost(seconds, used, sampler.largest_mb, sampler.together_mb))


class ProcessSampler(threading.Thread):
    """Looks again and again what this process holds and what those below it hold and have used.

    What a process uses after the last look at it is not counted.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest_mb = self.together_mb = 0.0
        self._used: dict[int, float] = {}
        self._ended = threading.Event()

    @property
    def processor_seconds(self) -> float:
        """Of the processes below this one."""
        return sum(self._used.values())

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            own, *below = _processes(os.getpid())
            held = [_resident_mb(pid) for pid in below]
            self.together_mb = max(self.together_mb, _resident_mb(own) + sum(held))
            self.largest_mb = max(self.largest_mb, *held) if held else self.largest_mb
            self._used |= {pid: used for pid in below if (used := _used_seconds(pid))}
        self.largest_mb = self.largest_mb or self.together_mb

    def finish(self) -> None:
        self._ended.set()
        self.join()


def _processes(pid: int) -> Iterator[int]:
    """This process and all below it."""
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(file).split():
            yield from _processes(int(child))


def _resident_mb(pid: int) -> float:
    """0 where the process has just ended."""
    pages = _read(Path(f"/proc/{pid}/statm")).split()[1:2]
    return int(pages[0]) * resource.getpagesize() / 1024**2 if pages else 0.0


def _used_seconds(pid: int) -> float:
    """0 where the process has just ended."""
    ticks = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
