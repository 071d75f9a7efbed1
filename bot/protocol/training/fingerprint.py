"""What the weights were learnt from, as hashes: when one of these changes, the weights are no longer of this tree."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

MATCHING = Path(__file__).parents[1] / "matching"

COUNTED = ("features.py", "grams.py", "word_model.py", "sentence_encoder.py")
"""The code whose change makes other numbers out of the same text."""

TRAINING = ("examples.py", "words.py", "encoder_file.py", "four_bits.py", "tuning.py", "choosing.py")


def fingerprints(protocol: Path) -> Mapping[str, str]:
    """The hash of the bank, the articles and the code that made the weights."""
    bank = sorted((protocol / "bank").glob("*/*.tsv"))
    code = [*(MATCHING / name for name in COUNTED), *(Path(__file__).parent / name for name in TRAINING)]
    return {
        "bank": _hash(bank),
        "protocol": _hash([protocol / "protocol.txt"]),
        "code": _hash(code),
    }


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
