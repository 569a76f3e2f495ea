"""`claims extract --shards`, `--plan` and `--shard`: a run in pieces that are done anywhere."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from claims_cli.commands.help import READ
from claims_cli.commands.inputs import InputOptions
from claims_cli.commands.messages import Messages, count
from claims_cli.commands.options import FilterOptions, ReadingOptions, completing
from claims_cli.commands.sources import needing
from claims_cli.config import Config
from claims_cli.errors import EXIT_INPUT, EXIT_OK, InputError, OutputError, UsageError
from claims_cli.inputs import remote
from claims_cli.names import one_of

if TYPE_CHECKING:
    from claims_cli.sharding.results import Done

DASK = "dask"
ENGINES = (DASK,)

FOLDER_WANTED = "claims extract IN -o OUT/ --shards 400"


@dataclass(frozen=True)
class ShardOptions:
    """How a run is cut into shards, and which of them are done."""

    heading: ClassVar[str] = READ
    shards: Annotated[
        int | None,
        typer.Option(
            metavar="N", min=1, help="Only write a plan of N shards into the folder of -o; see docs/cluster.md."
        ),
    ] = None
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", metavar="FILE", help="Do shards of this plan: all that are not done.", parser=remote.placed
        ),
    ] = None
    shard: Annotated[
        int | None,
        typer.Option("--shard", metavar="K", min=0, help="With --plan: only this shard, from 0; again if done."),
    ] = None

    engine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="With --plan: dask does the shards on a cluster.",
            autocompletion=completing(ENGINES),
        ),
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Of --engine dask (tcp://…:8786); a cluster on this machine by default."),
    ] = None

    @property
    def is_given(self) -> bool:
        """Whether the run is one of shards."""
        return (self.shards, self.plan, self.shard, self.engine, self.scheduler) != (None,) * 5


def run(
    paths: list[str],
    sharded: ShardOptions,
    chosen: InputOptions,
    reading: ReadingOptions,
    wanted: FilterOptions,
    config: Config,
    model: str | None,
    output: Path | None,
    messages: Messages,
) -> int:
    """Make a plan, or do shards of one; the exit code.

    Raises:
        OutputError, RulebookError, UsageError: as their names say.
    """
    if wanted != FilterOptions():
        raise UsageError("a shard keeps every claim", "give the filters to claims collect")
    if sharded.plan is None:
        if sharded.shards is None:
            raise UsageError("--shard does a shard of a plan", "name it: --plan OUT/plan.json")
        return make(paths, sharded.shards, chosen, reading, config, model, output, messages)
    if paths or sharded.shards is not None or output is not None:
        raise UsageError("a plan names its inputs, its shards and its folder", "claims extract --plan OUT/plan.json")
    if sharded.engine is None and sharded.scheduler is None:
        return do(sharded.plan, sharded.shard, chosen, messages)
    one_of("engine", [sharded.engine or DASK], ENGINES)
    return on_cluster(sharded.plan, sharded.shard, sharded.scheduler, chosen, messages)


def make(
    paths: list[str],
    number: int,
    chosen: InputOptions,
    reading: ReadingOptions,
    config: Config,
    model: str | None,
    output: Path | None,
    messages: Messages,
) -> int:
    """Write the plan; the exit code."""
    from claims_cli.inputs.walking import inputs
    from claims_cli.models import default_model
    from claims_cli.sharding import plan

    if output is None or output.suffix:
        raise UsageError("shards lay what they find into a folder", FOLDER_WANTED)
    if reading.fetch:
        raise UsageError("shards read files and fetch nothing", "fetch the pages first, or leave out --shards")
    inputs_chosen = chosen.settle()
    options = plan.Options(
        config.sources.elsewhere(),
        model or default_model(),
        inputs_chosen.language,
        inputs_chosen.transcript,
        reading.text_column,
        reading.whole_page,
        reading.encoding,
        str(reading.meta.absolute()) if reading.meta else None,
    )
    made = plan.made(inputs(paths, None, inputs_chosen.selection), options, number)
    path = plan.save(made, output)
    size = f"{made.size / 1e6:,.1f} MB"
    messages.say(f"{count(made.inputs, 'input')}, {size}, in {count(len(made.shards), 'shard')}: {path}")
    return EXIT_OK


def do(path: Path, number: int | None, chosen: InputOptions, messages: Messages) -> int:
    """Do one shard, or all that are not done; the exit code tells whether an input failed."""
    from claims_cli.sharding import plan
    from claims_cli.sharding.results import done_of, undone
    from claims_cli.sharding.shard import ShardRunner, unwritten

    made = plan.load(path)
    if number is not None and number >= len(made.shards):
        raise UsageError(f"there is no shard {number}", f"the plan has 0 to {len(made.shards) - 1}")
    plan.check(made)
    inputs_chosen = chosen.settle()
    runner = ShardRunner(made, path.parent, inputs_chosen.jobs, inputs_chosen.caches)
    shards = len(made.shards)
    if number is not None:
        return EXIT_INPUT if told(runner.do(number, Teller(messages, number, shards)), shards, messages) else EXIT_OK
    failed = 0
    for one in undone(path.parent, shards):
        if done_of(path.parent, one) is not None:  # another machine did it meanwhile
            continue
        try:
            failed += told(runner.do(one, Teller(messages, one, shards)), shards, messages)
        except OutputError as error:
            messages.failed(unwritten(one, error))
            failed += 1
    return EXIT_INPUT if failed else EXIT_OK


def told(done: "Done", shards: int, messages: Messages) -> int:
    """Say that a shard is done; how much of it failed."""
    counts = f"{count(done.documents, 'document')}, {count(done.claims, 'claim')}, {done.failed} failed"
    messages.say(f"shard {done.shard} of {shards}: {counts}")
    return done.failed


def on_cluster(path: Path, number: int | None, scheduler: str | None, chosen: InputOptions, messages: Messages) -> int:
    """Do all shards that are not done on a Dask cluster; the exit code tells whether something failed."""
    from claims_cli.sharding import dask_engine, plan

    needing("distributed", "dask")
    if number is not None:
        raise UsageError("--engine dask does all shards that are not done", "leave out --shard")
    path = path if remote.is_elsewhere(path) else path.absolute()
    made = plan.load(path)
    teller = ClusterTeller(messages)
    for error in dask_engine.run(path, made, scheduler, chosen.settle().jobs, teller):
        messages.failed(error)
        teller.failed += 1
    messages.say(f"{count(teller.done, 'shard')} done by Dask, {teller.failed} failed.")
    return EXIT_INPUT if teller.failed else EXIT_OK


class Teller:
    """Says on standard error how a shard goes on."""

    def __init__(self, messages: Messages, shard: int, shards: int):
        self.messages, self.where = messages, f"shard {shard} of {shards}"
        self.documents = 0

    def failed(self, error: InputError) -> None:
        """An input failed."""
        self.messages.failed(error)

    def extracted(self, document, claims: int) -> None:
        """A document was read."""
        self.documents += 1
        self.messages.progress(self.documents, f"{self.where}: {document.path}")


class ClusterTeller:
    """Says on standard error how the shards of a cluster go on."""

    def __init__(self, messages: Messages):
        self.messages = messages
        self.done = self.failed = self.left = 0
        self.documents: dict[int, int] = {}
        self.began = time.monotonic()

    def begun(self, left: int) -> None:
        """So many shards are left to do."""
        self.left = left

    def at(self, shard: int, documents: int) -> None:
        """A shard has come so far."""
        self.documents[shard] = documents
        self.tell()

    def finished(self, done: "Done") -> None:
        """A shard is done."""
        self.documents[done.shard] = done.documents
        self.failed, self.done, self.left = self.failed + done.failed, self.done + 1, self.left - 1
        self.tell()

    def tell(self) -> None:
        """Say it."""
        each = (time.monotonic() - self.began) / self.done if self.done else 0
        left = f", some {each * self.left / 60:.0f} min" if self.done else ""
        self.messages.progress(sum(self.documents.values()), f"{count(self.left, 'shard')} left{left}")
