"""What a register takes from the one whose notice tells of it too, where it says nothing itself.

Two registers of one organisation have one controller and one officer: a covered register states its
own purposes, people, data, sources, recipients and periods, and need not repeat the rest.
"""

from app.registers.definitions.model import RegisterDefinition

SHARED = (
    "version",
    "controllers",
    "joint_arrangement",
    "data_protection_officer",
    "owner",
    "contact",
    "transfers",
    "safeguards",
    "automated_decisions",
    "rights",
)


def with_shared(
    register: RegisterDefinition, covering: RegisterDefinition | None
) -> RegisterDefinition:
    """The register with what the covering one states for both; `covering` None: as it is.

    An empty list of rights is a statement of its own and stays.
    """
    if covering is None:
        return register
    taken = {
        part: getattr(covering, part)
        for part in SHARED
        if getattr(register, part) is None or (part != "rights" and not getattr(register, part))
    }
    return register.model_copy(update=taken)
