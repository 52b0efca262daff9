"""Documents → PDFs, in parallel processes, only those that are not in the cache."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.paper import worker
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.document import Document
from ressourcerie.paper.documents import stylesheet_paths
from ressourcerie.paper.pdf import Pdf
from ressourcerie.settings import Settings

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


def print_all(
    documents: Sequence[Document],
    settings: Settings,
    *,
    progress: Progress = silent,
    executor: Callable[[int], Executor] | None = None,
) -> tuple[list[Pdf], list[Diagnostic], int]:
    """The PDFs in the order of `documents`, what went wrong, and how many were rendered.

    `executor` makes the pool from a number of workers, so that another engine or another machine
    can be plugged in.
    """
    cache = PdfCache(settings)
    keys = {document.name: cache.key(document) for document in documents}
    missing = [d for d in documents if cache.find(keys[d.name]) is None]
    found: list[Diagnostic] = []
    if missing:
        # The longest first: a short one left for the end keeps no processor waiting.
        missing.sort(key=lambda d: -len(d.html))
        owners = {d.name: d.owner for d in missing}
        results = _render(missing, settings, executor or _processes, owners, found)
        for done, result in enumerate(results, start=1):
            cache.store(keys[result.name], result.pdf, result.pages, result.complaints)
            progress(done, len(missing), result.name)
        cache.prune()
    pdfs: list[Pdf] = []
    for document in documents:
        if known := cache.find(keys[document.name]):
            pdfs.append(_pdf(document, known))
            # Said at each run, not only at the one that rendered.
            found += [
                COMPLAINT.at(Place(document.owner), f"{document.name} : {complaint}")
                for complaint in known.complaints
            ]
    return pdfs, found, len(missing)


def _pdf(document: Document, known: Known) -> Pdf:
    return Pdf(
        document.name,
        document.label,
        document.purpose,
        document.paper,
        document.owner,
        document.edition,
        known.file,
        known.pages,
        known.size,
    )


def _processes(workers: int) -> Executor:
    # Fresh processes: the engine and its C libraries must not be forked half-initialised.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=worker.start)


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


def _render(
    documents: Sequence[Document],
    settings: Settings,
    executor: Callable[[int], Executor],
    owners: dict[str, str],
    found: list[Diagnostic],
) -> Iterator[worker.Result]:
    workers = min(len(documents), os.cpu_count() or 1)
    with executor(workers) as pool:
        with _interrupts_held():
            jobs = {
                pool.submit(
                    worker.run,
                    worker.Job(d.name, d.html, tuple(stylesheet_paths(d, settings)), settings.root),
                ): d.name
                for d in documents
            }
        try:
            for future in as_completed(jobs):
                name = jobs[future]
                try:
                    yield future.result()
                except BrokenProcessPool:
                    message = f"{name} : le programme de composition s’est arrêté."
                    found.append(FAILED.at(Place(owners[name]), message))
                except Exception as error:  # noqa: BLE001 - any engine fault must name its sheet
                    message = f"{name} : {type(error).__name__} ({error})."
                    found.append(FAILED.at(Place(owners[name]), message))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
