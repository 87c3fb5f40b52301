"""The JSON-LD file: its context, the record of processing, and every node that it refers to.

The context stands in the file, so that a reader needs no network.
"""

import json
from collections.abc import Iterator

from app.registers.exports.dpv.nodes import (
    Names,
    Node,
    day,
    node,
    own,
    properties,
    references,
    text,
)
from app.registers.exports.dpv.parties import parties, transfers
from app.registers.exports.dpv.process import processes, subjects_and_data
from app.registers.exports.dpv.storage import retention_rule, stores, used_rules
from app.registers.exports.dpv.terms import OWN_NAMESPACE, OWN_PREFIX, OWN_TERMS, PREFIXES
from app.registers.exports.losses import ExportFormat, losses
from app.registers.exports.source import ExportedRegister, ExportSource
from app.web.i18n import current_language
from app.web.i18n import gettext as _

CONTEXT = {
    **PREFIXES,
    OWN_PREFIX: OWN_NAMESPACE,
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dpv_file(source: ExportSource) -> bytes:
    """The file. Texts of the registers are in all their languages, its own in the one in use."""
    graph = list(_graph(source))
    document = {"@context": CONTEXT, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(source: ExportSource) -> Iterator[Node]:
    of_registers: list[Node] = []
    activities: list[str] = []
    rules: dict[str, None] = {}
    for exported in source.registers:
        names = Names(exported.definition.key)
        made = list(processes(exported, names))
        activities += [process["@id"] for process in made]
        rules.update(dict.fromkeys(used_rules(exported.definition)))
        of_registers += [_register(exported, names), *made, *_parts(exported, names)]
    yield _record(source, activities)
    yield from of_registers
    for key in rules:
        yield retention_rule(key, source.policies)
    yield from _vocabulary()


def _record(source: ExportSource, activities: list[str]) -> Node:
    code = current_language()
    keys = [exported.definition.key for exported in source.registers]
    return node(
        ":".join(("urn:seloste:record", *keys, source.day.isoformat())),
        "dpv:ROPA",
        dct_title={"@value": _("Record of processing activities"), "@language": code},
        dct_creator=source.organisation,
        dct_created=day(source.day),
        dct_conformsTo="DPV 2.3",
        rdfs_comment=[
            {"@value": f"{_('Not in this file')}: {sentence}", "@language": code}
            for sentence in losses(ExportFormat.DPV)
        ],
        dpv_hasProcess=references(activities),
    )


def _register(exported: ExportedRegister, names: Names) -> Node:
    register = exported.definition
    # Of no type of any vocabulary: it is known by the property that leads to it.
    return {"@id": names.base} | properties(
        dct_title=text(register.name),
        dct_description=text(register.description),
        dct_identifier=register.key,
        seloste_version=exported.number,
        seloste_inForceFrom=day(exported.in_force_from),
    )


def _parts(exported: ExportedRegister, names: Names) -> Iterator[Node]:
    register = exported.definition
    yield from parties(register, names)
    yield from subjects_and_data(register, names)
    yield from transfers(register, names)
    yield from stores(register, names)
    yield node(
        names("notice"),
        "dpv:PrivacyNotice",
        dct_title=text(register.name),
        dct_description=text(register.notice.introduction),
    )


def _vocabulary() -> Iterator[Node]:
    """What our own terms mean, so that the file explains itself."""
    for name, meaning in OWN_TERMS.items():
        type_ = "rdfs:Class" if name[0].isupper() else "rdf:Property"
        yield node(own(name), type_, rdfs_comment={"@value": meaning, "@language": "en"})
