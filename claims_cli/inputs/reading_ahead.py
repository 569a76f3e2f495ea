"""Inputs read ahead, several at once and in order: the processes that open foreign formats work over the cores.

A thread asks such a process and waits, so that threads suffice. What an input holds is handed on as it comes, and only
so much of it is read ahead; whoever stops taking documents stops the reading.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Full, Queue

from claims_cli.claim import Document
from claims_cli.errors import InputError
from claims_cli.formats.table import BY_SUFFIX, MARKDOWN, TEXT, suffix_of
from claims_cli.inputs.sources import Input

QUICK = (TEXT, MARKDOWN)
MOST_HELD = 16  # documents of one input
SECONDS = 0.1
Documents = Iterator[Document | InputError]
Read = Callable[[Input], Documents]


class Reading:
    """One input that a thread reads."""

    def __init__(self, item: Input, read: Read):
        self.documents_of = read
        self.held: Queue[Document | InputError | BaseException | None] = Queue(MOST_HELD)
        self.is_stopped = threading.Event()
        threading.Thread(target=self.fill, args=(item,), daemon=True).start()

    def fill(self, item: Input) -> None:
        """Read the input, and keep what somebody waits for."""
        try:
            for document in self.documents_of(item):
                if not self.put(document):
                    return
            self.put(None)
        except BaseException as error:  # it is raised where the documents are taken
            self.put(error)

    def put(self, document: Document | InputError | BaseException | None) -> bool:
        """Keep a document as soon as there is room; whether anybody still wants it."""
        while not self.is_stopped.is_set():
            try:
                self.held.put(document, timeout=SECONDS)
            except Full:
                continue
            return True
        return False

    def documents(self) -> Documents:
        """What the thread reads, as it comes."""
        while True:
            try:
                found = self.held.get(timeout=SECONDS)  # with a timeout Ctrl-C is heard on every system
            except Empty:
                continue
            if found is None:
                return
            if isinstance(found, BaseException) and not isinstance(found, InputError):
                raise found
            yield found


def ahead(items: Iterable[Input | InputError], read: Read, number: int) -> Documents:
    """The documents of inputs, in order, `number` inputs read at once; one after the other, without a thread, for 1.

    Plain text, which takes no time, is read when its turn comes.
    """
    if number == 1:
        for item in items:
            yield from [item] if isinstance(item, InputError) else read(item)
        return
    waiting: deque[Reading | Documents] = deque()
    try:
        for item in items:
            waiting.append(begun(item, read))
            while len(waiting) >= number:
                yield from taken(waiting)
        while waiting:
            yield from taken(waiting)
    finally:
        for reading in waiting:
            if isinstance(reading, Reading):
                reading.is_stopped.set()


def begun(item: Input | InputError, read: Read) -> Reading | Documents:
    """An input that is being read, or that will be when its turn comes."""
    if isinstance(item, InputError):
        return iter([item])
    # standard input is not left to a thread, which could not be ended while it waits
    is_quick = not item.place and (item.path is None or BY_SUFFIX.get(suffix_of(item.path.name), TEXT) in QUICK)
    return read(item) if is_quick else Reading(item, read)


def taken(waiting: deque[Reading | Documents]) -> Documents:
    """What the first of those that wait holds; it waits until all of it is taken, so that it can be stopped."""
    first = waiting[0]
    yield from first.documents() if isinstance(first, Reading) else first
    waiting.popleft()
