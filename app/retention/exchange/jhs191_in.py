"""Reading JHS 191 XML: our own export exactly, another system's as rules to be confirmed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.retention.definition_files import DefinitionError, DefinitionProblem
from app.retention.exchange.codes import PERSONAL_DATA, PUBLICITY
from app.retention.exchange.exact_xml import exact_rule, policies_in
from app.retention.exchange.incoming import UNNAMED, Draft, Incoming, policies_of, years_in
from app.retention.exchange.jhs191_out import SPACE
from app.retention.exchange.reading import duplicate_rule, not_years, problem
from app.retention.exchange.xml_nodes import Node, read_xml
from app.retention.policies import RetentionPolicy
from app.web.i18n import gettext as _

# helerm writes this where a record has no type.
_NO_TYPE = {"", "None"}
# Parts of a record or a class that say nothing on how long it is kept.
_NOT_RETENTION = (
    *("SalassapitoAikaArvo", "SalassapitoPerusteTeksti", "SalassapidonLaskentaperusteTeksti"),
    *("SuojaustasoKoodi", "TurvallisuusluokkaKoodi", "Kasittelysaannot", "TietojarjestelmaNimi"),
    *("Asiasanat", "PaatietoryhmatTeksti", "ProsessinOmistajaNimi", "Laajennos"),
)


def read_jhs191(path: Path) -> Incoming:
    """The rules of a file. Raises `DefinitionError` with every fault; then nothing is taken."""
    root = read_xml(path)
    if (root.space, root.name) != (SPACE, "Tos"):
        found = f"{{{root.space}}}{root.name}"
        message = _("The file is not JHS 191: it begins with %(found)s.", found=found[:200])
        remedy = _("The first element is Tos in the namespace %(space)s.", space=SPACE)
        raise DefinitionError(
            [problem(path, root.line, "wrong_format", root.name, message, remedy)]
        )
    reading = _Reading(path)
    for luokka in root.all("Luokka"):
        reading.read_class(luokka)
    reading.finish_remarks()
    if reading.problems:
        raise DefinitionError(reading.problems)
    exact = _once(path, policies_in(path, reading.exact), reading.exact)
    drafted = policies_of(reading.drafts, (policy.key for policy in exact))
    return Incoming((*exact, *drafted), tuple(reading.remarks))


@dataclass
class _Reading:
    """What has been gathered from one file."""

    path: Path
    exact: list[Node] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[DefinitionProblem] = field(default_factory=list)
    remarks: list[DefinitionProblem] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    first_line: dict[str, int] = field(default_factory=dict)

    def read_class(self, luokka: Node) -> None:
        """The records of a class; a class without any has a rule of its own."""
        process = luokka.child("KasittelyprosessiTiedot")
        if process is None:
            return
        place = luokka.words("Luokitustunnus")
        records = list(_records(process))
        for record in records:
            rule = next(filter(None, map(exact_rule, record.all("Laajennos"))), None)
            if rule is not None:
                self.exact.append(rule)
            else:
                self._read_record(record, process, place)
        if not records:
            name = luokka.words("Nimeke", "NimekeTeksti")
            in_language = luokka.words("Nimeke", "NimekeKielella", "NimekeTeksti")
            self._draft(process, process, place, name or in_language)

    def finish_remarks(self) -> None:
        """One remark for each kind of element that was left out, at the first of them."""
        for name, count in self.left_out.items():
            message = _("This is no part of a retention rule (%(count)s times).", count=count)
            remedy = _("Keep it in the system it comes from.")
            self._remark(self.first_line[name], name, message, remedy)

    def _remark(self, line: int, name: str, message: str, remedy: str) -> None:
        self.remarks.append(problem(self.path, line, "left_out", name, message, remedy))

    def _refuse(self, node: Node, message: str, remedy: str) -> None:
        found = problem(self.path, node.line, "bad_value", node.name, message, remedy)
        self.problems.append(found)

    def _read_record(self, record: Node, process: Node, place: str) -> None:
        kind = record.words("AsiakirjaluokkaTeksti")
        more = record.words("AsiakirjaluokkaTarkenneTeksti")
        name = ", ".join(word for word in (kind, more) if word not in _NO_TYPE)
        self._draft(record, process, place, name)

    def _draft(self, element: Node, process: Node, place: str, name: str) -> None:
        self._check_codes(element)
        self._count_left_out(element)
        own, inherited = element.child("Sailytysaikatiedot"), process.child("Sailytysaikatiedot")
        used = own if own is not None and own.children else inherited
        length = used.child("SailytysajanPituusArvo") if used is not None else None
        if used is None or length is None or not length.text.strip():
            remedy = _("Give it a retention period in the file, or a rule here.")
            message = _("There is no retention period, so no rule was made of it.")
            self._remark(element.line, name or element.name, message, remedy)
            return
        years = years_in(length.text.strip())
        if years is None:
            self._refuse(length, *not_years(length.text.strip()))
            return
        start = used.words("SailytysajanLaskentaperusteTeksti")
        reason = used.words("SailytysajanPerusteTeksti")
        self.drafts.append(Draft(name or UNNAMED, place, years, reason, start))

    def _check_codes(self, element: Node) -> None:
        restriction = element.child("Kayttorajoitustiedot")
        tables = {"JulkisuusluokkaKoodi": PUBLICITY, "HenkilotietoluonneKoodi": PERSONAL_DATA}
        for name, table in tables.items():
            node = restriction.child(name) if restriction is not None else None
            value = node.text.strip() if node is not None else ""
            if node is not None and value not in {str(code) for code in table}:
                known = ", ".join(f"{code} {words}" for code, words in table.items())
                message = _("“%(value)s” is not a code of this element.", value=value[:80])
                self._refuse(node, message, _("Use one of these: %(words)s.", words=known))

    def _count_left_out(self, element: Node) -> None:
        restriction = element.child("Kayttorajoitustiedot")
        for node in (*element.children, *(restriction.children if restriction else ())):
            if node.name in _NOT_RETENTION:
                self.left_out[node.name] += 1
                self.first_line.setdefault(node.name, node.line)


def _records(element: Node) -> Iterator[Node]:
    """The records under a process, through its acts and theirs."""
    for act in element.all("Toimenpidetiedot"):
        yield from act.all("Asiakirjatieto")
        yield from _records(act)


def _once(
    path: Path, policies: tuple[RetentionPolicy, ...], nodes: list[Node]
) -> list[RetentionPolicy]:
    """Each rule once: it stands with every record that follows it. Raises `DefinitionError`."""
    found: dict[str, RetentionPolicy] = {}
    problems = []
    for policy, node in zip(policies, nodes, strict=True):
        if found.setdefault(policy.key, policy) != policy:
            problems.append(duplicate_rule(path, node.line, policy.key))
    if problems:
        raise DefinitionError(problems)
    return list(found.values())
