"""Words of danger are heard, in the languages of the school's families; figures of speech are not taken for them."""

from pathlib import Path

import pytest

import bot.protocol.loading
from bot.protocol.bank import BankRefused
from bot.protocol.matching.crisis import CrisisWords, Danger, load_crisis_words

PATTERNS = Path(bot.protocol.loading.__file__).parent / "data" / "crisis.tsv"


@pytest.fixture(scope="module")
def words() -> CrisisWords:
    return load_crisis_words(PATTERNS)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "IK WIL DOOOOOD",
        "k wil er gewoon niet meer zijn",
        "ik heb mezelf gesneden vannacht",
        "mn vriendin appt dat ze zichzelf iets gaat aandoen",
        "ze zei dat ze niet meer wakker wilde worden",
        "ik heb net heel veel paracetamol geslikt",
        "hij staat op het dak van de school en wil springen",
        "ik overweeg zelfdoding",
        "het hoeft voor mij allemaal niet meer",
        "ik maak er vanavond een einde aan",
        "mijn zoon dreigt voor de trein te springen",
        "mijn stiefvader slaat me elke dag",
        "ik durf vanavond niet naar huis, papa wordt boos",
        "mijn oom zit aan mij",
        "ik ben door mijn vriend verkracht",
        "er staat een man met een geweer op het plein",
        "een jongen zegt op snap dat ie morgen iedereen op school gaat neerschieten",
        "mijn ex staat voor de deur en dreigt me te vermoorden",
        "ze willen me in elkaar slaan na school",
        "i don\u2019t wanna be alive anymore",
        "my friend said she will kill herself tonight",
        "he said hes gonna shoot up the school",
        "my stepdad hits me and my mum",
        "ich will nicht mehr leben",
        "mon père me frappe",
        "nie chcę już żyć",
        "ojciec mnie bije",
        "kendime zarar veriyorum",
        "babam beni dövüyor",
        "я не хочу більше жити",
        "тато мене б\u2019є",  # noqa: RUF001 - Cyrillic on purpose
        "мене б\u2019ють удома",  # noqa: RUF001 - Cyrillic on purpose
        "أفكر في الانتحار",
        "لا أريد أن أعيش بعد الآن",
    ],
)
def test_a_sign_of_danger_is_heard(words: CrisisWords, text: str) -> None:
    assert words.heard_in(text) is Danger.SIGN


@pytest.mark.parametrize(
    "text",
    [
        "ik ga dood van dit huiswerk",
        "ik schaam me dood",
        "ik lach me kapot om die meme",
        "die toets was zelfmoord",
        "mijn telefoon is dood, mag ik die van een ander",
        "mijn moeder gaat me vermoorden als ik geschorst word",
        "mag ik een foto van een mes posten",
        "heb een pistool in fortnite gekocht",
        "i'm dying of laughter",
        "this homework is killing me",
        "my parents will kill me if I get suspended",
        "ik maak mijn laptop kapot",
    ],
)
def test_a_figure_of_speech_is_no_sign(words: CrisisWords, text: str) -> None:
    assert words.heard_in(text) is not Danger.SIGN


@pytest.mark.parametrize(
    "text",
    [
        "wat staat er in het protocol over bedreigen",
        "mag de school een einde maken aan de groepsapp",
        "mag ik nog posten over de rgo als ik er niet meer werk",
        "ik kan niet meer inloggen op magister",
        "wordt mijn foto misbruikt",
        "mag ik iets plaatsen over de dood van mijn opa",
        "een leerling is overleden, mag ik een condoleance plaatsen",
        "de docent schiet foto's van ons",
        "can i post a video of a fight",
    ],
)
def test_an_ordinary_question_says_nothing_about_danger(words: CrisisWords, text: str) -> None:
    assert words.heard_in(text) is Danger.NOTHING


def test_danger_beside_a_figure_of_speech_is_still_heard(words: CrisisWords) -> None:
    assert words.heard_in("ik schaam me dood en ik wil niet meer leven") is Danger.SIGN


def test_a_very_long_text_is_searched_quickly_enough_to_answer(words: CrisisWords) -> None:
    assert words.heard_in("ik wil er " * 5_000) is Danger.NOTHING


def test_a_line_of_another_kind_is_refused_with_file_and_line(tmp_path: Path) -> None:
    wrong = tmp_path / "crisis.tsv"
    wrong.write_text("# eerst dit\nsein\tnl\tdood\n", encoding="utf-8")
    with pytest.raises(BankRefused, match=r"crisis\.tsv, regel 2: kies uit sign, figure"):
        load_crisis_words(wrong)


def test_a_pattern_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    wrong = tmp_path / "crisis.tsv"
    wrong.write_text("sign\tnl\t(dood\n", encoding="utf-8")
    with pytest.raises(BankRefused, match=r"crisis\.tsv, regel 1"):
        load_crisis_words(wrong)
