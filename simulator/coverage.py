"""What of Google Chat is played here and what is not, for the coverage page; held against Google's own description.

The lists name what is covered; everything else in the discovery document is shown as not covered. A test compares both
ways, so that neither a new field of Google's nor a new one of ours goes unseen.
"""

from collections.abc import Iterator, Mapping

from simulator.google.rest import covered_methods, refused_methods
from simulator.logbook import Entry
from simulator.records import Json
from simulator.schema import discovery

YES, PARTLY, NO = "yes", "partly", "no"

MESSAGE: Mapping[str, tuple[str, str]] = {
    "name": (YES, ""),
    "text": (YES, ""),
    "argumentText": (YES, "also with the leading blank"),
    "formattedText": (PARTLY, "the same as text"),
    "cardsV2": (YES, "limits of cards are held"),
    "accessoryWidgets": (YES, "a list of buttons"),
    "fallbackText": (YES, "shown on the lock screen"),
    "sender": (YES, ""),
    "space": (YES, ""),
    "thread": (YES, "threadKey is the app's own"),
    "threadReply": (YES, ""),
    "createTime": (YES, "by the business clock"),
    "lastUpdateTime": (YES, ""),
    "deleteTime": (PARTLY, "a deleted message is gone for the API"),
    "privateMessageViewer": (YES, "people, not apps, see the rest"),
    "clientAssignedMessageId": (YES, ""),
    "annotations": (PARTLY, "mentions and slash commands"),
    "slashCommand": (YES, ""),
    "actionResponse": (PARTLY, "all but link previews"),
    "quotedMessageMetadata": (PARTLY, "taken, not shown"),
    "markupSyntax": (PARTLY, "taken, not shown"),
}
"""Google `Message`: field, how far, and what to know."""

WIDGETS: Mapping[str, tuple[str, str]] = {
    "textParagraph": (YES, "with maxLines"),
    "decoratedText": (YES, "with button, switch and icon"),
    "buttonList": (YES, ""),
    "chipList": (YES, ""),
    "textInput": (YES, "with suggestions, its own and the app's"),
    "selectionInput": (YES, "check boxes, radio buttons, switches, dropdown, multiselect with the app's own options"),
    "dateTimePicker": (YES, ""),
    "divider": (YES, ""),
    "image": (PARTLY, "its outline and alt text; nothing is fetched from elsewhere"),
    "grid": (YES, ""),
    "columns": (YES, "two"),
    "carousel": (YES, ""),
}
"""Google `GoogleAppsCardV1Widget`: what the page draws; anything else is shown as its outline, never dropped."""

ABOUT_WIDGETS = frozenset({"horizontalAlignment", "id", "visibility", "eventActions"})

EVENTS: Mapping[str, tuple[str, str]] = {
    "MESSAGE": (YES, "typed, slash command, mention"),
    "ADDED_TO_SPACE": (YES, "in the add-on dialect a mention makes two requests"),
    "REMOVED_FROM_SPACE": (YES, "the answer is ignored"),
    "CARD_CLICKED": (YES, "also in dialogs"),
    "APP_COMMAND": (YES, "quick commands; in the add-on dialect slash commands too"),
    "APP_HOME": (PARTLY, "classic only"),
    "SUBMIT_FORM": (PARTLY, "on app home, classic only"),
    "WIDGET_UPDATED": (YES, "typing in a multiselect"),
}
"""Google `DeprecatedEvent.type`."""

ANSWERS: Mapping[str, tuple[str, str]] = {
    "NEW_MESSAGE": (YES, ""),
    "UPDATE_MESSAGE": (YES, ""),
    "DIALOG": (YES, "pages, closing, error under a field"),
    "UPDATE_WIDGET": (YES, "options of a multiselect"),
    "REQUEST_CONFIG": (PARTLY, "a sentence instead of the page"),
    "UPDATE_USER_MESSAGE_CARDS": (NO, "link previews"),
}
"""Google `ActionResponse.type`; add-ons answer with the same through hostAppDataAction, action and renderActions."""


def coverage(log: tuple[Entry, ...]) -> Json:
    """The page's groups; `used` is whether it was asked for since the log began."""
    used = {f"chat.{entry.title}" for entry in log if entry.kind == "api"}
    return {
        "groups": [
            {"name": "REST methods", "rows": list(_methods(used))},
            {"name": "Message", "rows": list(_rows(MESSAGE, described("Message")))},
            {"name": "Widgets", "rows": list(_rows(WIDGETS, described("GoogleAppsCardV1Widget") - ABOUT_WIDGETS))},
            {"name": "Events", "rows": list(_rows(EVENTS, listed("DeprecatedEvent")))},
            {"name": "Answers", "rows": list(_rows(ANSWERS, listed("ActionResponse")))},
        ]
    }


def described(schema: str) -> frozenset[str]:
    """The fields of a schema of Google's."""
    return frozenset(discovery.document()["schemas"][schema]["properties"])


def listed(schema: str) -> frozenset[str]:
    """The values of the field `type` of a schema of Google's."""
    values = discovery.document()["schemas"][schema]["properties"]["type"]["enum"]
    return frozenset(value for value in values if not value.endswith("UNSPECIFIED"))


def _methods(used: set[str]) -> Iterator[Json]:
    refused, covered = refused_methods(), covered_methods()
    # What is there comes first.
    for method in sorted(discovery.methods(), key=lambda each: (each.id not in covered | refused, each.id)):
        if method.id in refused:
            state, note = YES, "refused, as Google refuses it to an app"
        elif method.id in covered:
            state, note = YES, ""
        else:
            state, note = NO, "answered 501"
        yield {"name": method.id, "covered": state, "used": method.id in used, "note": note}


def _rows(known: Mapping[str, tuple[str, str]], there: frozenset[str]) -> Iterator[Json]:
    for name in (*known, *sorted(there - set(known))):
        state, note = known.get(name, (NO, ""))
        yield {"name": name, "covered": state, "used": False, "note": note}
