"""Processes that stay warm, and are replaced when one of them dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Generic, Self, TypeVar

from ressourcerie.paper import worker
from ressourcerie.paper.worker import Job, Result

MakeExecutor = Callable[[int], Executor]
J = TypeVar("J", bound=Job)


def processes(workers: int) -> Executor:
    """Processes of this machine."""
    # Fresh processes: the engine and its C libraries must not be forked half-initialised.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=worker.start)


class Pool(Generic[J]):
    """Runs jobs, whatever happens to those who do them; to be entered and left.

    `make` gives an executor for a number of workers, so that another engine or another machine can
    be plugged in. Nothing is started before the first job.
    """

    def __init__(self, make: MakeExecutor = processes, workers: int | None = None) -> None:
        self._make = make
        self._workers = workers or os.cpu_count() or 1
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._executor:
            # On Ctrl-C nobody waits for the job at hand.
            self._executor.shutdown(wait=error is None, cancel_futures=True)

    def run(self, jobs: Iterable[J]) -> Iterator[tuple[J, Result | Exception]]:
        """Each job with what it gave or raised, in the order they end.

        Jobs are asked for one by one, as workers become free. When a worker dies, every job in
        hand is tried again, alone: the one that kills again is at fault, the others come out.
        """
        waiting = iter(jobs)
        running: dict[Future[Result], J] = {}
        suspects: list[J] = []
        while True:
            # One more than there are hands: none waits for us to prepare its next job.
            while len(running) <= self._workers and (job := next(waiting, None)) is not None:
                try:
                    running[self._submit(job)] = job
                except BrokenProcessPool:
                    suspects.append(job)
                    break
            if not running and not suspects:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                job = running.pop(future)
                try:
                    yield job, future.result()
                except BrokenProcessPool:
                    suspects.append(job)
                except Exception as error:  # noqa: BLE001 - any fault must name its job
                    yield job, error
            if suspects:
                suspects += running.values()
                running.clear()
                self._renew()
                for suspect in suspects:
                    yield suspect, self._alone(suspect)
                suspects.clear()

    def _alone(self, job: J) -> Result | Exception:
        try:
            return self._submit(job).result()
        except BrokenProcessPool as error:
            self._renew()
            return error
        except Exception as error:  # noqa: BLE001 - as above
            return error

    def _renew(self) -> None:
        if self._executor:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def _submit(self, job: J) -> Future[Result]:
        if self._executor is None:
            self._executor = self._make(self._workers)
        try:
            with _interrupts_held():
                return self._executor.submit(worker.work, job)
        except OSError as error:
            # One that is falling to pieces just then has closed its pipes before it says so.
            raise BrokenProcessPool(str(error)) from error


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Workers born here ignore Ctrl-C: only their parent answers it, once and in French."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
