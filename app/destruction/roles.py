"""Who has a part in destruction. The second person may have any role that approves."""

from app.accounts.permissions import Role

PROPOSERS = (Role.RECORDS_MANAGER,)
EXECUTORS = (Role.RECORDS_MANAGER,)
APPROVERS = (Role.DATA_PROTECTION_OFFICER, Role.REGISTER_OWNER, Role.RECORDS_MANAGER)
HOLDERS = APPROVERS
# An auditor reads lists and certificates, which name no client.
READERS = (*APPROVERS, Role.AUDITOR)
