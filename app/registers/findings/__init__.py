"""Checks of a register definition: pure, repeatable, each finding with its law and its remedy.

A finding stops nothing by itself. The data protection officer settles it, in the register or in the
retention rules, and it is gone at the next check.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from app.registers.definitions import RegisterDefinition
from app.registers.definitions.rights import rights_that_apply
from app.registers.definitions.sharing import SHARED, with_shared
from app.registers.definitions.vocabulary import Capacity
from app.registers.findings.contradictions import (
    CONTRADICTION_CHECKS,
    rights_denied_by_another,
)
from app.registers.findings.marketing import electronic_marketing
from app.registers.findings.model import Explanation, Finding, FindingCode, Severity
from app.registers.findings.naming import NAME_CHECKS, outdated_bodies
from app.registers.findings.notice_items import NOTICE_CHECKS, PROTECTION_CHECKS, WHO_CHECKS
from app.registers.findings.practice import PRACTICE_CHECKS
from app.registers.findings.record_items import COMMON_CHECKS, PROCESSOR_CHECKS, RECORD_CHECKS
from app.registers.findings.retention_items import (
    category_retention,
    policy_items,
    repealed_laws,
    retention_rules,
    translations,
)
from app.registers.findings.texts import explain, finding
from app.retention.policies import PolicySet

# Both records of Art. 30: who, with whom, to which country, how protected.
_ALWAYS = (*WHO_CHECKS, *COMMON_CHECKS, *PROTECTION_CHECKS)

# Art. 30(1) and the notice of Arts. 13 and 14; a processor owes neither of its own.
_OF_CONTROLLER = (
    *NOTICE_CHECKS,
    *RECORD_CHECKS,
    category_retention,
    *CONTRADICTION_CHECKS,
    electronic_marketing,
)

_SHARED = {(part,) for part in SHARED}

__all__ = [
    "Explanation",
    "Finding",
    "FindingCode",
    "Severity",
    "check_policies",
    "check_register",
    "explain",
]


def check_register(
    register: RegisterDefinition,
    policies: PolicySet,
    as_of: date | None = None,
    covering: RegisterDefinition | None = None,
) -> tuple[Finding, ...]:
    """Everything the checks find in a register and the rules it uses, the most serious first.

    `as_of` is the day on which repealed laws are judged; None counts every repeal that is known.
    `covering` is the register whose notice tells of this one too: what it states for both is not
    asked again, and what is found in it is not repeated.
    """
    if covering is not None:
        return _worst_first(_beside(register, covering, policies, as_of))
    found: list[Finding] = []
    own = _OF_CONTROLLER if register.capacity is Capacity.CONTROLLER else PROCESSOR_CHECKS
    for check in (*_ALWAYS, *own, *NAME_CHECKS, *PRACTICE_CHECKS, translations):
        found.extend(check(register))
    found.extend(retention_rules(register, policies, as_of))
    found.extend(repealed_laws(register, as_of))
    found.extend(outdated_bodies(register, as_of))
    return _worst_first(found)


def _beside(
    register: RegisterDefinition,
    covering: RegisterDefinition,
    policies: PolicySet,
    as_of: date | None,
) -> Iterator[Finding]:
    """The findings of a covered register that are not those of the covering one."""
    known = {finding.fingerprint for finding in check_register(covering, policies, as_of)}
    told = rights_that_apply(covering)
    for found in check_register(with_shared(register, covering), policies, as_of):
        if found.code is FindingCode.RIGHTS_MISSING:
            own = [right for right in rights_that_apply(register) if right not in told]
            missing = tuple(right for right in own if covering.right(right) is None)
            if missing:
                yield finding(found.code, found.where, rights=missing)
            continue
        if found.code is FindingCode.RIGHT_DENIED and register.rights is None:
            continue
        is_repeated = found.where[:1] in _SHARED and found.fingerprint in known
        # The texts that it took over are translated there or not.
        if found.code is not FindingCode.TRANSLATION_MISSING and not is_repeated:
            yield found
    yield from rights_denied_by_another(register, covering)
    yield from translations(register)


def check_policies(policies: PolicySet, as_of: date | None = None) -> tuple[Finding, ...]:
    """What a person should settle in the retention rules themselves, the most serious first."""
    return _worst_first(item for policy in policies for item in policy_items(policy, as_of))


def _worst_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """In the order of their severity, each but once: two parts may have the same fault."""
    order = list(Severity)
    different = {finding.fingerprint: finding for finding in found}
    return tuple(sorted(different.values(), key=lambda finding: order.index(finding.severity)))
