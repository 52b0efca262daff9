"""Processes that work together: what befalls one job must not befall the others."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from jobs import Fail, FailUntold, Hello, Kill, KillOnce, Swell, Turn

from builds import lay
from ressourcerie.paper import render, worker
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.documents import works
from ressourcerie.paper.orders import Order, Task
from ressourcerie.paper.pool import Pool, processes
from ressourcerie.paper.render import print_all
from ressourcerie.paper.worker import Job, Result
from straw import Straw, blank, press_of, print_with_straw, settings_of


def ended(pool: Pool[Any], jobs: list[Hello]) -> dict[str, bytes | Exception]:
    """What each job gave, or the error that stopped it."""
    found = {
        job.name: result if isinstance(result, Exception) else result.pdf
        for job, result in pool.run(jobs)
    }
    assert found.keys() == {job.name for job in jobs}
    return found


def hellos(count: int) -> list[Hello]:
    return [Hello(f"bonjour-{number}") for number in range(count)]


def said(jobs: list[Hello]) -> dict[str, bytes]:
    return {job.name: job.name.encode() for job in jobs}


# ---------------------------------------------------------------------------------------------
# Processes
# ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool[Any]]:
    """Two processes, as a build starts them."""
    with Pool[Any](processes, 2) as pool:
        yield pool


def test_killed_worker_takes_only_its_own_job(pool: Pool[Any]) -> None:
    others = hellos(6)
    found = ended(pool, [*others[:3], Kill("tueur"), *others[3:]])
    assert isinstance(found.pop("tueur"), BrokenProcessPool)
    assert found == said(others)
    # And the pool is as good as new.
    assert ended(pool, others) == said(others)


def test_two_killers_are_told_apart_from_the_innocent(pool: Pool[Any]) -> None:
    others = hellos(2)
    found = ended(pool, [Kill("un"), *others, Kill("deux")])
    assert isinstance(found.pop("un"), BrokenProcessPool)
    assert isinstance(found.pop("deux"), BrokenProcessPool)
    assert found == said(others)


def test_job_whose_worker_was_killed_by_another_comes_out(pool: Pool[Any], tmp_path: Path) -> None:
    once = KillOnce("une fois", tmp_path / "tue")
    others = hellos(3)
    assert ended(pool, [once, *others]) == said([once, *others])
    assert once.sign.exists()


def test_job_that_raises_tells_why(pool: Pool[Any]) -> None:
    others = hellos(2)
    found = ended(pool, [Fail("fautif"), FailUntold("muet"), *others])
    fault = found.pop("fautif")
    assert isinstance(fault, ValueError)
    assert str(fault) == "fautif ne va pas"
    assert isinstance(found.pop("muet"), Exception)
    assert found == said(others)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_job_that_swells_is_stopped_alone(pool: Pool[Any]) -> None:
    others = hellos(2)
    found = ended(pool, [Swell("glouton"), *others])
    assert isinstance(found.pop("glouton"), MemoryError)
    assert found == said(others)


class Unsendable(Hello):
    """No other process can receive it."""

    def __reduce__(self) -> Any:
        raise pickle.PicklingError("je reste ici")


def test_job_that_cannot_be_sent_is_told(pool: Pool[Any]) -> None:
    others = hellos(2)
    found = ended(pool, [Unsendable("casanier"), *others])
    assert isinstance(found.pop("casanier"), pickle.PicklingError)
    assert found == said(others)


PARENT = """
import sys
from pathlib import Path
from jobs import Wait
from ressourcerie.paper.pool import Pool, processes

if __name__ == "__main__":
    with Pool(processes, 1) as pool:
        list(pool.run([Wait("attente", Path(sys.argv[1]))]))
"""


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """However it ends: a killed build says goodbye to nobody."""
    sign, script = tmp_path / "travailleur", tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    parent = subprocess.Popen(
        [sys.executable, str(script), str(sign)], env=os.environ | {"PYTHONPATH": path}
    )
    try:
        until = time.monotonic() + 30
        while not (sign.exists() and sign.read_text("utf-8")):
            assert parent.poll() is None
            assert time.monotonic() < until
            time.sleep(0.02)
    finally:
        parent.kill()
        parent.wait(10)
    child = int(sign.read_text("utf-8"))
    until = time.monotonic() + 8
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.05)
    still = is_alive(child)
    if still:
        os.kill(child, signal.SIGKILL)
    assert not still


def is_alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return False


# ---------------------------------------------------------------------------------------------
# Time
# ---------------------------------------------------------------------------------------------


def test_job_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS", 0.2)
    before = signal.getsignal(signal.SIGPROF)
    with pytest.raises(TimeoutError):
        worker.work(Turn("sans fin"))
    assert worker.work(Hello("suite")).pdf == b"suite"
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_time_of_a_job_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has worked for long is not tired."""
    monkeypatch.setattr(worker, "SECONDS", 0.3)

    class Half(Hello):
        def run(self) -> Result:
            until = time.process_time() + 0.2
            while time.process_time() < until:
                pass
            return super().run()

    for _ in range(3):
        assert worker.work(Half("moitié")).pdf == "moitié".encode()


# ---------------------------------------------------------------------------------------------
# Another engine, another machine
# ---------------------------------------------------------------------------------------------


def test_any_executor_will_do() -> None:
    asked: list[int] = []

    def threads(workers: int) -> Executor:
        asked.append(workers)
        return ThreadPoolExecutor(workers)

    jobs: list[Hello] = [Fail("fautif"), *hellos(20)]
    with Pool[Any](threads, 3) as pool:
        found = ended(pool, jobs)
    assert asked == [3]
    assert isinstance(found.pop("fautif"), ValueError)
    assert found == said(jobs[1:])


def test_nothing_is_started_without_a_job() -> None:
    with Pool[Any](lambda _workers: pytest.fail("started")) as pool:
        assert list(pool.run([])) == []


def test_jobs_are_prepared_as_workers_become_free() -> None:
    """Preparing composes a document: those of a whole library are not held in memory at once."""
    gate = threading.Event()
    drawn: list[str] = []

    class Held(Hello):
        def run(self) -> Result:
            assert gate.wait(20)
            return super().run()

    def jobs() -> Iterator[Held]:
        for number in range(10):
            drawn.append(f"tenu-{number}")
            yield Held(f"tenu-{number}")

    with Pool[Any](ThreadPoolExecutor, 2) as pool:
        running = pool.run(jobs())
        threading.Timer(0.2, gate.set).start()
        next(running)
        # Two in hand, and the next one ready.
        assert len(drawn) == 3
        assert len(list(running)) == 9
    assert len(drawn) == 10


class Stopped(Executor):
    """Notes how it was left."""

    def __init__(self) -> None:
        self.waited: bool | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.waited = wait
        assert cancel_futures


def test_interrupted_build_waits_for_nobody() -> None:
    executor = Stopped()

    def interrupted() -> None:
        with Pool[Any](lambda _workers: executor) as pool:
            for _ in pool.run(hellos(2)):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert executor.waited is False
    with Pool[Any](lambda _workers: executor) as pool:
        assert len(list(pool.run(hellos(2)))) == 2
    assert executor.waited is True


# ---------------------------------------------------------------------------------------------
# The shop
# ---------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


def task(*orders: Order) -> Task:
    yield list(orders)
    return []


def order(name: str, weight: int = 0, make: Callable[[], Job] | None = None) -> Order:
    return Order(name, "page.md", lambda: name * 8, make or (lambda: Hello(name)), weight)


def test_longest_are_made_first_whoever_asks(root: Path) -> None:
    straw = Straw()
    tasks = [task(order("court", 1), order("long", 30)), task(order("moyen", 20), order("nul"))]
    print_all(tasks, PdfCache(settings_of(root)), executor=lambda _workers: straw)
    assert [job.name for job in straw.jobs] == ["long", "moyen", "court", "nul"]


def test_longest_documents_are_made_first(root: Path) -> None:
    weights = {d.name: d.weight for d in works(press_of(root)).documents}
    made = [job.name for job in print_with_straw(root).jobs if job.name in weights]
    assert [weights[name] for name in made] == sorted(weights.values(), reverse=True)
    assert weights["essai-grands-caracteres.pdf"] > weights["essai-econome.pdf"]


def test_what_is_known_is_not_prepared(root: Path) -> None:
    cache = PdfCache(settings_of(root))
    known, lacking = order("connu", make=lambda: pytest.fail("prepared")), order("inconnu")
    cache.store(known.key, Result(b"%PDF", 1))
    straw = Straw()
    _, found, made = print_all([task(known, lacking)], cache, executor=lambda _workers: straw)
    assert (found, made, [job.name for job in straw.jobs]) == ([], 1, ["inconnu"])


def test_no_process_is_started_when_all_is_known(root: Path) -> None:
    """Nor the engine loaded: it takes half a second."""
    print_with_straw(root)
    press = press_of(root)
    cache = PdfCache(press.settings)
    tasks = tuple(works(press).tasks(press, cache))
    pdfs, found, made = print_all(tasks, cache, executor=lambda _w: pytest.fail("started"))
    assert len(pdfs) > 15
    assert (found, made) == ([], 0)


def test_tasks_go_forward_together(root: Path) -> None:
    """A long book does not wait for the sheets, nor they for it."""
    straw = Straw()

    def steps(name: str, count: int) -> Task:
        for step in range(count):
            (known,) = yield [order(f"{name}{step}")]
            assert known is not None
        return []

    tasks = [steps("feuille", 1), steps("livre", 3), steps("carnet", 2)]
    print_all(tasks, PdfCache(settings_of(root)), executor=lambda _workers: straw)
    names = [job.name for job in straw.jobs]
    assert names == ["feuille0", "livre0", "carnet0", "livre1", "carnet1", "livre2"]


def test_progress_counts_what_is_made(root: Path) -> None:
    told: list[tuple[int, int, str]] = []
    tasks = [task(order("un", 3), order("deux", 2)), task(order("trois", 1))]
    print_all(
        tasks,
        PdfCache(settings_of(root)),
        progress=lambda *step: told.append(step),
        executor=lambda _workers: Straw(),
    )
    # In the order they end.
    assert [(done, total) for done, total, _ in told] == [(1, 3), (2, 3), (3, 3)]
    assert {name for *_, name in told} == {"un", "deux", "trois"}


REASONS: dict[str, tuple[Exception, str]] = {
    "killed": (BrokenProcessPool(), "le programme de composition s’est arrêté."),
    "memory": (MemoryError(), "la composition demande trop de mémoire."),
    "time": (TimeoutError(), f"la composition dure plus de {worker.SECONDS}\u00a0secondes."),
    "disk": (OSError(28, "No space left on device"), "le disque est plein."),
    "other": (ValueError("colonne"), "ValueError (colonne)."),
}


@pytest.mark.parametrize("reason", REASONS)
def test_what_went_wrong_is_told_in_french(root: Path, reason: str) -> None:
    error, words = REASONS[reason]

    def answer(job: Job) -> Result:
        if job.name == "essai-corrige.pdf":
            raise error
        return blank(job)

    (found,) = print_with_straw(root, answer).found
    assert (found.place.path, found.code) == ("ateliers/essai/index.md", render.FAILED.code)
    assert found.message == f"essai-corrige.pdf : {words}"
