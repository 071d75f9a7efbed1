"""Tunes the sentence encoder to the bank: its offsets and scales, its four-bit weights in whole steps, a linear model.

The engine rounds what goes between its layers to eight bits, which is not imitated here; the points differ by less than
a few in a thousand.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from bot.protocol.bank import Example
from bot.protocol.matching.grams import Floats
from bot.protocol.training.encoder_file import EncoderFile
from bot.protocol.training.examples import Lesson
from bot.protocol.training.four_bits import Steps

BATCH = 32
LONGEST = 62
"""Pieces of words in an example; the rest is left out while learning."""

STEEPNESS = 20.0
"""Points lie close together, so differences between them are enlarged before the linear model."""

SMOOTHING = 0.05
DROPPED = 0.1
FAST, SLOW, STEPWISE = 5e-3, 1e-3, 3e-4
"""How far a number may go at once: of the linear model, of offsets and scales, of the four-bit weights."""

WARM = 60

Tree = Any
"""A nested dict of arrays, as jax walks them."""

_PLAIN = ("q.b", "k.b", "v.b", "ao.b", "fi.b", "fo.b", "aln.w", "aln.b", "oln.w", "oln.b")


@dataclass
class Tuner:
    """One run: what is tuned of the encoder, its weights in steps, and the linear model over its points."""

    lesson: Lesson
    seed: int = 1
    file: EncoderFile = field(default_factory=EncoderFile)

    def __post_init__(self) -> None:
        width = self.file.width
        self._random = random.Random(self.seed)  # noqa: S311 - slips of the finger, no secret
        self._positions = self.file.plain("emb.pos").reshape(-1, width) + self.file.plain("emb.type")[:width]
        self._steps = Steps(self.file)
        names = ["emb.ln.w", "emb.ln.b", *(f"l{n}.{name}" for n in range(self.file.layers) for name in _PLAIN)]
        self._pieces: dict[str, list[int]] = {}
        self._encode = jax.jit(self._encoded)
        self.state: Tree = {
            "fine": {name: jnp.asarray(steps) for name, steps in self._steps.begin.items()},
            "tuned": {name: jnp.asarray(self.file.plain(name)) for name in names},
            "table": jnp.zeros((width, len(self.lesson.labels))),
            "offsets": jnp.zeros(len(self.lesson.labels)),
        }
        self.centre: Floats = np.zeros(width, np.float32)

    def learn(self, examples: Sequence[Example], rounds: int, pace: float = 1.0) -> Iterator[float]:
        """Go over the examples so many rounds, each in an order of its own; yields the loss after each.

        It may be called again, with more examples and a lower pace: what was learnt is where that begins.
        """
        if not self.centre.any():
            self.centre = self.points([example.text for example in examples[:: max(1, len(examples) // 500)]]).mean(0)
        goals = self.lesson.shares(examples) * (1 - SMOOTHING) + SMOOTHING / len(self.lesson.labels)
        optimiser = _optimiser(rounds * -(-len(examples) // BATCH), pace, self._steps.worth)
        loss_of = partial(self._loss, self.centre)
        key, memory = jax.random.key(self.seed), optimiser.init(self.state)

        @jax.jit
        def step(state: Tree, memory: Tree, *batch: jax.Array) -> tuple[Tree, Tree, jax.Array]:
            loss, gradient = jax.value_and_grad(loss_of)(state, *batch)
            moves, memory = optimiser.update(gradient, memory, state)
            return optax.apply_updates(state, moves), memory, loss

        for _ in range(rounds):
            losses = []
            texts = [self._slipped(example.text) for example in examples]
            for places in self._batches(texts):
                key, drawn = jax.random.split(key)
                batch = (*self._inputs([texts[place] for place in places]), goals[places], drawn)
                self.state, memory, loss = step(self.state, memory, *batch)
                losses.append(float(loss))
            yield float(np.mean(losses))

    def points(self, texts: Sequence[str]) -> Floats:
        """The points of texts under what was tuned so far, a row each."""
        points = np.zeros((len(texts), self.file.width), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(self._tokens(texts[place])))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            full = places + places[-1:] * (BATCH - len(places))
            found = self._encode(self.state, *self._inputs([texts[place] for place in full]))
            points[places] = np.asarray(found)[: len(places)]
        return points

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """What answering needs: the tuned numbers and the moves by the engine's names, and the linear model."""
        tuned = {name: np.asarray(values) for name, values in self.state["tuned"].items()}
        table = np.asarray(self.state["table"]) * STEEPNESS
        offsets = np.asarray(self.state["offsets"])
        head: dict[str, NDArray[Any]] = {"centre": self.centre, "table": table, "offsets": offsets}
        return {**tuned, **self._steps.moved(self.state["fine"]), **head}

    def logits(self, texts: Sequence[str]) -> Floats:
        """A row per text, a number per label."""
        arrays = self.arrays()
        return np.asarray((self.points(texts) - arrays["centre"]) @ arrays["table"] + arrays["offsets"], np.float32)

    def _encoded(self, state: Tree, words: jax.Array, mask: jax.Array, key: jax.Array | None = None) -> jax.Array:
        matrices = self._steps.weights(self.file.layers, state["fine"])
        return _points(matrices, self.file.heads, state["tuned"], words, mask, key)

    def _loss(
        self, centre: Floats, state: Tree, words: jax.Array, mask: jax.Array, goals: jax.Array, key: jax.Array
    ) -> jax.Array:
        points = self._encoded(state, words, mask, key)
        logits = (points - centre) * STEEPNESS @ state["table"] + state["offsets"]
        return -(goals * jax.nn.log_softmax(logits)).sum(-1).mean()

    def _tokens(self, text: str) -> list[int]:
        if text not in self._pieces:
            self._pieces[text] = self.file.tokens(text, LONGEST)
        return self._pieces[text]

    def _inputs(self, texts: Sequence[str]) -> tuple[Floats, Floats]:
        cut = [self._tokens(text) for text in texts]
        long = -(-max(map(len, cut)) // 8) * 8
        tokens = np.full((len(cut), long), self.file.padding, np.int64)
        mask = np.zeros((len(cut), long), np.float32)
        for row, pieces in enumerate(cut):
            tokens[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        return self.file.words(tokens) + self._positions[:long], mask

    def _batches(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts of about one length together, in an order drawn anew; the last ones are filled up with some again."""
        jitter = {place: len(self._tokens(text)) + self._random.random() * 6 for place, text in enumerate(texts)}
        order = sorted(jitter, key=lambda place: jitter[place])
        order += self._random.sample(order, -len(order) % BATCH)
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        self._random.shuffle(batches)
        return batches

    def _slipped(self, text: str) -> str:
        """Three texts of ten as a hurried thumb types them."""
        if self._random.random() > 0.3:  # noqa: PLR2004 - said in the sentence above
            return text
        words = [self._misspelt(word) for word in text.split(" ")]
        slipped = " ".join(words)
        return slipped.lower() if self._random.random() < 0.5 else slipped.rstrip("?.!")  # noqa: PLR2004 - half of them

    def _misspelt(self, word: str) -> str:
        if len(word) < 4 or self._random.random() > 0.15:  # noqa: PLR2004 - one longer word in seven
            return word
        at = self._random.randrange(len(word) - 1)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return self._random.choice([word[:at] + word[at + 1 :], swapped, word[: at + 1] + word[at:]])


def _normed(values: jax.Array, scale: jax.Array, offset: jax.Array) -> jax.Array:
    centred = values - values.mean(-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * scale + offset


def _points(
    matrices: Sequence[Mapping[str, jax.Array]],
    heads: int,
    tuned: Mapping[str, jax.Array],
    words: jax.Array,
    mask: jax.Array,
    key: jax.Array | None = None,
) -> jax.Array:
    """The encoder itself (BERT with its norms after each half layer), the mean of its words, of length one."""
    many, long, width = words.shape
    values = _normed(words, tuned["emb.ln.w"], tuned["emb.ln.b"])
    hidden = (mask - 1)[:, None, None, :] * 1e9
    keys = [None] * (2 * len(matrices)) if key is None else list(jax.random.split(key, 2 * len(matrices)))
    for number, weights in enumerate(matrices):
        own = partial(_own, tuned, number)
        asked, answered, told = (
            (values @ weights[name].T + own(f"{name}.b")).reshape(many, long, heads, -1) for name in ("q", "k", "v")
        )
        heed = jnp.einsum("blhd,bmhd->bhlm", asked, answered) / np.sqrt(width // heads) + hidden
        gathered = jnp.einsum("bhlm,bmhd->blhd", jax.nn.softmax(heed, -1), told).reshape(many, long, width)
        half = _dropped(gathered @ weights["ao"].T + own("ao.b"), keys[2 * number])
        values = _normed(values + half, own("aln.w"), own("aln.b"))
        inner = jax.nn.gelu(values @ weights["fi"].T + own("fi.b"), approximate=False)
        rest = _dropped(inner @ weights["fo"].T + own("fo.b"), keys[2 * number + 1])
        values = _normed(values + rest, own("oln.w"), own("oln.b"))
    mean = (values * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
    return mean / jnp.sqrt((mean**2).sum(-1, keepdims=True) + 1e-12)


def _own(tuned: Mapping[str, jax.Array], layer: int, name: str) -> jax.Array:
    return tuned[f"l{layer}.{name}"]


def _dropped(values: jax.Array, key: jax.Array | None) -> jax.Array:
    if key is None:
        return values
    kept = jax.random.bernoulli(key, 1 - DROPPED, values.shape)
    return jnp.where(kept, values / (1 - DROPPED), 0.0)


def _optimiser(total: int, pace: float, step_worth: float) -> optax.GradientTransformation:
    """Adam with a warm start and a gentle end; the encoder's shares of the gradient are kept at a length of one."""
    warm = min(WARM, total // 3)
    slow, fast, stepwise = (
        optax.warmup_cosine_decay_schedule(0.0, pace * rate, warm, total)
        for rate in (SLOW, FAST, STEPWISE / step_worth)
    )
    parts = {
        "fine": optax.chain(optax.clip_by_global_norm(1.0), optax.adam(stepwise)),
        "tuned": optax.chain(optax.clip_by_global_norm(1.0), optax.adam(slow)),
        "top": optax.adam(fast),
    }
    return optax.multi_transform(parts, {"fine": "fine", "tuned": "tuned", "table": "top", "offsets": "top"})
