"""Verifying a certificate: with its note and the public key, and nothing else."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.audit.checkpoint import Signer
from app.destruction.certificate import (
    CertificateRefused,
    canonical,
    sign,
    statement_hash,
    verify_certificate,
)

SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
OTHER = Signer(Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))
VKEY = SIGNER.verifier.vkey
STATEMENT = canonical({"list": "H-12", "documents": [{"document": 4, "client": 88}]})
NOTE = sign(STATEMENT, SIGNER)


def test_a_signed_statement_verifies_and_says_which_list_it_is() -> None:
    verified = verify_certificate(STATEMENT, NOTE, VKEY)

    assert verified.reference == "H-12"
    assert verified.facts["documents"] == [{"document": 4, "client": 88}]


def test_the_same_facts_give_the_same_text() -> None:
    facts = {"documents": [], "list": "H-1", "organisation": "Säätiö"}

    assert canonical(facts) == canonical(dict(reversed(facts.items())))
    assert statement_hash(canonical(facts)) == statement_hash(canonical(facts))


def test_any_change_of_the_statement_is_noticed() -> None:
    for position in range(len(STATEMENT)):
        changed = STATEMENT[:position] + "x" + STATEMENT[position + 1 :]
        if changed != STATEMENT:
            with pytest.raises(CertificateRefused):
                verify_certificate(changed, NOTE, VKEY)


@pytest.mark.parametrize(
    ("statement", "note", "vkey"),
    [
        (STATEMENT, NOTE, OTHER.verifier.vkey),
        (STATEMENT, sign(STATEMENT, OTHER), VKEY),
        (STATEMENT, NOTE.replace("H-12", "H-13"), VKEY),
        (STATEMENT, "", VKEY),
        (STATEMENT, NOTE, "no key"),
        (canonical({"list": "H-13"}), NOTE, VKEY),
        ("not JSON", NOTE, VKEY),
        ("[]", NOTE, VKEY),
    ],
)
def test_what_does_not_belong_together_is_refused(statement: str, note: str, vkey: str) -> None:
    with pytest.raises(CertificateRefused):
        verify_certificate(statement, note, vkey)


def test_a_checkpoint_of_the_log_is_no_certificate() -> None:
    checkpoint = SIGNER.sign(12, b"\x00" * 32)

    with pytest.raises(CertificateRefused):
        verify_certificate(STATEMENT, checkpoint, VKEY)


def test_a_statement_of_another_kind_is_refused_though_it_is_signed() -> None:
    other = json.dumps({"kind": "something else", "v": 1, "list": "H-12"})

    with pytest.raises(CertificateRefused):
        verify_certificate(other, sign(other, SIGNER), VKEY)
