"""GET and POST /export/<address>: hands a case to its handler, once, for a code that only the dialog showed.

Whatever is wrong (address, code, too late, used, too many tries, rights that ended) has one answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from bot.paper.case_pdf import case_pdf
from bot.reports import casefile
from bot.reports.casefile import Casefile, NotAllowed
from bot.reports.exporting.codes import Codes, hash_of
from bot.reports.exporting.document import Author, CaseDocument, Form, as_json
from bot.reports.exporting.ports import Waiting
from bot.reports.ports import CaseId
from bot.school.people import UserId
from bot.storage.transactions import Transaction
from bot.wiring import Bot
from bot.wording.catalogue import Phrases
from handlers import failing
from handlers.endpoints.export_page import ExportPage

LARGEST_FORM = 2_000
"""Bytes; a code and a choice are under a hundred."""

RACES_AT_MOST = 4
CONTENT_TYPES = {Form.PDF: "application/pdf", Form.JSON: "application/json; charset=utf-8"}

log = structlog.get_logger(__name__)


class NotKept(Exception):
    """Others kept acting on the case at this very moment, and the history could not be written."""


@dataclass(frozen=True, slots=True)
class ExportEndpoint:
    """Answers whoever comes with an address and a code."""

    bot: Bot
    page: ExportPage

    def show(self) -> Response:
        """The form, alike for every address: nothing is looked up."""
        return self.page.show()

    def give(self, address: str, given: Mapping[str, str]) -> Response:
        """The document, once; or the one answer to everything that is wrong."""
        form = Form.JSON if given.get("form") == Form.JSON else Form.PDF
        try:
            document = self._taken(address, given.get("code", ""), form)
            if document is None:
                log.warning("export.refused")
                return self.page.show(problem=self._phrases("export.page.wrong"), status=403)
            # After the commit: a page that fails leaves a step too many in the history, never one too few.
            body = case_pdf(document, self._phrases) if form is Form.PDF else as_json(document)
        except Exception as error:  # noqa: BLE001 - whatever breaks, a person gets a sentence and nothing is logged of it
            problem = self._phrases("export.page.broken", number=failing.incident(error))
            return self.page.show(problem=problem, status=500)
        log.info("export.given", form=form.value)
        response = Response(body, content_type=CONTENT_TYPES[form])
        response.headers["Content-Disposition"] = f'attachment; filename="{document.code}.{form.value}"'
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @property
    def _phrases(self) -> Phrases:
        return self.bot.wording.dutch

    def _taken(self, address: str, typed: str, form: Form) -> CaseDocument | None:
        """Uses the code up; None when it was not right."""
        codes, real_now = Codes(self.bot.keyring), self.bot.real_now()
        with self.bot.store.read() as transaction:
            waits = transaction.exports.is_waiting(hash_of(address), real_now)
        if not waits:
            # Compared all the same, and nothing written: strangers must not keep those who report waiting.
            codes.fits(None, address, typed)
            return None
        now = self.bot.clock.now()
        # The seats of this moment: whoever lost theirs meanwhile takes nothing out.
        bot = self.bot.at(now)
        with self.bot.store.write() as transaction:
            found = codes.claim(transaction.exports, address, typed, real_now)
            if found is None:
                return None
            transaction.exports.use(found.address_hash, real_now)
            return self._document(found, form, transaction, bot)

    def _document(self, found: Waiting, form: Form, transaction: Transaction, bot: Bot) -> CaseDocument | None:
        """The case as it is now, if this person may still take it; kept in its history in the same transaction."""
        binding = transaction.people.of_user(found.user)
        granted = transaction.reports.granted_case(found.case, found.user)
        if binding is None or granted is None or not granted[1].sees_story:
            return None
        now = bot.clock.now()
        person, case = bot.school.person(binding.email), granted[0]
        if not bot.is_recipient(person):
            return None
        for _ in range(RACES_AT_MOST):
            known = self.bot.histories.load(case, transaction.histories)
            try:
                entry = casefile.export(known, found.user, now, form.value)
            except NotAllowed:
                return None
            # Opened first: what cannot be shown was not taken out.
            story = self.bot.intake.tell(case)
            if self.bot.histories.append(case, known, entry, transaction.histories):
                told = Casefile(known.first_urgency, (*known.entries, entry))
                return self._author(found.user, transaction).write(case, story, told, by=person.name, now=now)
        raise NotKept("the history of a case could not be written")

    def _author(self, user: UserId, transaction: Transaction) -> Author:
        t = self._phrases

        def name_of(somebody: UserId) -> str:
            binding = transaction.people.of_user(somebody)
            return self.bot.school.person(binding.email).name if binding is not None else t("case.somebody")

        def code_of(other: CaseId) -> str:
            seen = transaction.reports.granted_case(other, user)
            return seen[0].code if seen is not None else t("bundle.another")

        return Author(t, self.bot.calendar, name_of, code_of)


def export_routes(endpoint: ExportEndpoint) -> Blueprint:
    """The routes of this endpoint."""
    routes = Blueprint("export", __name__)

    @routes.get("/export/<address>")
    def form(address: str) -> Response:  # noqa: ARG001 - nothing is looked up, whatever the address
        return _kept_nowhere(endpoint.show())

    @routes.post("/export/<address>")
    def give(address: str) -> Response:
        request.max_content_length = LARGEST_FORM
        try:
            given: Mapping[str, str] = request.form
        except HTTPException:
            # Larger than any code, or cut off on its way.
            given = {}
        return _kept_nowhere(endpoint.give(address, given))

    return routes


def _kept_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
