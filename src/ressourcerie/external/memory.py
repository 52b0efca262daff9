"""What is remembered from one run to the next: when each address was last seen alive.

The file is of no consequence: lost, damaged or written by hand, it can only have an address asked
again, or not asked for some days. Nothing in it is ever connected to or opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ressourcerie import atomic
from ressourcerie.external.outcome import End, Verdict, Visit

# Addresses that no text cites any more are forgotten.
_FORGOTTEN_AFTER: Final = timedelta(days=400)
_MAX_BYTES: Final = 20_000_000
_MAX_RECORDS: Final = 50_000

_Url = Annotated[str, Field(max_length=20_000, pattern=r"^(?:https?://[!-~]+)?$")]


class Record(BaseModel):
    """What is known of an address: its verdict, and the days that matter.

    `alive` is the day it was last seen alive, `failing` that of the first failure since. `anchors`
    says of fragments whether the page has them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    end: End
    checked: date
    status: int = 0
    alive: date | None = None
    failing: date | None = None
    landing: _Url = ""
    moved: _Url = ""
    at_home: bool = False
    anchored: bool = False
    private: bool = False
    anchors: dict[str, bool] = {}

    @property
    def since(self) -> date | None:
        """The day from which the age of a failure is counted."""
        return self.alive or self.failing


_FILE: Final = TypeAdapter(dict[str, Record])


def learn(
    old: Record | None, visit: Visit, verdict: Verdict, anchors: Mapping[str, bool], today: date
) -> Record:
    """What is known after a visit. A day to come, from a clock set wrong, is not believed."""
    alive = old.alive if old and old.alive and old.alive <= today else None
    failing = old.failing if old and old.failing and old.failing <= today else today
    is_alive = verdict is Verdict.ALIVE
    return Record(
        verdict=verdict,
        end=visit.end,
        checked=today,
        status=visit.status,
        alive=today if is_alive else alive,
        failing=None if is_alive else failing,
        landing=visit.landing,
        moved=visit.moved,
        at_home=visit.at_home,
        anchored=visit.anchored,
        private=visit.private,
        anchors=dict(anchors),
    )


def recall(file: Path) -> dict[str, Record]:
    """What is remembered of each address; nothing when the file cannot be used."""
    try:
        if file.stat().st_size > _MAX_BYTES:
            return {}
        return _FILE.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return {}


def remember(file: Path, learnt: Mapping[str, Record], today: date) -> None:
    """Add to what is remembered, in one go. A folder that cannot be written to is no matter."""
    with contextlib.suppress(OSError, Timeout):
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_name(f"{file.name}.lock"), timeout=5):
            known = {**recall(file), **learnt}
            by_day = sorted(known.items(), key=lambda item: item[1].checked, reverse=True)
            recent = {
                url: record
                for url, record in by_day[:_MAX_RECORDS]
                if today - record.checked < _FORGOTTEN_AFTER
            }
            atomic.write(file, _FILE.dump_json(recent, indent=1, exclude_defaults=True))
