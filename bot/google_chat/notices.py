"""What the bot says unasked, rendered at the moment of sending; no notice holds a word of a report."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.etiquette.items import Item, Items
from bot.etiquette.ports import Reminder
from bot.google_chat.cards import Action, Button, Buttons, Card, Fact, Message, Paragraph, Rich, Section, bold
from bot.groups.ports import Group
from bot.groups.sanction import may_speak
from bot.outbox.delivery import Delivery, Kind
from bot.protocol import publication
from bot.protocol.quoting import written
from bot.school.articles import ArticleCode
from bot.wording.catalogue import Language, Phrases

WELCOME_RULES = tuple(ArticleCode(code) for code in ("A1", "A2", "A6", "A9", "A10"))
"""The articles that a group hears about when the bot comes in."""


RULES_FOR_A_MEMBER = 4
"""A new member gets the first four lines; reporting has a sentence of its own."""


class Articles(Protocol):
    """Gives the words of the protocol."""

    def has(self, code: str) -> bool:
        """Whether the loaded protocol has this article."""
        ...

    def is_reviewed(self, code: str) -> bool:
        """Whether our plain words were reviewed against this very text."""
        ...

    def verbatim(self, code: ArticleCode) -> str:
        """The article's own text."""
        ...

    def cite(self, code: ArticleCode, phrases: Phrases) -> str:
        """Where it stands and of which version, in somebody's language."""
        ...


class Memory(Protocol):
    """Looks up what a delivery is about; each call is a short reading of its own."""

    def group_by_ref(self, ref: str) -> Group | None:
        """The group that an approval or welcome is about."""
        ...

    def reminder(self, reminder_id: str) -> Reminder | None:
        """The reminder that is to be sent."""
        ...


@dataclass(frozen=True, slots=True)
class Notices:
    """Words every unasked message, in the school's language."""

    phrases: Phrases
    articles: Articles
    memory: Memory
    items: Items

    def write(self, delivery: Delivery) -> Message | None:
        """The message of a delivery; None when what it was about is gone."""
        match delivery.kind:
            case Kind.REPORT_WAITS | Kind.REPORT_WAITS_URGENT | Kind.SEATS_WAIT:
                return report_waits(self.phrases, urgent=delivery.kind is Kind.REPORT_WAITS_URGENT)
            case Kind.REPORT_NEWS:
                return report_news(self.phrases)
            case Kind.REMINDER:
                reminder = self.memory.reminder(delivery.subject)
                item = self.items.get(reminder.item) if reminder else None
                return reminder_message(self.phrases, self.articles, item) if item else None
            case Kind.PROTOCOL_NEWS:
                return protocol_news(self.phrases)
            case Kind.SHARED_ANSWER:
                return shared_answer(self.phrases, self.articles, delivery.subject)
            case _:
                group = self.memory.group_by_ref(delivery.subject)
                return self._about_group(delivery.kind, group) if group else None

    def _about_group(self, kind: Kind, group: Group) -> Message | None:
        match kind:
            case Kind.APPROVAL_ASKED:
                return approval_asked(self.phrases, group)
            case Kind.GROUP_WELCOME:
                return group_rules(self.phrases, self.articles)
            case Kind.MISSING_NUDGE:
                return missing_nudge(self.phrases, group)
            case Kind.MEMBER_WELCOME:
                return member_welcome(self.phrases, self.articles)
            case Kind.GROUP_GOODBYE:
                return Message(text=self.phrases("group.goodbye"))
            case Kind.GROUP_NEWS:
                return group_news(self.phrases, group)
            case Kind.GROUP_STAYS:
                return group_stays(self.phrases, group)
            case _:
                return Message(text=self.phrases("group.refused"))


def protocol_news(t: Phrases) -> Message:
    """That another version of the protocol is in force; what is different is a command away, for whoever asks."""
    section = Section((Paragraph(t("news.protocol.how")),))
    card = Card(title=t("news.protocol.title"), subtitle=t("bot.name"), sections=(section,), card_id="protocol-news")
    return Message(text=t("news.protocol.title"), cards=(card,))


def report_news(t: Phrases) -> Message:
    """That there is something to read for a reporter; the same words for everybody, at any time."""
    text = t("notice.waits")
    button = Button(t("notice.open"), Action("own.list", opens_dialog=True), alt=t("notice.open_alt"))
    section = Section((Paragraph(t("notice.how_own")), Buttons(button)))
    return Message(text=text, cards=(Card(title=t("bot.name"), sections=(section,), card_id="news"),), fallback=text)


def quoted(t: Phrases, articles: Articles, code: ArticleCode) -> Fact:
    """An article letter for letter, with where it stands below it: Chat cuts off what stands above, never below."""
    return Fact(t("answer.title", code=code), articles.verbatim(code), below=articles.cite(code, t))


def report_waits(t: Phrases, *, urgent: bool) -> Message:
    """That something waits, the same words whatever it is (responsible-use.md R26; design: section 2.1)."""
    text = t("notice.waits_urgent") if urgent else t("notice.waits")
    button = Button(t("notice.open"), Action("cases.list", opens_dialog=True), alt=t("notice.open_alt"))
    section = Section((Paragraph(t("notice.how")), Buttons(button)))
    return Message(text=text, cards=(Card(title=t("bot.name"), sections=(section,), card_id="notice"),), fallback=text)


def approval_asked(t: Phrases, group: Group) -> Message:
    """Asks an admin about a group; the group's name stands on the card only."""
    buttons = Buttons(
        Button(t("approval.approve"), Action("group.approve", {"group": group.ref}), filled=True),
        Button(t("approval.refuse"), Action("group.refuse", {"group": group.ref})),
    )
    section = Section(
        (
            Paragraph(t("approval.intro")),
            Fact(t("approval.group"), group.display_name or t("approval.nameless")),
            buttons,
            Paragraph(t("approval.command")),
        )
    )
    card = Card(title=t("approval.title"), sections=(section,), card_id="approval")
    return Message(text=t("notice.waits"), cards=(card,), fallback=t("notice.waits"))


def missing_nudge(t: Phrases, group: Group) -> Message:
    """Tells a teacher that somebody of the class is not in the group; who it is only /wieontbreekt says."""
    which = Fact(t("approval.group"), group.display_name or t("approval.nameless"))
    section = Section((which, Paragraph(t("missing.nudge_how")), Paragraph(t("missing.nudge_again"))))
    card = Card(title=t("bot.name"), subtitle=t("bot.is_program"), sections=(section,), card_id="missing")
    return Message(text=t("missing.nudge"), cards=(card,))


def group_news(t: Phrases, group: Group) -> Message:
    """Tells staff why a group is suspended, or that it goes on again: whatever is true when it is sent."""
    key = "group.goes_on" if may_speak(group) else f"group.state.{group.state.value}"
    if group.suspended_for is not None:
        key = f"group.concern.{group.suspended_for.value}"
    which = Fact(t("approval.group"), group.display_name or t("approval.nameless"))
    section = Section((which, Paragraph(t(key)), Paragraph(t("group.news_how"))))
    card = Card(title=t("group.news"), subtitle=t("bot.is_program"), sections=(section,), card_id="group-news")
    return Message(text=t("notice.waits"), cards=(card,), fallback=t("notice.waits"))


def group_stays(t: Phrases, group: Group) -> Message | None:
    """Asks a teacher at the end of the school year whether the group stays; None when that was said meanwhile."""
    if group.asked_on is None or group.expires_on is None:
        return None
    which = Fact(t("approval.group"), group.display_name or t("approval.nameless"))
    section = Section((which, *stays_or_stops(t, group.ref, group.expires_on), Paragraph(t("stays.command"))))
    card = Card(title=t("stays.title"), subtitle=t("bot.is_program"), sections=(section,), card_id="stays")
    return Message(text=t("notice.waits"), cards=(card,), fallback=t("notice.waits"))


def stays_or_stops(t: Phrases, ref: str, until: date) -> tuple[Paragraph, Buttons]:
    """The question whether a group stays, with both answers."""
    stay = Button(t("stays.yes"), Action("group.stay", {"group": ref}), filled=True)
    stop = Button(t("stays.no"), Action("group.stop", {"group": ref}))
    return Paragraph(t("stays.question", day=written(until, t))), Buttons(stay, stop)


def member_welcome(t: Phrases, articles: Articles) -> Message:
    """Says to a new member what holds in the group, how to ask, how to report, and that this is a program."""
    rules = tuple(_rule(t, articles, code) for code in WELCOME_RULES[:RULES_FOR_A_MEMBER] if articles.has(code))
    sections = (
        *([Section(rules, header=t("group.rules"))] if rules else []),
        Section((Paragraph(t("member.how")), Paragraph(t("group.what_i_do")))),
    )
    card = Card(title=t("member.title"), subtitle=t("bot.is_program"), sections=sections, card_id="member")
    return Message(text=t("member.welcome"), cards=(card,), fallback=t("member.welcome"))


def waiting_message(t: Phrases) -> Message:
    """Said once in a group that is not sanctioned yet."""
    return Message(text=t("group.waiting"))


def group_rules(t: Phrases, articles: Articles) -> Message:
    """The welcome with the rules of a sanctioned group; each rule with its article."""
    rules = tuple(_rule(t, articles, code) for code in WELCOME_RULES if articles.has(code))
    sections = (
        Section((Paragraph(t("group.welcome_card")),)),
        *([Section(rules, header=t("group.rules"))] if rules else []),
        Section((Paragraph(t("group.what_i_do")),)),
    )
    card = Card(title=t("group.welcome_title"), subtitle=t("bot.is_program"), sections=sections, card_id="rules")
    return Message(text=t("group.welcome"), cards=(card,), fallback=t("group.welcome"))


def _rule(t: Phrases, articles: Articles, code: ArticleCode) -> Fact:
    # Plain words that were not reviewed against this text could be a rule that the school never made.
    if articles.is_reviewed(code):
        return Fact("", t(f"rule.{code}"), below=articles.cite(code, t))
    return quoted(t, articles, code)


def in_words(t: Phrases, articles: Articles, item: Item) -> str:
    """What to do, in somebody's language; our words only where they were reviewed against this very article."""
    if not articles.is_reviewed(item.article):
        return t("reminder.unreviewed")
    return item.english if t.language is Language.ENGLISH else item.dutch


def reminder_message(t: Phrases, articles: Articles, item: Item) -> Message:
    """One reminder: what to do, then the article itself, quoted and cited."""
    text = in_words(t, articles, item)
    section = Section((Paragraph(Rich(bold(text))), quoted(t, articles, item.article)))
    card = Card(title=t("reminder.title"), subtitle=t("reminder.subtitle"), sections=(section,), card_id="reminder")
    return Message(text=text, cards=(card,), fallback=text)


def shared_article(subject: str) -> ArticleCode:
    """The article of what is shared: `A6`, or `ok_picture:A6` for a verdict of /magdit that rests on it."""
    return ArticleCode(subject.rpartition(":")[2])


def shared_answer(t: Phrases, articles: Articles, subject: str) -> Message:
    """What somebody shared with the group: an article, or a verdict with its article; never what led to it."""
    code = shared_article(subject)
    verdict = publication.node(subject.partition(":")[0])
    said: tuple[Paragraph, ...] = ()
    if isinstance(verdict, publication.Verdict) and articles.is_reviewed(code):
        sentence = t(f"publication.sense.{verdict.sense.value}", code=code)
        said = (Paragraph(Rich(bold(sentence))), Paragraph(t(f"publication.verdict.{verdict.id}")))
    section = Section((*said, quoted(t, articles, code)))
    card = Card(title=t("shared.title"), subtitle=t("bot.is_program"), sections=(section,), card_id="shared")
    return Message(text=t("shared.text", citation=articles.cite(code, t)), cards=(card,))
