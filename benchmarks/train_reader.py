"""Train the small reader, and write its weights.

    python -m benchmarks.train_reader                      all of train: `rules/model/reader`
    python -m benchmarks.train_reader --half 0 --seed 1    a network on every second article (0 or 1), for folds
    python -m benchmarks.train_reader --seed 2             another one of all of train, kept beside those of halves

Wants `pip install -e '.[train]'`; trained on the processor, one thread a network, so that two can run side by side:
half an hour for all of train, half of that for a half. Other networks than the shipped one are kept in `$READERS`, or
in the temporary folder.

What the networks of halves say of the articles that they have not seen is what `benchmarks.calibrate` and
`benchmarks.learn_speakers` learn from.
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import torch
from torch.nn import functional

from benchmarks.judging import SHIPPED_SEED, Split, readers_folder
from benchmarks.reader_data import IGNORED, Sample, base_folder, of_gum, of_polnear
from benchmarks.reader_network import PLACES, WIDTH, Network
from claims_cli.rulebook import RuleSources, load, shipped_folder
from claims_cli.rulebook.files import MODEL, READER

EPOCHS = 4
RATE, HEAD_RATE, DECAY = 2e-4, 8e-4, 0.01
WARM_UP = 60
CANDIDATES, ANTECEDENTS = 2.0, 0.5  # what their losses weigh beside the tags'
SWAPPED = 0.3  # of the names of a text are read as other names: nothing may rest on who it is
ENCODER_NAMES = ("pieces", "shapes", "mask"), ("hidden", "tags")


def batch(sample: Sample, names: Sequence[int] | None = None) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The windows of an article, padded; with `names`, pieces of names that take the place of some of its own."""
    longest = max(len(one.pieces) for one in sample.windows)
    pieces, shapes, mask = (torch.zeros(len(sample.windows), longest, dtype=torch.long) for _ in range(3))
    for row, one in enumerate(sample.windows):
        size = len(one.pieces)
        pieces[row, :size] = torch.from_numpy(one.pieces)
        shapes[row, :size] = torch.from_numpy(one.shapes)
        mask[row, :size] = 1
    return (swapped(sample, pieces, names) if names else pieces), shapes, mask


def swapped(sample: Sample, pieces: torch.Tensor, names: Sequence[int]) -> torch.Tensor:
    """Pieces with some names, each everywhere in the text, as other names of one piece."""
    own = {piece for one in sample.windows for piece in pieces_of_names(sample, one)}
    others = {piece: random.choice(names) for piece in own if random.random() < SWAPPED}
    for row, one in enumerate(sample.windows):
        for place, token in enumerate(one.tokens.tolist()):
            if token >= 0 and sample.names[token]:
                piece = int(pieces[row, place])
                pieces[row, place] = others.get(piece, piece)
    return pieces


def pieces_of_names(sample: Sample, window) -> set[int]:
    """The first pieces of names in a window."""
    tokens = window.tokens
    is_name = (tokens >= 0) & sample.names[numpy.maximum(tokens, 0)]
    return set(window.pieces[is_name].tolist())


def by_token(sample: Sample, hidden: torch.Tensor) -> torch.Tensor:
    """Vectors of pieces as vectors of tokens; zeros for tokens that are not read, and for token -1."""
    found = hidden.new_zeros(sample.tokens + 1, hidden.shape[-1])
    rows = [(row, place, token) for row, one in enumerate(sample.windows) for place, token in enumerate(one.tokens)]
    where = torch.tensor([(row, place, token) for row, place, token in rows if token >= 0])
    return found.index_put((where[:, 2],), hidden[where[:, 0], where[:, 1]])


def of_candidates(network: Network, vectors: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """The scores (right, right to the word) of candidates by the vectors of tokens."""
    sums = torch.cat([vectors.new_zeros(1, WIDTH), vectors.float().cumsum(0)])
    first, last = places[:, 4], places[:, 5]
    mean = (sums[last + 1] - sums[first]) / (last + 1 - first).unsqueeze(1)
    chosen = vectors[places].reshape(len(places), PLACES * WIDTH)
    return network.candidates(chosen, mean.to(vectors.dtype))


def losses(network: Network, sample: Sample, names: Sequence[int] | None) -> torch.Tensor:
    """What an article costs."""
    hidden, tags = network.encoder(*batch(sample, names))
    vectors = by_token(sample, hidden)
    total = vectors.new_zeros((), dtype=torch.float32)
    if sample.tags is not None:
        scores = by_token(sample, tags)[:-1].reshape(sample.tokens, 3, 3).float()
        read = (vectors[:-1].detach() != 0).any(1)
        gold = torch.from_numpy(sample.tags).masked_fill(~read[:, None], IGNORED)
        for role in range(3):
            total = total + functional.cross_entropy(scores[:, role], gold[:, role], ignore_index=IGNORED)
    if len(sample.places):
        scores = of_candidates(network, vectors, torch.from_numpy(sample.places)).float()
        verdicts = torch.from_numpy(sample.verdicts)
        total = total + CANDIDATES * functional.binary_cross_entropy_with_logits(scores, verdicts)
    if sample.anaphors:
        total = total + ANTECEDENTS * of_anaphors(network, vectors, sample)
    return total


def of_anaphors(network: Network, vectors: torch.Tensor, sample: Sample) -> torch.Tensor:
    """The loss of choosing among the mentions before each that takes one up."""
    heads = numpy.repeat([one[0] for one in sample.anaphors], [len(one[1]) for one in sample.anaphors])
    before, own, apart = (numpy.concatenate([one[at] for one in sample.anaphors]) for at in (1, 2, 3))
    scores = network.antecedents(
        vectors[torch.from_numpy(heads)], vectors[torch.from_numpy(before)], torch.from_numpy(apart)
    ).float()
    found, at = vectors.new_zeros((), dtype=torch.float32), 0
    is_own = torch.from_numpy(own)
    for one in sample.anaphors:
        part = slice(at, at + len(one[1]))
        at = part.stop
        found = found - scores[part][is_own[part]].logsumexp(0) + scores[part].logsumexp(0)
    return found / len(sample.anaphors)


def trained(samples: list[Sample], seed: int, epochs: float = EPOCHS, layers: int | None = None) -> Network:
    """A network trained on some articles, in an order that the seed tells."""
    torch.manual_seed(seed)
    random.seed(seed)
    network = Network(layers) if layers else Network()
    inside = [one for one in network.encoder.parameters() if one.requires_grad]
    heads = [*network.candidates.parameters(), *network.antecedents.parameters(), *network.encoder.tag.parameters()]
    chosen = {id(one) for one in heads}
    groups = [
        {"params": [one for one in inside if id(one) not in chosen], "base": RATE},
        {"params": heads, "base": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    names = [piece for one in samples for window in one.windows for piece in pieces_of_names(one, window)]
    steps, began, running = int(epochs * len(samples)), time.time(), []
    order: list[Sample] = []
    network.train()
    for step in range(steps):
        if not order:
            order = random.sample(samples, len(samples))
        sample = order.pop()
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * min(1.0, (step + 1) / WARM_UP) * (1 - step / steps)
        with torch.autocast("cpu", torch.bfloat16):
            loss = losses(network, sample, names)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        running.append(float(loss.detach()))
        if step % 60 == 59:
            print(f"{step + 1}/{steps} {numpy.mean(running[-60:]):.3f} {time.time() - began:.0f} s", flush=True)
    return network.eval()


def export(network: Network, folder: Path) -> None:
    """Write a network as the package has it: the encoder in 8 bits, the heads as they are, and the word pieces."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    pieces = torch.randint(1000, 20000, (2, 37))
    whole = folder / "whole.onnx"
    graph(network.encoder, (pieces, torch.zeros_like(pieces), torch.ones_like(pieces)), whole, ENCODER_NAMES, 2)
    options = {"MatMulConstBOnly": True}
    quantize_dynamic(
        whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, extra_options=options
    )
    whole.unlink()
    vectors = torch.randn(5, WIDTH)
    heads = torch.randn(5, PLACES * WIDTH), vectors
    graph(network.candidates, heads, folder / "candidates.onnx", (("places", "mean"), ("odds",)), 1)
    pairs = vectors, vectors, torch.zeros(5, dtype=torch.long)
    graph(network.antecedents, pairs, folder / "antecedents.onnx", (("taking", "taken", "apart"), ("odds",)), 1)
    (folder / "pieces.json").write_bytes((base_folder() / "tokenizer.json").read_bytes())


def graph(module: torch.nn.Module, arguments: tuple, path: Path, names: tuple, free: int) -> None:
    """One module as an ONNX graph whose first `free` dimensions are of any size."""
    taken, given = names
    torch.onnx.export(
        module.eval(),
        arguments,
        str(path),
        input_names=list(taken),
        output_names=list(given),
        dynamic_axes={name: {place: f"size{place}" for place in range(free)} for name in (*taken, *given)},
        opset_version=17,
        dynamo=False,
    )


def half_of(samples: list[Sample], half: int | None) -> list[Sample]:
    """Every second sample, or all."""
    return samples if half is None else samples[half::2]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", type=int, choices=(0, 1))
    options.add_argument("--seed", type=int, default=SHIPPED_SEED)
    options.add_argument("--epochs", type=float, default=EPOCHS)
    arguments = options.parse_args()
    torch.set_num_threads(1)
    samples = [
        *half_of(of_polnear(Split("train"), load(RuleSources(fast=True))), arguments.half),
        *half_of(of_gum(), arguments.half),
    ]
    network = trained(samples, arguments.seed, arguments.epochs)
    is_shipped = arguments.half is None and arguments.seed == SHIPPED_SEED
    part = "all" if arguments.half is None else f"half{arguments.half}"
    export(network, shipped_folder() / MODEL / READER if is_shipped else readers_folder() / f"{part}-{arguments.seed}")


if __name__ == "__main__":
    main()
