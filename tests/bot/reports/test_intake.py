"""What is still needed, how soon somebody must look, and whom a story names."""

import pytest

from bot.reports.categories import Categories
from bot.reports.intake import Draft, Identity, Reply
from bot.reports.names import mentioned
from bot.reports.ports import Urgency
from bot.reports.text import ReportText
from bot.school.people import Email, Person, Role

TABLE = Categories.load()
TOLD = ReportText("Er is iets gebeurd.")


def person(name: str) -> Person:
    roles = frozenset({Role.LEADER if name.startswith("Olga") else Role.BOARD})
    return Person(Email(f"{name.split(maxsplit=1)[0].lower()}@rgo.example"), name, roles)


OLGA, JAN, ZOE = person("Olga van der Overzicht"), person("Jan Bos"), person("Zoë Éénsma")


def named(story: str) -> set[str]:
    return {email.split("@")[0] for email in mentioned(story, (OLGA, JAN, ZOE))}


def test_a_finished_draft_misses_nothing_and_an_empty_one_everything() -> None:
    assert Draft("C21").missing(TABLE) == {"story", "safe", "by_staff", "sexual", "identity"}
    whole = Draft("C21", TOLD, Reply.YES, Reply.UNSURE, Reply.NO, identity=Identity.NAMED)
    assert whole.missing(TABLE) == frozenset()


def test_a_category_without_a_question_does_not_miss_its_answer() -> None:
    assert Draft("C07", TOLD, Reply.YES, identity=Identity.NAMED).missing(TABLE) == frozenset()


@pytest.mark.parametrize(
    ("topic", "by_staff", "sexual", "category"),
    [
        ("C14", Reply.NONE, Reply.YES, "C01"),
        ("C14", Reply.NONE, Reply.UNSURE, "C01"),
        ("C14", Reply.NONE, Reply.NONE, "C01"),
        ("C14", Reply.NONE, Reply.NO, "C14"),
        ("C02", Reply.YES, Reply.NONE, "C01"),
        ("C02", Reply.UNSURE, Reply.NONE, "C01"),
        ("C02", Reply.NO, Reply.NONE, "C02"),
        ("C09", Reply.YES, Reply.YES, "C01"),
        ("C21", Reply.UNSURE, Reply.UNSURE, "C01"),
        ("C21", Reply.YES, Reply.NO, "C21"),
        ("C21", Reply.NO, Reply.YES, "C21"),
        ("C07", Reply.NONE, Reply.NONE, "C07"),
    ],
)
def test_doubt_about_a_sexual_matter_with_staff_counts_as_one(
    topic: str, by_staff: Reply, sexual: Reply, category: str
) -> None:
    assert Draft(topic, TOLD, by_staff=by_staff, sexual=sexual).category(TABLE).code == category


@pytest.mark.parametrize("topic", ["C04", "C07"])
def test_sexual_words_in_any_story_bring_both_questions_and_doubt_goes_to_the_board(topic: str) -> None:
    draft = Draft(topic, ReportText("Mijn gymleraar heeft me aangeraakt en stuurt naaktfoto's."), Reply.YES)
    assert draft.missing(TABLE) >= {"by_staff", "sexual"}
    assert draft.category(TABLE).code == "C01"
    cleared = Draft(topic, draft.story, Reply.YES, by_staff=Reply.NO, sexual=Reply.YES)
    assert cleared.category(TABLE).code == topic


@pytest.mark.parametrize(
    ("draft", "urgency"),
    [
        (Draft("C21", by_staff=Reply.NO, safe=Reply.YES), Urgency.SOON),
        (Draft("C07", safe=Reply.YES), Urgency.TODAY),
        (Draft("C04", safe=Reply.YES), Urgency.NOW),
        (Draft("C14", sexual=Reply.UNSURE, safe=Reply.YES), Urgency.NOW),
        (Draft("C02", by_staff=Reply.NO, safe=Reply.YES), Urgency.NOW),
        (Draft("C21", by_staff=Reply.NO, safe=Reply.NO), Urgency.NOW),
    ],
)
def test_the_highest_urgency_counts_and_who_is_not_safe_is_never_kept_waiting(draft: Draft, urgency: Urgency) -> None:
    assert draft.urgency(TABLE) is urgency


def test_an_answer_that_is_none_of_the_choices_counts_as_not_given() -> None:
    assert Draft("C07").told(story="x", safe="<script>", by_staff="misschien", sexual="").missing(TABLE) >= {
        "safe",
        "identity",
    }


@pytest.mark.parametrize(
    ("story", "who"),
    [
        ("mevrouw Overzicht deed dat", {"olga"}),
        ("OVERZICHT!", {"olga"}),
        ("mevrouw overzigt", {"olga"}),
        ("in Olgas kamer", {"olga"}),
        ("mevrouw vanderoverzicht", {"olga"}),
        ("de directeur", {"olga"}),
        ("Olga zei het", {"olga"}),
        ("meneer Bos", {"jan"}),
        ("in de bossen", set()),
        ("het toezicht was er", set()),
        ("van der de", set()),
        ("zoe zag het", {"zoë"}),
        ("Zoë Eensma en Jan", {"zoë", "jan"}),
        ("niemand van hen", set()),
        ("", set()),
    ],
)
def test_a_story_names_people_also_misspelt_and_without_accents(story: str, who: set[str]) -> None:
    assert named(story) == who
