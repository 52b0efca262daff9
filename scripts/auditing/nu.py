"""The Nu HTML checker on every page, style sheet and drawing of a built site."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

# What it says that is no fault of ours, and why.
ACCEPTED: Final = (
    # Read from the disk, « 'self' » means nothing to it; the browser tests try the policy for good.
    r"Resource violates Content Security Policy \(meta tag\): .*“(?!https?:|//)[^”]*” blocked",
    # The page of the rules shows, on purpose, letters written in two parts.
    r"Text run is not in Unicode Normalization Form C",
    # Its knowledge of CSS stops before container queries, and forgets what SVG adds.
    r"CSS: “(container-type|container-name|vector-effect)”: Property",
    r"CSS: Unrecognized at-rule “@container”",
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing said, and where: `error` or `warning`."""

    severity: str
    message: str
    file: str
    line: int


def check(jar: Path, site: Path) -> list[Fault]:
    """All that is wrong in `site`."""
    command = ["java", "-Xss1m", "-jar", str(jar), "--format", "json", "--exit-zero-always"]
    command += ["--also-check-css", "--also-check-svg", "--skip-non-html", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(done.stderr[-500:] or done.stdout[-500:]) from None
    return [fault for message in messages if (fault := read(message, site))]


def read(message: dict[str, Any], site: Path) -> Fault | None:
    """One message of the checker; None for a remark, or for what we accept."""
    severity = message.get("subType") or message["type"]
    if severity == "info" or any(re.match(known, message["message"]) for known in ACCEPTED):
        return None
    path = Path(unquote(urlsplit(message.get("url", "")).path))
    file = path.relative_to(site).as_posix() if path.is_relative_to(site) else str(path)
    line = message.get("lastLine", 0)
    return Fault("warning" if severity == "warning" else "error", message["message"], file, line)


def report(faults: Iterable[Fault]) -> list[str]:
    """Lines to read: each message once, the most frequent first, with three places."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fault in faults:
        places[fault.severity, fault.message].append(f"{fault.file}:{fault.line}")
    lines = []
    for (severity, message), where in sorted(places.items(), key=lambda item: -len(item[1])):
        word = "erreur" if severity == "error" else "avertissement"
        more = f" et {len(where) - 3} autres" if len(where) > 3 else ""
        lines += [f"  {word} : {message}", f"    {', '.join(where[:3])}{more}"]
    return lines
