"""In which groups the bot may take part: by rule, in advance, on request; and how that ends or is undone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.school.spaces import Dialect
from tests.cast import ARIE, DAAN, FINN, KARIN, KLAS_2A, KLAS_3B, PIET, SANNE
from tests.dialogue import ROOT, Dialogue, dialog, start, words
from tests.scenarios.meeting import STOPPED, hour, listing, sent
from tests.wire_events import Somewhere

WAITING = "Deze groep is nog niet goedgekeurd"
WELCOME = "Zo gaan we met elkaar om"
QUESTION = "mag ik appen in de les?"
RULE = "medewerker_mag_zelf_toevoegen = true"

SchoolWith = Callable[[str], Dialogue]


@pytest.fixture
def school_with(tmp_path: Path) -> SchoolWith:
    """A school whose file says this under `[groepen]`."""

    def begin(lines: str) -> Dialogue:
        file = tmp_path / "school.toml"
        file.write_text((ROOT / "school.toml").read_text(encoding="utf-8").replace(RULE, lines), encoding="utf-8")
        return start(dialect=Dialect.CLASSIC, SCHOOL_FILE=str(file))

    return begin


def test_by_the_rule_a_group_of_staff_goes_at_once_where_its_name_fits(school_with: SchoolWith) -> None:
    talk = school_with(f'{RULE}\nnamen = ["klas *", "Mentor ?A"]')
    assert WELCOME in words(talk.send(talk.wires.added(KARIN, KLAS_2A)))
    assert WAITING in words(talk.send(talk.wires.added(KARIN, Somewhere("spaces/X", "SPACE", "Feestje 2A"))))


def test_listed_by_its_link_a_group_goes_at_once_whoever_adds_the_bot(school_with: SchoolWith) -> None:
    talk = school_with('vooraf_goedgekeurd = ["https://chat.google.com/room/KLAS2A?cls=7", "spaces/ANDERS"]')
    assert WELCOME in words(talk.send(talk.wires.added(FINN, KLAS_2A)))
    assert WAITING in words(talk.send(talk.wires.added(KARIN, Somewhere("spaces/X", "SPACE", "KLAS2A"))))


def test_listed_by_its_name_it_must_be_added_by_staff_for_anybody_can_choose_a_name(school_with: SchoolWith) -> None:
    talk = school_with('vooraf_goedgekeurd = ["Klas 2a"]')
    assert WAITING in words(talk.send(talk.wires.added(FINN, Somewhere("spaces/NEP", "SPACE", "Klas 2A"))))
    assert WELCOME in words(talk.send(talk.wires.added(KARIN, KLAS_2A)))


def test_withdrawn_it_says_so_once_and_an_admin_can_undo_it(talk: Dialogue) -> None:
    page = talk.slash(ARIE, ARIE.direct, 10, dialog=True)
    groups = talk.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True)
    after = talk.press(ARIE, ARIE.direct, groups, "Laten stoppen", dialog=True)
    assert "Gestopt" in words(dialog(after))
    [goodbye] = sent(talk, KLAS_3B)
    assert "Ik stop ermee in deze groep" in goodbye["text"]
    assert STOPPED in words(talk.says(SANNE, KLAS_3B, QUESTION))
    assert "0800-0113" in words(talk.slash(SANNE, KLAS_3B, 11))
    for _ in range(35):
        talk.minute(days=1)
    # To remove it and to add it again does not get round the admin.
    talk.send(talk.wires.removed(KARIN, KLAS_3B))
    assert words(talk.send(talk.wires.added(KARIN, KLAS_3B))) == ""
    assert STOPPED in words(talk.says(SANNE, KLAS_3B, QUESTION))
    assert sent(talk, KLAS_3B) == []
    talk.press(ARIE, ARIE.direct, after, "Toch mee laten doen", dialog=True)
    [welcome] = sent(talk, KLAS_3B)
    assert WELCOME in words(welcome)
    assert "artikel" in words(talk.says(SANNE, KLAS_3B, QUESTION))


def test_a_refusal_can_be_undone_too(talk: Dialogue) -> None:
    talk.send(talk.wires.added(FINN, KLAS_2A))
    [asked] = sent(talk, ARIE.direct)
    talk.press(ARIE, ARIE.direct, asked, "Weigeren")
    sent(talk, KLAS_2A)
    page = talk.slash(ARIE, ARIE.direct, 10, dialog=True)
    groups = talk.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True)
    talk.press(ARIE, ARIE.direct, groups, "Toch mee laten doen", dialog=True)
    assert WELCOME in words(sent(talk, KLAS_2A))


def test_only_an_admin_sees_and_changes_the_list_of_groups(talk: Dialogue) -> None:
    page = talk.slash(ARIE, ARIE.direct, 10, dialog=True)
    groups = talk.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True)
    for somebody in (KARIN, SANNE):
        for shown, label in ((page, "Alle groepen"), (groups, "Laten stoppen")):
            assert "niet voor jou" in words(talk.press(somebody, somebody.direct, shown, label, dialog=True))
    assert sent(talk, KLAS_3B) == []


class TestTheSchoolYearEnds:
    """Two weeks before the summer a teacher is asked, once."""

    @pytest.fixture
    def july(self, talk: Dialogue) -> Dialogue:
        """The first school day on which the question may come."""
        listing(talk, KLAS_3B, (KARIN, SANNE, DAAN))
        hour(talk, minutes=0)
        # In the south the summer holiday of 2027 begins on 24 July.
        talk.clock.moment = datetime(2027, 7, 8, 9, tzinfo=UTC)
        hour(talk, minutes=0)
        assert sent(talk, KARIN.direct) == []
        hour(talk, days=1)
        sent(talk, KLAS_3B)
        return talk

    def test_the_teacher_who_added_it_is_asked_once(self, july: Dialogue) -> None:
        [asked] = sent(july, KARIN.direct)
        assert asked["text"] == "Er staat iets voor je klaar."
        assert "Klas 3B" in words(asked)
        assert "stop ik na 31 juli 2027" in words(asked)
        hour(july, days=1)
        assert sent(july, KARIN.direct) == []
        assert sent(july, KLAS_3B) == []

    def test_yes_keeps_it_for_another_year(self, july: Dialogue) -> None:
        [asked] = sent(july, KARIN.direct)
        assert "31 juli 2028" in words(july.press(KARIN, KARIN.direct, asked, "Ja, deze groep blijft"))
        hour(july, days=90)
        assert "artikel" in words(july.says(SANNE, KLAS_3B, QUESTION))

    def test_no_ends_it_at_once(self, july: Dialogue) -> None:
        [asked] = sent(july, KARIN.direct)
        assert "ik stop in deze groep" in words(july.press(KARIN, KARIN.direct, asked, "Nee, stop hier maar"))
        [goodbye] = sent(july, KLAS_3B)
        assert "Ik stop ermee" in goodbye["text"]
        assert "hoef je nu niets te zeggen" in words(july.press(KARIN, KARIN.direct, asked, "Ja, deze groep blijft"))
        assert STOPPED in words(july.says(SANNE, KLAS_3B, QUESTION))

    def test_only_staff_of_the_group_answer(self, july: Dialogue) -> None:
        [asked] = sent(july, KARIN.direct)
        for somebody in (SANNE, PIET):
            assert "niet voor jou" in words(july.press(somebody, somebody.direct, asked, "Nee, stop hier maar"))
        assert sent(july, KLAS_3B) == []

    def test_in_the_group_staff_find_the_question_with_groepsregels(self, july: Dialogue) -> None:
        rules = july.slash(KARIN, KLAS_3B, 5)
        assert "Blijft deze groep bestaan" in words(rules)
        assert "Blijft deze groep bestaan" not in words(july.slash(SANNE, KLAS_3B, 5))
        assert "31 juli 2028" in words(july.press(KARIN, KLAS_3B, rules, "Ja, deze groep blijft"))
        assert "Blijft deze groep bestaan" not in words(july.slash(KARIN, KLAS_3B, 5))

    def test_without_an_answer_it_ends_and_says_so_on_a_school_day(self, july: Dialogue) -> None:
        july.clock.moment = datetime(2027, 8, 1, 9, tzinfo=UTC)
        hour(july, minutes=0)
        assert STOPPED in words(july.says(SANNE, KLAS_3B, QUESTION))
        assert sent(july, KLAS_3B) == []
        july.clock.moment = datetime(2027, 9, 5, 16, tzinfo=UTC)
        july.minute()
        assert sent(july, KLAS_3B) == []
        july.minute(hours=14, minutes=5)
        [goodbye] = sent(july, KLAS_3B)
        assert "Ik stop ermee" in goodbye["text"]
        page = july.slash(ARIE, ARIE.direct, 10, dialog=True)
        groups = july.press(ARIE, ARIE.direct, page, "Alle groepen", dialog=True)
        assert "Gestopt na het schooljaar" in words(groups)
        july.press(ARIE, ARIE.direct, groups, "Toch mee laten doen", dialog=True)
        assert "artikel" in words(july.says(SANNE, KLAS_3B, QUESTION))
