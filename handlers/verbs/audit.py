"""`protocolbot audit`: whether every case's history is as it was signed; never what is in one."""

import sys
from collections.abc import Mapping

import click

from bot.reports.keeping.auditing import Auditor, Books, Fault, Findings, RollFault
from bot.storage.transactions import Transaction
from bot.wiring import read_keys
from handlers import start
from handlers.verbs.opening import open_store
from handlers.verbs.saying import as_json, say, saying_what_is_wrong
from handlers.verbs.shell.progress import progress

_FAULTS: Mapping[Fault, str] = {
    Fault.CHAIN: "een stap of de melding zelf is veranderd, verwisseld of weggehaald",
    Fault.CUT_OFF: "de laatste stappen ontbreken",
    Fault.CHANGED: "de ondertekende stap is een andere",
    Fault.FORGED: "de handtekening is niet met onze sleutel gezet",
    Fault.GONE: "de zaak is weg, zonder dat die is opgeruimd",
    Fault.NOT_SIGNED: "na twee dagen nog niet ondertekend",
    Fault.NO_KEY: "de sleutel van de handtekening ontbreekt in REPORT_KEYS",
}

_ROLL: Mapping[RollFault, str] = {
    RollFault.NOT_SIGNED: "Er is nog niets ondertekend; dat doet de taak van elke minuut, een keer per dag.",
    RollFault.FORGED: "De lijst van alle zaken is veranderd, of is dat eerder geweest.",
    RollFault.MISSING: "De zaken die er nu zijn, zijn niet die van de ondertekende lijst.",
    RollFault.NO_KEY: "De sleutel waarmee de lijst is ondertekend, ontbreekt in REPORT_KEYS.",
}


@click.group()
def audit() -> None:
    """The signed histories of cases; names a case by its random id and nothing else."""


@audit.command(epilog="Example: protocolbot audit verify")
@as_json
@saying_what_is_wrong
def verify(json_wanted: bool) -> None:  # noqa: FBT001 - click hands every option over by name
    """Check every history, its signed head and the list of all of them; ends with 1 when something is wrong."""
    store, now = open_store()
    auditor = Auditor(read_keys(start.read_settings()))
    with store.read() as transaction:
        with progress(len(transaction.audit.cases()), "Geschiedenissen") as one_more:
            findings = auditor.verify(_books(transaction), now, one_more)
        purges = transaction.audit.purges()
    for case, fault in sorted(findings.broken.items()):
        say(json_wanted, {"case": case, "fault": fault.value}, f"{case}: {_FAULTS[fault]}.")
    fields = {
        "sound": findings.is_sound,
        "histories": findings.read,
        "broken": len(findings.broken),
        "roll": findings.roll.value if findings.roll is not None else None,
        "missing": findings.missing,
        "signed_on": findings.signed_on.isoformat() if findings.signed_on is not None else None,
        "purged": sum(purges.values()),
    }
    say(json_wanted, fields, _sentence(findings, sum(purges.values())))
    if not findings.is_sound:
        sys.exit(1)


@audit.command("begin-anew", epilog="Example: protocolbot audit begin-anew")
@click.option("--yes", is_flag=True, help="Leave out the question.")
@as_json
@saying_what_is_wrong
def begin_anew(*, yes: bool, json_wanted: bool) -> None:
    """Sign everything as it is now, after somebody found out what was wrong; what was broken is not found again."""
    if not yes:
        question = "Is uitgezocht en vastgelegd wat er mis was? Daarna is het niet meer te vinden."
        click.confirm(question, abort=True, err=True)
    store, now = open_store()
    auditor = Auditor(read_keys(start.read_settings()))
    with store.write() as transaction:
        auditor.begin_anew(_books(transaction), now.date())
        signed = len(transaction.audit.cases())
    say(json_wanted, {"signed": signed}, f"Opnieuw ondertekend: {signed} zaken.")


def _books(transaction: Transaction) -> Books:
    return Books(transaction.reports, transaction.histories, transaction.audit)


def _sentence(findings: Findings, purged: int) -> str:
    told = [_ROLL[findings.roll]] if findings.roll is not None else []
    told += [f"Minstens {findings.missing} ondertekende zaken ontbreken."] if findings.missing else []
    told.append(f"Bekeken: {findings.read} zaken, waarvan {len(findings.broken)} niet in orde. Opgeruimd: {purged}.")
    if findings.signed_on is not None:
        told.append(f"Laatst ondertekend op {findings.signed_on}; wat daarna kwam, is alleen door de keten gedekt.")
    return "\n".join(told)
