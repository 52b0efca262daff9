"""A zip written member by member: same members, same bytes, and nothing compressed twice.

The `zipfile` of Python compresses all it writes; on a site of 1,500 pages of which one has changed,
that would cost more than drawing the pages. Here a member may come with its bytes as they were
compressed for the last archive.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

STORED: Final = 0
DEFLATED: Final = 8
# Beyond these a zip needs extensions that old unpackers do not know.
MAX_MEMBERS: Final = 0xFFFF
MAX_BYTES: Final = 0xFFFF_FFFF

_LEVEL: Final = 6
_NEEDS: Final = 20
# Made on Unix (3): unpacked there, a file that all may read.
_MADE_BY: Final = 3 << 8 | _NEEDS
_RIGHTS: Final = 0o100644 << 16
_UTF_8: Final = 1 << 11
# Zip has no idea of time zones; this is the first day it can tell, the 1st of January 1980.
_DATE: Final = 1 << 5 | 1
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")


class TooBigError(ValueError):
    """More files, or more bytes, than a plain zip can hold."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What a file becomes in an archive: how it is held, its bytes there, and what it was."""

    method: int
    data: bytes
    size: int
    crc: int


def pack(content: bytes, *, compress: bool) -> Packed:
    """A content as it stands in an archive; kept as it is when compressing gains nothing."""
    crc = zlib.crc32(content)
    if compress:
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        data = deflate.compress(content) + deflate.flush()
        if len(data) < len(content):
            return Packed(DEFLATED, data, len(content), crc)
    return Packed(STORED, content, len(content), crc)


def write(target: BinaryIO, members: Iterable[tuple[str, Packed]]) -> list[int]:
    """Write an archive; returns where the bytes of each member begin.

    Raises TooBigError, OSError.
    """
    central: list[bytes] = []
    starts: list[int] = []
    offset = 0
    for name, member in members:
        encoded = name.encode()
        # Flags, method, time, date, sum of control, size here, size there.
        facts = (
            _UTF_8,
            member.method,
            0,
            _DATE,
            member.crc,
            len(member.data),
            member.size,
            len(encoded),
            0,
        )
        head = _LOCAL.pack(b"PK\3\4", _NEEDS, *facts) + encoded
        entry = _CENTRAL.pack(b"PK\1\2", _MADE_BY, _NEEDS, *facts, 0, 0, 0, _RIGHTS, offset)
        central.append(entry + encoded)
        starts.append(offset + len(head))
        target.write(head)
        target.write(member.data)
        offset += len(head) + len(member.data)
        if offset > MAX_BYTES or len(starts) > MAX_MEMBERS:
            raise TooBigError(name)
    directory = b"".join(central)
    count = len(starts)
    target.write(directory)
    target.write(_END.pack(b"PK\5\6", 0, 0, count, count, len(directory), offset, 0))
    return starts
