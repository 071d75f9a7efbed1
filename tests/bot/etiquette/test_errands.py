"""What asks the bot to tell the class something is heard; a question about the rule, or about anything else, is not."""

import pytest

from bot.etiquette.errands import Errands

ERRANDS = Errands.load()


@pytest.mark.parametrize(
    "text",
    [
        "vertel de klas dat de les morgen vervalt",
        "Kun je iedereen laten weten dat het huiswerk voor vrijdag blz 34 is?",
        "zeg tegen de groep dat de toets verplaatst is naar maandag",
        "wil je de leerlingen herinneren aan hun gymspullen",
        "Het eerste uur vervalt, kun je dat aan de klas doorgeven?",
        "laat de klas even weten: proefwerk hoofdstuk 3 is vrijdag",
        "stuur alle leerlingen een bericht dat de excursie om 8 uur vertrekt",
        "please tell the class that the lesson is cancelled",
        "Remind everyone about their homework",
    ],
)
def test_an_errand_is_heard(text: str) -> None:
    assert ERRANDS.is_one(text)


@pytest.mark.parametrize(
    "text",
    [
        "mag ik huiswerk in de klassenapp zetten?",
        "hoe geef ik lesuitval door aan leerlingen?",
        "Waar zet ik dat een les uitvalt voor de klas?",
        "wat moet ik doen als leerlingen een filmpje van mijn les plaatsen",
        "mogen leerlingen een toets fotograferen en in de groep zetten",
        "ik wil iets melden",
        "vertel iets over artikel 6",
        "",
        "iedereen maakt zijn huiswerk " * 20,
    ],
)
def test_a_question_or_a_story_is_none(text: str) -> None:
    assert not ERRANDS.is_one(text)
