"""What the register pages show, gathered from a version: matrix, findings, notice."""

from dataclasses import dataclass
from datetime import date

from app.registers import queries
from app.registers.definitions import RegisterDefinition, StorageRule
from app.registers.definitions.sharing import with_shared
from app.registers.differences import Audience, Change, difference, for_audience
from app.registers.editions import covered_by, covering_definition, rules_told
from app.registers.findings import Finding
from app.registers.models import RegisterVersion
from app.registers.notice import Notice, build_notice
from app.registers.settling import Settled, settled_findings
from app.retention.policies import Policies
from app.retention.queries import rules_in_force
from app.web.problems import NotFound


@dataclass(frozen=True)
class VersionPage:
    """A version of a register with all that its pages show.

    `whole`: the definition with what the register whose notice tells of this one states for both.
    """

    register_id: int
    version: RegisterVersion
    in_force: RegisterVersion | None
    before: RegisterVersion | None
    """The published version that this one follows, whether that has begun or not."""
    definition: RegisterDefinition
    settled: Settled
    policies: Policies
    covered: tuple[RegisterDefinition, ...]
    whole: RegisterDefinition

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that nobody has accepted."""
        return self.settled.open

    @property
    def is_current(self) -> bool:
        """Whether this is the version that rules the work now."""
        return self.in_force is not None and self.in_force.id == self.version.id

    @property
    def told(self) -> tuple[Change, ...]:
        """What this version changes for clients, compared with the one that it follows."""
        changes = changes_since(self.before, self) if self.before is not None else ()
        return for_audience(changes, Audience.CLIENTS)

    @property
    def proposed_by(self) -> str | None:
        """Who proposed the version; None for a draft."""
        return queries.person_name(self.version.proposed_by_id)

    @property
    def published_by(self) -> str | None:
        """Who published it; None before that."""
        return queries.person_name(self.version.published_by_id)

    def matrix(self) -> list[tuple[str, list[StorageRule | None]]]:
        """Each document type's key with its storage rule in every service, in their order."""
        services = [service.key for service in self.definition.services]
        return [
            (kind.key, [self.definition.storage_rule(service, kind.key) for service in services])
            for kind in self.definition.offered_types()
        ]

    def notice(self) -> Notice:
        """The privacy notice in the language in use."""
        return build_notice(self.definition, self.policies, self.covered)


def changes_since(before: RegisterVersion, page: VersionPage) -> tuple[Change, ...]:
    """What is different in a page's version from another, with the rules that each was told by."""
    old = queries.parse_definition(before.content)
    return difference(old, page.definition, rules_told(before), rules_told(page.version))


def version_page(register_id: int, number: int | None, as_of: date) -> VersionPage:
    """The page of a version; without a number the one in force, or the newest before the first.

    Raises `NotFound` for an unknown register or version.
    """
    versions = {version.number: version for version in queries.versions(register_id)}
    if not versions:
        raise NotFound(register_id)
    in_force = queries.version_in_force(register_id, as_of)
    version = versions.get(number) if number is not None else in_force or versions[max(versions)]
    if version is None:
        raise NotFound(number)
    definition = queries.parse_definition(version.content)
    policies = {rule.policy.key: rule.policy for rule in rules_in_force()}
    settled = settled_findings(register_id, definition, tuple(policies.values()))
    covered = covered_by(definition, version.in_force_from or as_of)
    whole = with_shared(definition, covering_definition(definition.key, as_of))
    return VersionPage(
        register_id,
        version,
        in_force,
        queries.version_before(version),
        definition,
        settled,
        policies,
        covered,
        whole,
    )
