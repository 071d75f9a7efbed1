"""The pages of the report dialog: what somebody sees while telling; nothing is decided or kept here."""

from collections.abc import Iterable, Iterator, Sequence

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Choice,
    ChoiceKind,
    Fact,
    Footer,
    Option,
    Paragraph,
    Section,
    TextField,
    Widget,
)
from bot.google_chat.notices import quoted
from bot.reports.categories import ABUSE_BY_STAFF, SOMETHING_ELSE, Category, Offered, Question
from bot.reports.intake import STORY_AT_MOST, Draft, Identity, OnBehalf, Reply
from bot.reports.routing import Route
from bot.school.people import Email, Person
from handlers.conversations.helping import helpline
from handlers.events.model import Inputs
from handlers.turn import Turn

ASKED_ABOUT_AT_MOST = 5
"""Names in a story about which a page asks; more people than that stay excluded without a question."""

QUIET = "stil"
"""No message when there is news: somebody else may look at that screen."""

ADVICE_ONLY = "alleen_advies"
"""The third way to be known: nothing is kept or sent."""


def topics(turn: Turn, draft_id: str = "") -> Card:
    """The first page: six plain choices, and help for who cannot wait; a practice run brings its own id."""
    t, ours = turn.phrases, {"draft": draft_id} if draft_id else {}
    choices = tuple(
        Buttons(Button(t(f"topic.{category.code}"), Action("report.topic", {"topic": category.code, **ours})))
        for category in turn.bot.categories.offered()
    )
    ways_out = [Button(t("report.stop"), Action("report.stop", ours))]
    if not draft_id:
        ways_out.append(Button(t("practice.start"), Action("practice.start")))
    danger = Paragraph(t("report.danger"))
    sections = (
        Section((Paragraph(t("report.intro")), danger)),
        Section(choices, header=t("report.what_about")),
        Section((Buttons(*ways_out),)),
    )
    return Card(title=t("report.title"), subtitle=t("bot.is_program"), sections=sections, card_id="report")


def tell(turn: Turn, draft_id: str, draft: Draft, *, problem: str = "") -> Card:
    """The second page: help that fits, then one text field and at most two questions."""
    t = turn.phrases
    category = turn.bot.categories[draft.topic]
    first: list[Widget] = [Paragraph(problem)] if problem else []
    comfort = f"comfort.{category.code}"
    if comfort in t.sentences:
        first.append(Paragraph(t(comfort)))
    first += [helpline(line, t) for line in turn.bot.helplines.pick(category.help)]
    first = first or [Paragraph(t("report.own_words"))]
    asked: list[Widget] = [
        TextField(
            "story", t("report.story"), t("report.story_hint"), draft.story.words, many_lines=True, limit=STORY_AT_MOST
        ),
        Paragraph(t("report.story_care")),
        _yes_no(turn, "safe", t("report.safe"), draft.safe),
    ]
    given = {Question.STAFF: ("by_staff", draft.by_staff), Question.SEXUAL: ("sexual", draft.sexual)}
    if category.may_go_on:
        asked.append(_yes_no(turn, "goes_on", t("report.goes_on"), draft.goes_on))
    for question in draft.questions(turn.bot.categories):
        name, reply = given[question]
        asked.append(_yes_no(turn, name, t(f"report.question.{question.value}"), reply))
    asked += _further_topics(turn, draft)
    asked.append(_for_whom(turn, draft))
    return Card(
        title=t(f"topic.{category.code}"),
        sections=(Section(tuple(first)), Section(tuple(asked)), _ways_out(turn, draft_id, back="report.topics")),
        footer=_next(turn, "report.tell", draft_id),
        card_id="report",
    )


def door(turn: Turn, draft_id: str, category: Category) -> Card:
    """Where to go with what is not sent from here; the text is still there behind "Terug"."""
    t = turn.phrases
    contacts = tuple(Fact(contact.name, contact.phone) for contact in turn.bot.school.contacts)
    sections = (
        Section((Paragraph(t(f"door.{category.code}")), *_numbers(turn, category), *contacts)),
        _ways_out(turn, draft_id, back="report.back_to_tell"),
    )
    return Card(title=t(f"topic.{category.code}"), sections=sections, card_id="report")


def who(
    turn: Turn,
    draft_id: str,
    draft: Draft,
    possible: Iterable[Person],
    named: Sequence[Person],
    *,
    problem: str = "",
) -> Card:
    """The third page: whom it is about among those who could read it, and how the reporter wants to be known."""
    t = turn.phrases
    about: list[Widget] = [Paragraph(problem)] if problem else []
    about += _whom_about(turn, draft, possible, named[:ASKED_ABOUT_AT_MOST])
    return Card(
        title=t("report.title"),
        sections=(
            Section(tuple(about)),
            Section(_how_known(turn, draft)),
            _ways_out(turn, draft_id, back="report.back_to_tell"),
        ),
        footer=_next(turn, "report.who", draft_id),
        card_id="report",
    )


def _whom_about(turn: Turn, draft: Draft, possible: Iterable[Person], named: Sequence[Person]) -> Iterator[Widget]:
    t = turn.phrases
    for place, person in enumerate(named):
        given = Reply.NO if person.email in draft.cleared else Reply.NONE
        yield _yes_no(turn, f"named_{place}", t("report.named", name=person.name), given)
    if named:
        yield Paragraph(t("report.named_care"))
    options = tuple(
        Option(
            person.email,
            t("report.person", name=person.name, role=t(f"role.{role_of(turn, person.email)}")),
            selected=person.email in draft.excluded,
        )
        for person in possible
    )
    yield Choice("about", t("report.about"), ChoiceKind.CHECK_BOX, options)
    yield Paragraph(t("report.about_care"))


def _how_known(turn: Turn, draft: Draft) -> tuple[Widget, ...]:
    t, ways = turn.phrases, identities(turn, draft)
    chosen = draft.identity.value if draft.identity is not None else ""
    known = tuple(Option(way, t(f"identity.{way}"), selected=way == chosen) for way in ways)
    limits = t("identity.limits") if Identity.SEALED in ways else t("report.duty")
    quiet = Choice("quiet", "", ChoiceKind.CHECK_BOX, (Option(QUIET, t("report.quiet"), selected=draft.quiet),))
    return (Choice("identity", t("report.identity"), ChoiceKind.RADIO_BUTTON, known), Paragraph(limits), quiet)


def cleared(named: Sequence[Person], inputs: Inputs) -> Iterator[Email]:
    """Of whom the page said that it is not about them; no answer and doubt clear nobody."""
    for place, person in enumerate(named[:ASKED_ABOUT_AT_MOST]):
        if inputs.text(f"named_{place}") == Reply.NO:
            yield person.email


def identities(turn: Turn, draft: Draft) -> tuple[str, ...]:
    """How this person may be known: who works here and reports abuse by staff has a duty to say who saw it (R16)."""
    if turn.person.is_staff and draft.category(turn.bot.categories).code == ABUSE_BY_STAFF:
        return (Identity.NAMED.value, ADVICE_ONLY)
    return (Identity.NAMED.value, Identity.SEALED.value, ADVICE_ONLY)


def review(
    turn: Turn, draft_id: str, draft: Draft, route: Route, left_out: Iterable[Person], later: Sequence[Email]
) -> Card:
    """The last page before "Verstuur": who reads it, what is sent, whether the name is in it, how long it is kept.

    `later` are warned, and read it too, when nobody does anything in time.
    """
    t, terms = turn.phrases, turn.bot.school.terms
    urgent = draft.urgency(turn.bot.categories).is_urgent
    readers = tuple(
        Fact(t(f"role.{role_of(turn, email)}"), turn.bot.school.person(email).name) for email in route.recipients
    )
    copied = tuple(Paragraph(t("review.copied", name=turn.bot.school.person(email).name)) for email in route.copied)
    facts: list[Widget] = [
        Fact(t("review.about"), t(f"topic.{draft.topic}")),
        Fact(t("report.for_whom"), t(f"for_whom.{draft.on_behalf}")),
        Fact(t("review.story"), draft.story.words),
        Fact(t("review.name"), t(f"review.identity.{draft.identity or ''}")),
        Fact(t("review.when"), t("review.when_urgent") if urgent else t("review.when_calm")),
        Fact(t("review.kept"), t("review.kept_text", handled=terms.handled, other=terms.other)),
    ]
    not_readers = [Paragraph(t("review.left_out", name=person.name)) for person in left_out]
    names = ", ".join(turn.bot.school.person(email).name for email in later)
    warned = [Paragraph(t("review.later", names=names))] if later else []
    return Card(
        title=t("review.title"),
        sections=(
            Section(
                (*readers, *copied, *not_readers, *warned, Paragraph(t("review.others"))), header=t("review.readers")
            ),
            Section(tuple(facts)),
            Section((Paragraph(t("review.until_then")), *_numbers(turn, draft.category(turn.bot.categories)))),
            _ways_out(turn, draft_id, back="report.back_to_who"),
        ),
        footer=Footer(Button(t("report.send"), Action("report.send", {"draft": draft_id}))),
        card_id="report",
    )


def nobody_left(turn: Turn, draft_id: str, draft: Draft) -> Card:
    """Nobody can receive this: said at once with numbers, and the text stays on the screen."""
    t = turn.phrases
    contacts = tuple(Fact(contact.name, contact.phone) for contact in turn.bot.school.contacts)
    return Card(
        title=t("nobody.title"),
        sections=(
            Section((Paragraph(t("nobody.text")), *contacts, *_numbers(turn, draft.category(turn.bot.categories)))),
            Section((Fact(t("review.story"), draft.story.words),)),
            _ways_out(turn, draft_id, back="report.back_to_who"),
        ),
        card_id="report",
    )


def advice(turn: Turn, category: Category) -> Card:
    """Answers "Alleen advies": numbers and the articles; nothing was kept or sent."""
    t = turn.phrases
    quotations = turn.bot.quotations
    articles = tuple(quoted(t, quotations, code) for code in category.articles if quotations.is_reviewed(code))
    sections = [Section((Paragraph(t("advice.text")), *_numbers(turn, category)))]
    if articles:
        sections.append(Section(articles, header=t("advice.articles")))
    sections.append(Section((_close(turn),)))
    return Card(title=t("advice.title"), sections=tuple(sections), card_id="report")


def stopped(turn: Turn) -> Card:
    """Everything that was filled in is gone."""
    t = turn.phrases
    section = Section((Paragraph(t("stopped.text")), _close(turn)))
    return Card(title=t("stopped.title"), sections=(section,), card_id="report")


def expired(turn: Turn) -> Card:
    """The draft is older than an hour, or was erased."""
    t = turn.phrases
    again = Buttons(Button(t("expired.again"), Action("report.topics", {"draft": ""}), filled=True))
    return Card(title=t("expired.title"), sections=(Section((Paragraph(t("expired.text")), again)),), card_id="report")


def role_of(turn: Turn, email: Email) -> str:
    """In which row of recipients somebody stands, as the word for it in the school's file."""
    school = turn.bot.school
    rows = (("schoolleiding", school.leadership), ("bestuur", school.board), ("toezicht", school.supervisors))
    return next((name for name, members in rows if email in members), "vertrouwenspersoon")


def further_topic(turn: Turn, draft: Draft, chosen: Sequence[str]) -> str:
    """The subject after the further choices; what a form does not offer changes nothing."""
    return next((code for code in chosen if code in _further_codes(turn, draft)), draft.topic)


def _further_topics(turn: Turn, draft: Draft) -> list[Widget]:
    t = turn.phrases
    options = tuple(
        Option(code, t(f"topic.{code}"), selected=code == draft.topic) for code in _further_codes(turn, draft)
    )
    return [Choice("topic", t("report.further"), ChoiceKind.DROPDOWN, options)] if options else []


def _for_whom(turn: Turn, draft: Draft) -> Choice:
    """Who works at school is also told things by others; a pupil can be worried about another pupil."""
    t, ways = turn.phrases, tuple(OnBehalf) if turn.person.is_staff else (OnBehalf.SELF, OnBehalf.PUPIL)
    options = tuple(Option(way.value, t(f"for_whom.{way}"), selected=way is draft.on_behalf) for way in ways)
    return Choice("on_behalf", t("report.for_whom"), ChoiceKind.DROPDOWN, options)


def _further_codes(turn: Turn, draft: Draft) -> tuple[str, ...]:
    """What "iets anders" can be, for who wants to say so; one that was chosen can be left again."""
    table = turn.bot.categories
    if draft.topic != SOMETHING_ELSE and table[draft.topic].offered is not Offered.MORE:
        return ()
    more = (row.code for row in table.offered(Offered.MORE) if row.is_for(turn.person.main_role))
    return (SOMETHING_ELSE, *more)


def _numbers(turn: Turn, category: Category) -> tuple[Fact, ...]:
    return tuple(helpline(line, turn.phrases) for line in turn.bot.helplines.pick(category.help))


def _yes_no(turn: Turn, name: str, label: str, given: Reply) -> Choice:
    t = turn.phrases
    options = tuple(
        Option(reply.value, t(f"reply.{reply.value}"), selected=reply is given)
        for reply in (Reply.YES, Reply.NO, Reply.UNSURE)
    )
    return Choice(name, label, ChoiceKind.RADIO_BUTTON, options)


def _ways_out(turn: Turn, draft_id: str, *, back: str) -> Section:
    # Add-ons send no event when a dialog is closed: without these buttons a draft could only wait for its hour.
    t = turn.phrases
    return Section(
        (
            Buttons(
                Button(t("report.back"), Action(back, {"draft": draft_id})),
                Button(t("report.stop"), Action("report.stop", {"draft": draft_id})),
            ),
        )
    )


def _next(turn: Turn, action: str, draft_id: str) -> Footer:
    return Footer(Button(turn.phrases("report.next"), Action(action, {"draft": draft_id})))


def _close(turn: Turn) -> Buttons:
    return Buttons(Button(turn.phrases("dialog.close"), Action("dialog.close")))
