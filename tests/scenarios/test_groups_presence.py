"""The bot knows who is in its groups: it welcomes who is new, and does not go on where it should not."""

import pytest

from tests.cast import ARIE, DAAN, FINN, KARIN, KLAS_2A, KLAS_3B, PIET, SANNE, STRANGER
from tests.dialogue import Dialogue, dialog, words
from tests.scenarios.meeting import STOPPED, hour, listing, privately, sent

CLASS = (KARIN, SANNE, DAAN)


@pytest.fixture
def group(talk: Dialogue) -> Dialogue:
    """Class 3B, looked at once, at a moment when groups may be spoken to."""
    listing(talk, KLAS_3B, CLASS)
    talk.clock.forward(hours=6, minutes=15)
    hour(talk, minutes=0)
    for where in (KLAS_3B, KARIN.direct, ARIE.direct):
        sent(talk, where)
    return talk


def test_who_is_new_is_welcomed_privately_once_and_who_was_there_is_not(group: Dialogue) -> None:
    listing(group, KLAS_3B, (*CLASS, FINN))
    hour(group, days=1)
    [welcome] = privately(sent(group, KLAS_3B))
    assert welcome["privateMessageViewer"] == {"name": FINN.user}
    for said in ("leuk dat je erbij bent", "computerprogramma", "/vraag", "/melden", "artikel 6 (A6)"):
        assert said in words(welcome)
    hour(group)
    listing(group, KLAS_3B, CLASS)
    hour(group)
    listing(group, KLAS_3B, (*CLASS, FINN))
    hour(group, hours=21)
    assert privately(sent(group, KLAS_3B)) == []


def test_nobody_is_welcomed_in_a_lesson_or_at_night(group: Dialogue) -> None:
    listing(group, KLAS_3B, (*CLASS, FINN))
    hour(group, hours=5)  # Evening.
    hour(group, hours=12, minutes=30)  # The first lesson.
    assert privately(sent(group, KLAS_3B)) == []
    hour(group, hours=6, minutes=30)
    assert len(privately(sent(group, KLAS_3B))) == 1


def test_an_outsider_silences_the_bot_until_that_person_is_gone(group: Dialogue) -> None:
    listing(group, KLAS_3B, CLASS, outsiders=(STRANGER,))
    hour(group)
    for somebody in (KARIN, ARIE):
        [news] = sent(group, somebody.direct)
        assert news["text"] == "Er staat iets voor je klaar."
        assert "Klas 3B" in words(news)
        assert "iemand van buiten de school" in words(news)
    assert STOPPED in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))
    assert sent(group, KLAS_3B) == []
    listing(group, KLAS_3B, CLASS)
    hour(group, hours=22)
    [news] = sent(group, KARIN.direct)
    assert "doe ik weer mee" in words(news)
    assert "artikel" in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))


def test_an_admin_lets_it_go_on_with_the_outsider_who_is_not_held_against_it_again(group: Dialogue) -> None:
    listing(group, KLAS_3B, CLASS, outsiders=(STRANGER,))
    hour(group)
    page = group.slash(ARIE, ARIE.direct, 10, dialog=True)
    assert "iemand van buiten de school" in words(dialog(page))
    after = group.press(ARIE, ARIE.direct, page, "Toch mee laten doen", dialog=True)
    assert "iemand van buiten" not in words(after)
    hour(group)
    assert "artikel" in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))
    # Gone and back again is another matter, and so is another reason.
    listing(group, KLAS_3B, CLASS)
    hour(group)
    listing(group, KLAS_3B, CLASS, outsiders=(STRANGER,))
    hour(group)
    assert STOPPED in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))


def test_the_last_teacher_leaves_and_the_admins_hear_it(group: Dialogue) -> None:
    listing(group, KLAS_3B, (SANNE, DAAN))
    hour(group)
    [news] = sent(group, ARIE.direct)
    assert "geen medewerker" in words(news)
    assert sent(group, KARIN.direct) == []
    assert STOPPED in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))
    listing(group, KLAS_3B, CLASS)
    hour(group)
    assert "artikel" in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))


def test_where_the_list_is_not_whole_nobody_is_missed_and_the_admin_reads_why(group: Dialogue) -> None:
    listing(group, KLAS_3B, (SANNE, DAAN), through_groups=1)
    hour(group)
    assert sent(group, ARIE.direct) == []
    assert "artikel" in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))
    page = group.slash(ARIE, ARIE.direct, 10, dialog=True)
    groups = group.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True)
    assert "Google-groep" in words(dialog(groups))
    # Somebody from outside is seen all the same.
    listing(group, KLAS_3B, (SANNE, DAAN), outsiders=(STRANGER,), through_groups=1)
    hour(group)
    assert STOPPED in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))


def test_somebody_whom_the_school_does_not_know_yet_could_be_a_teacher(group: Dialogue) -> None:
    # Piet never spoke with the bot: all that Google tells of him is a number.
    listing(group, KLAS_3B, (SANNE, DAAN, PIET))
    hour(group)
    assert sent(group, ARIE.direct) == []
    assert "artikel" in words(group.says(SANNE, KLAS_3B, "mag ik appen in de les?"))


def test_renamed_the_group_goes_by_its_new_name(group: Dialogue) -> None:
    listing(group, KLAS_3B, CLASS, called="Klas 4B")
    hour(group)
    page = group.slash(ARIE, ARIE.direct, 10, dialog=True)
    groups = words(group.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True))
    assert "Klas 4B" in groups
    assert "Klas 3B" not in groups


def test_removed_without_an_event_it_notices_by_itself(group: Dialogue) -> None:
    del group.chat.listed[KLAS_3B.name]
    # Missing from the list alone is no proof.
    assert "gone" not in hour(group)
    group.chat.gone.add(KLAS_3B.name)
    assert hour(group)["gone"] == 1
    for _ in range(40):
        group.minute(days=1)
    assert sent(group, KLAS_3B) == []


def test_a_group_it_did_not_know_of_is_asked_about_and_the_event_that_comes_late_still_counts(group: Dialogue) -> None:
    listing(group, KLAS_2A, (PIET, FINN))
    assert hour(group)["found"] == 1
    [asked] = sent(group, ARIE.direct)
    assert "Klas 2A" in words(asked)
    hour(group)
    assert sent(group, ARIE.direct) == []
    # A teacher had added it: what the event says is worth the same as ever.
    assert "Zo gaan we met elkaar om" in words(group.send(group.wires.added(KARIN, KLAS_2A)))


def test_while_google_answers_nobody_nothing_is_concluded(group: Dialogue) -> None:
    listing(group, KLAS_3B, ())
    group.chat.out_of_order = 10**6
    with pytest.raises(Exception, match="TryLater"):
        hour(group)
    group.chat.out_of_order = 0
    listing(group, KLAS_3B, CLASS)
    # The lease of the one that broke was let go: the next call goes on at once.
    assert hour(group, minutes=10)["round_done"] is True
