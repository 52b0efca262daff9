"""Orders → PDFs, in parallel processes, only those that are not in the cache."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.french import plural
from ressourcerie.paper import worker
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.orders import Order, Task
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.pool import MakeExecutor, Pool, processes
from ressourcerie.paper.worker import Job, Result, itself

FAILED = rule(
    "pdf-echec",
    "Un PDF n’a pas pu être composé",
    "Cherchez dans le texte une image ou un tableau démesuré ; sinon, signalez le problème.",
)
COMPLAINT = rule(
    "pdf-remarque",
    "Le moteur de PDF a signalé quelque chose",
    "Regardez la page concernée ; si elle est juste, signalez le problème.",
    Severity.WARNING,
)

Progress = Callable[[int, int, str], None]


def silent(_done: int, _total: int, _name: str) -> None:
    """Report nothing."""


class Shop:
    """Fulfils orders. What went wrong is in `found`, how many PDFs were made in `made`."""

    def __init__(self, cache: PdfCache, pool: Pool[_Made], progress: Progress) -> None:
        self._cache = cache
        self._pool = pool
        self._progress = progress
        self._asked = 0
        self.found: list[Diagnostic] = []
        self.made = 0

    def run(self, tasks: Sequence[Task]) -> list[list[Pdf]]:
        """What each task ends with. All go forward together: none waits for another."""
        results: list[list[Pdf]] = [[] for _ in tasks]
        waiting: dict[int, list[Order]] = {}
        for number, task in enumerate(tasks):
            self._advance(number, task, None, waiting, results)
        while waiting:
            known = self._fulfil([order for asked in waiting.values() for order in asked])
            for number, asked in list(waiting.items()):
                del waiting[number]
                answer = [known.get(order.key) for order in asked]
                self._advance(number, tasks[number], answer, waiting, results)
        return results

    @staticmethod
    def _advance(
        number: int,
        task: Task,
        answer: list[Known | None] | None,
        waiting: dict[int, list[Order]],
        results: list[list[Pdf]],
    ) -> None:
        try:
            waiting[number] = next(task) if answer is None else task.send(answer)
        except StopIteration as end:
            results[number] = end.value

    def _fulfil(self, orders: list[Order]) -> dict[str, Known]:
        known: dict[str, Known] = {}
        missing = [order for order in orders if order.new or not self._found(order, known)]
        # The longest first: a short one left for the end keeps no processor waiting.
        missing.sort(key=lambda order: -order.weight)
        self._asked += len(missing)
        for job, result in self._pool.run(self._jobs(missing, known)):
            order = job.order
            self.made += 1
            self._progress(self.made, self._asked, order.name)
            if isinstance(result, Exception):
                self._failed(order, result)
                continue
            try:
                self._cache.store(order.key, result)
            except OSError as error:
                self._failed(order, error)
            self._found(order, known)
        for order in {order.key: order for order in orders}.values():
            # Said at each run, not only at the one that made it.
            self.found += [
                COMPLAINT.at(Place(order.owner), f"{order.name} : {complaint}")
                for complaint in (known[order.key].complaints if order.key in known else ())
            ]
        return known

    def _jobs(self, missing: list[Order], known: dict[str, Known]) -> Iterator[_Made]:
        """The jobs of orders, composed one by one while others are being done."""
        taken: set[str] = set()
        for order in missing:
            if order.key in taken or (order.new and self._found(order, known)):
                self._asked -= 1
            else:
                yield _Made(order, order.make())
            taken.add(order.key)

    def _found(self, order: Order, known: dict[str, Known]) -> bool:
        if order.key not in known and (found := self._cache.find(order.key)):
            known[order.key] = found
        return order.key in known

    def _failed(self, order: Order, error: Exception) -> None:
        self.found.append(FAILED.at(Place(order.owner), f"{order.name} : {_reason(error)}."))


class _Made:
    """A job that remembers its order, here; what is sent to the worker is the job alone."""

    def __init__(self, order: Order, job: Job) -> None:
        self.order = order
        self.job = job

    def __reduce__(self) -> tuple[Callable[[Job], Job], tuple[Job]]:
        return itself, (self.job,)

    @property
    def name(self) -> str:
        return self.job.name

    def run(self) -> Result:
        return self.job.run()


def _reason(error: Exception) -> str:
    match error:
        case BrokenProcessPool():
            return "le programme de composition s’est arrêté"
        case MemoryError():
            return "la composition demande trop de mémoire"
        case TimeoutError():
            return f"la composition dure plus de {plural(worker.SECONDS, 'seconde')}"
        case OSError(errno=errno.ENOSPC):
            return "le disque est plein"
    return f"{type(error).__name__} ({error})"


def print_all(
    tasks: Sequence[Task],
    cache: PdfCache,
    *,
    progress: Progress = silent,
    executor: MakeExecutor = processes,
) -> tuple[list[Pdf], list[Diagnostic], int]:
    """The PDFs in the order of `tasks`, what went wrong, and how many were made.

    `executor` makes the pool from a number of workers, so that another engine or another machine
    can be plugged in.
    """
    with Pool[_Made](executor) as pool:
        shop = Shop(cache, pool, progress)
        pdfs = [pdf for ended in shop.run(tasks) for pdf in ended]
    cache.keep()
    return pdfs, shop.found, shop.made
