"""A message of Outlook as its bytes: an OLE file of small streams, written after the published description of both."""

import struct
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, SMALL_SECTOR = 512, 64
FREE, END, OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT, TEXT_OF_BYTES, BYTES, TIME = 0x001F, 0x001E, 0x0102, 0x0040
PROPERTIES = "__properties_version1.0"


def message(
    properties: dict[int, str | bytes | datetime], storages: dict[str, dict[str, bytes]] | None = None
) -> bytes:
    """A message with some properties, by their numbers, and storages of attachments and recipients."""
    streams, entries = {}, b"\0" * 32
    for number, value in properties.items():
        if isinstance(value, datetime):
            since = value - datetime(1601, 1, 1, tzinfo=UTC)
            entries += struct.pack("<HHIQ", TIME, number, 6, int(since.total_seconds()) * 10_000_000)
            continue
        kind, data = (TEXT, value.encode("utf-16-le")) if isinstance(value, str) else (BYTES, value)
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
        entries += struct.pack("<HHIII", kind, number, 6, len(data) + (2 if kind == TEXT else 0), 0)
    return compound({PROPERTIES: entries, **streams}, storages or {})


def compound(streams: dict[str, bytes], storages: dict[str, dict[str, bytes]]) -> bytes:
    """An OLE file of streams that are all shorter than 4,096 bytes, some in storages."""
    small, small_table, nodes = b"", [], []

    def add(name: str, kind: int, data: bytes = b"") -> int:
        nonlocal small
        start = len(small) // SMALL_SECTOR if data else END
        count = -(-len(data) // SMALL_SECTOR)
        small_table.extend([start + place + 1 for place in range(count - 1)] + ([END] if count else []))
        small += data.ljust(count * SMALL_SECTOR, b"\0")
        nodes.append([name, kind, FREE, FREE, start, len(data)])
        return len(nodes) - 1

    def chained(numbers: list[int]) -> int:
        for before, after in pairwise(numbers):
            nodes[before][2] = after
        return numbers[0] if numbers else FREE

    add("Root Entry", 5)
    children = [add(name, 2, data) for name, data in streams.items()]
    for name, parts in storages.items():
        children.append(add(name, 1))
        nodes[children[-1]][3] = chained([add(part, 2, data) for part, data in parts.items()])
    nodes[0][3] = chained(children)
    while len(nodes) % 4:
        nodes.append(["", 0, FREE, FREE, 0, 0])
    nodes[0][4:] = [0, len(small)]
    pieces = [small, struct.pack(f"<{len(small_table)}I", *small_table)]
    sectors = [-(-len(piece) // SECTOR) for piece in [*pieces, b"x" * 128 * len(nodes)]]
    starts = [0, sectors[0], sectors[0] + sectors[1]]
    nodes[0][4] = starts[0]
    table = []
    for start, count in zip(starts, sectors, strict=True):
        table += [*range(start + 1, start + count), END]
    table.append(OF_TABLE)
    body = b"".join(piece.ljust(count * SECTOR, b"\xff") for piece, count in zip(pieces, sectors, strict=False))
    body += b"".join(map(entry, nodes))
    place = sum(sectors)
    body += struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, starts[2], 0, 4096, starts[1], sectors[1], END, 0)
    return head + struct.pack("<109I", place, *[FREE] * 108) + body


def entry(node: list) -> bytes:
    """One entry of the directory."""
    name, kind, right, child, start, size = node
    written = (name + "\0").encode("utf-16-le") if name else b""
    head = written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), kind, 1, FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
