"""One answer as people see it: plain words first, then what the protocol says letter for letter, folded away."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.google_chat.cards import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Paragraph,
    Rich,
    Section,
    Widget,
    bold,
    italic,
    plain,
)
from bot.protocol import publication
from bot.protocol.reviewed import Plain, ReviewedArticle
from bot.school.articles import ArticleCode
from bot.school.people import Role
from bot.wording.catalogue import Language, Phrases
from handlers.conversations import helping
from handlers.turn import Turn

SHOWN_AT_MOST = 3
"""Articles in one answer; more would not be read on a phone."""

TRANSLATION_LINES = 4

LINE_AT_MOST = 160
_SENTENCE_END = re.compile(r"(?<=[.?!])\s|\n")

Step = Literal["report", "magdit", "manager"]

NEXT_STEPS: Mapping[str, Step] = {
    "A5": "magdit",
    "A6": "magdit",
    "A7": "magdit",
    "A9": "report",
    "A10": "report",
    "P1": "magdit",
    "P4": "magdit",
    "S3": "manager",
    "W3": "manager",
    "W4": "manager",
}
"""What to do after reading an article; it counts only where the article is still the one that this was meant for."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an answer is shown this time; `role` is whom it speaks about, `back` what the button "Terug" shows again.

    `is_open` means that everybody in the group sees it, so that a press must not change it for all.
    """

    phrases: Phrases
    role: Role
    about_another: bool = False
    unfolded: bool = False
    shareable: bool = False
    is_open: bool = False
    asks_opinion: bool = True
    also_help: bool = False
    note: str = ""
    back: tuple[ArticleCode, ...] = ()


def look_for(turn: Turn, *, in_the_open: bool = False) -> Look:
    """The usual look: in the asker's language, for the asker's role."""
    shareable = not in_the_open and not turn.in_direct_message
    return Look(turn.phrases, turn.person.main_role, shareable=shareable, is_open=in_the_open)


def answer_message(turn: Turn, codes: Sequence[ArticleCode], see_also: Sequence[ArticleCode], look: Look) -> Message:
    """The first article in full; the others in a line each, to be opened."""
    t, first, others = look.phrases, codes[0], codes[1:SHOWN_AT_MOST]
    reviewed = turn.bot.quotations.reviewed(first)
    sections = [help_line(t)] if look.also_help else []
    sections += [Section((Paragraph(look.note),))] if look.note else []
    sections += _explained(turn, first, reviewed, look)
    sections.append(verbatim(turn, first, look))
    if others:
        lines = tuple(opening_line(turn, code, look, back=(first,)) for code in others)
        sections.append(
            Section(lines, header=t("answer.others"), collapsible=len(lines) > 1, shown=min(1, len(lines) - 1))
        )
    sections += _related(turn, first, reviewed, (*codes, *look.back), see_also, look)
    sections += _buttons(turn, first, look)
    card = Card(title=title_of(turn, first, t), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="a")
    return Message(text=told(turn, first, t), cards=(card,))


def told(turn: Turn, code: ArticleCode, t: Phrases) -> str:
    """The answer in plain text, for whoever sees no card: plain words with their citation."""
    reviewed, citation = turn.bot.quotations.reviewed(code), plain(turn.bot.quotations.cite(code, t))
    if reviewed is None:
        return t("answer.text", citation=citation)
    return t("answer.told", words=plain(worded(reviewed.plain, t)), citation=citation)


def worded(words: Plain, t: Phrases) -> str:
    """In somebody's language."""
    return words.en if t.language is Language.ENGLISH else words.nl


def title_of(turn: Turn, code: ArticleCode, t: Phrases) -> str:
    """An article above a card or a line: its code, and what it is about where that was reviewed."""
    return t("answer.title", code=name_of(turn, code, t))


def name_of(turn: Turn, code: ArticleCode, t: Phrases) -> str:
    """An article on a button."""
    reviewed = turn.bot.quotations.reviewed(code)
    if reviewed is None or reviewed.subject is None:
        return code
    return t("answer.name", code=code, subject=worded(reviewed.subject, t))


def first_sentence(turn: Turn, code: ArticleCode, t: Phrases) -> str:
    """The beginning of the plain words of an article, or of the article itself; dots where there is more to read."""
    reviewed = turn.bot.quotations.reviewed(code)
    text = worded(reviewed.plain, t) if reviewed is not None else turn.bot.quotations.verbatim(code)
    sentences = _SENTENCE_END.split(text)
    # A question says nothing without its answer.
    sentence = " ".join(sentences[: 2 if sentences[0].endswith("?") else 1])
    if len(sentence) > LINE_AT_MOST:
        sentence = sentence[:LINE_AT_MOST].rsplit(" ", 1)[0]
    # A condition may stand in what is left out: nobody may think that this is all of it.
    return sentence if sentence == text else f"{sentence.rstrip('.')} ..."


def opening_line(turn: Turn, code: ArticleCode, look: Look, *, back: Sequence[ArticleCode]) -> Fact:
    """An article in a few lines, with a button that opens it."""
    t = look.phrases
    return named_line(turn, code, t, t("answer.open"), open_action(code, look, back=back))


def named_line(turn: Turn, code: ArticleCode, t: Phrases, words: str, action: Action) -> Fact:
    """An article's name above how it begins; in the text itself, because a label is cut off on a phone."""
    text = Rich(bold(name_of(turn, code, t)), f"\n{first_sentence(turn, code, t)}")
    return Fact("", text, button=Button(words, action, alt=f"{words}: {title_of(turn, code, t)}"))


def open_action(code: ArticleCode, look: Look, *, back: Sequence[ArticleCode]) -> Action:
    """Opens an article in place of what is shown; a message that all can see stays what it is."""
    return Action("answer.open", {"articles": code, "back": ",".join(back), **_openness(look)})


def help_line(t: Phrases) -> Section:
    """One line of help above an ordinary answer, where there was a faint sign of danger."""
    button = Button(t("help.title"), Action("help.now"), alt=t("answer.also_help_alt"))
    return Section((Paragraph(Rich(bold(t("answer.also_help")))), Buttons(button)))


def verbatim(turn: Turn, code: ArticleCode, look: Look) -> Section:
    """The article letter for letter with its citation, folded where there are plain words to read first."""
    t, quotations = look.phrases, turn.bot.quotations
    quote = Fact("", quotations.verbatim(code), below=quotations.cite(code, t))
    fold = quotations.reviewed(code) is not None and not look.unfolded
    return Section((quote,), header=t("answer.verbatim"), collapsible=fold)


def plain_words(turn: Turn, code: ArticleCode, t: Phrases) -> tuple[Widget, ...]:
    """The plain words on a card that stands without text beside it; that they are not checked, where they are not."""
    reviewed = turn.bot.quotations.reviewed(code)
    if reviewed is None:
        return (Paragraph(t("answer.unreviewed")),)
    return (Paragraph(Rich(bold(worded(reviewed.plain, t)))),)


def meaning(turn: Turn, code: ArticleCode, look: Look) -> tuple[Widget, ...]:
    """What it means for a role, the translation for who reads English, and where the protocol is not clear."""
    t, reviewed = look.phrases, turn.bot.quotations.reviewed(code)
    if reviewed is None:
        return ()
    widgets: list[Widget] = []
    role = spoken_role(look.role)
    for_role = reviewed.means.get(role)
    if for_role is not None:
        label = t(f"answer.for.{role.value}") if look.about_another else t("answer.for_you")
        widgets.append(Fact(label, worded(for_role, t)))
    elif look.about_another and role in reviewed.binds and len(reviewed.binds) > 1:
        widgets.append(Paragraph(t(f"answer.same.{role.value}")))
    if reviewed.unclear is not None:
        widgets.append(Paragraph(t("answer.unclear", note=worded(reviewed.unclear, t))))
    if t.language is Language.ENGLISH:
        rendering = Rich(italic(t("answer.translation")), f" {reviewed.rendering}")
        widgets.append(Paragraph(rendering, max_lines=TRANSLATION_LINES))
    return tuple(widgets)


def spoken_role(role: Role) -> Role:
    """The role that reviewed words know: whoever works for the school is staff there."""
    return role if role in {Role.PUPIL, Role.PARENT, Role.UNKNOWN} else Role.STAFF


def choice_message(turn: Turn, codes: Sequence[ArticleCode], look: Look) -> Message:
    """The nearest articles to choose from, instead of a guess."""
    t, offered = look.phrases, tuple(codes[:SHOWN_AT_MOST])
    lines = tuple(opening_line(turn, code, look, back=offered) for code in offered)
    none = Button(t("choice.none"), Action("answer.none", _openness(look)))
    sections = [help_line(t)] if look.also_help else []
    sections += [Section(lines), Section((Buttons(none), Paragraph(t("choice.command", code=offered[0]))))]
    card = Card(title=t("choice.title"), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="c")
    return Message(text=t("choice.text", codes=", ".join(offered)), cards=(card,))


def not_in_protocol(turn: Turn, look: Look, near: Sequence[ArticleCode] = ()) -> Message:
    """That the protocol does not say it, and whom to ask; `near` is what comes closest."""
    t = look.phrases
    whom = t("ask.whom_staff") if turn.person.is_staff else t("ask.whom_pupil")
    text = t("ask.not_in_protocol", whom=whom)
    sections = [help_line(t)] if look.also_help else []
    if near:
        lines = tuple(opening_line(turn, code, look, back=()) for code in near)
        sections.append(Section(lines, header=t("answer.nearest")))
    if not sections:
        return Message(text=text)
    card = Card(title=t("ask.not_title"), subtitle=t("bot.is_program"), sections=tuple(sections), card_id="n")
    return Message(text=text, cards=(card,))


def is_choice(back: Sequence[ArticleCode]) -> bool:
    """Whether "Terug" leads to a choice and not to one article."""
    return len(back) > 1


def _explained(turn: Turn, code: ArticleCode, reviewed: ReviewedArticle | None, look: Look) -> list[Section]:
    if reviewed is None:
        return [Section((Paragraph(look.phrases("answer.unreviewed")),))]
    widgets = (*meaning(turn, code, look), *_next_step(turn, code, look.phrases))
    return [Section(widgets)] if widgets else []


def _next_step(turn: Turn, code: ArticleCode, t: Phrases) -> tuple[Widget, ...]:
    match NEXT_STEPS.get(code):
        case "report" if helping.reports_open(turn):
            return (Paragraph(t("answer.next.report")), Buttons(helping.report_button(t)))
        case "magdit" if publication.is_available(turn.bot.quotations.is_reviewed):
            return (Paragraph(t("answer.next.magdit")), Buttons(magdit_button(t)))
        case "manager" if turn.person.is_staff:
            return (Paragraph(t("answer.next.manager")),)
        case _:
            return ()


def wrong_button(t: Phrases, code: ArticleCode) -> Button:
    """The way to say what is wrong with an answer."""
    return Button(
        t("opinion.wrong"), Action("opinion.open", {"article": code}, opens_dialog=True), alt=t("opinion.wrong_alt")
    )


def magdit_button(t: Phrases) -> Button:
    """The way into /magdit."""
    return Button(t("publication.title"), Action("publication.start", opens_dialog=True))


def _related(
    turn: Turn,
    code: ArticleCode,
    reviewed: ReviewedArticle | None,
    shown: Sequence[ArticleCode],
    see_also: Sequence[ArticleCode],
    look: Look,
) -> list[Section]:
    t = look.phrases
    wanted = reviewed.related if reviewed is not None else tuple(see_also)
    related = [each for each in dict.fromkeys(wanted) if each not in shown and turn.bot.quotations.has(each)]
    if not related:
        return []
    buttons = (
        Button(
            name_of(turn, each, t),
            open_action(each, look, back=(code,)),
            alt=f"{title_of(turn, each, t)}: {first_sentence(turn, each, t)}",
        )
        for each in related
    )
    return [Section((Buttons(*buttons),), header=t("answer.related"), collapsible=True)]


def _buttons(turn: Turn, code: ArticleCode, look: Look) -> list[Section]:
    t, buttons = look.phrases, []
    if look.back:
        action = "answer.choose" if is_choice(look.back) else "answer.open"
        back = Action(action, {"articles": ",".join(look.back), "back": "", **_openness(look)})
        buttons.append(Button(t("dialog.back"), back))
    if look.asks_opinion:
        buttons.append(Button(t("opinion.helps"), Action("opinion.helps", {"article": code, **_openness(look)})))
        buttons.append(wrong_button(t, code))
    if look.shareable and not turn.in_direct_message:
        share = Action("answer.share", {"articles": code})
        buttons.append(Button(t("answer.share"), share, alt=t("answer.share_alt")))
    widgets: list[Widget] = [Buttons(*buttons)] if buttons else []
    widgets.append(Paragraph(t("answer.commands", code=code)))
    return [Section(tuple(widgets))]


def _openness(look: Look) -> dict[str, str]:
    return {"open": "1"} if look.is_open else {}
