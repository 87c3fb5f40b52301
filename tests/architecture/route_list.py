"""Every route of the program with who may open it; `logged`: leaves only with its log entry.

A new route fails the test until it stands here, reviewed. Grouped by declaration.
"""

_BY_ROLE: dict[str, list[str]] = {
    "auditor": [
        "POST /access-log/export",
    ],
    "auditor, data_protection_officer": [
        "POST /access-log/verify",
    ],
    "auditor, data_protection_officer, register_owner": [
        "GET /registers/exports",
        "POST /registers/exports",
    ],
    "auditor, data_protection_officer, records_manager, register_owner": [
        "GET /disposal/lists",
    ],
    "auditor, data_protection_officer, records_manager, register_owner; logged": [
        "GET /disposal/lists/<int:list_id>",
        "GET /disposal/lists/<int:list_id>/certificate.json",
        "GET /disposal/lists/<int:list_id>/certificate.pdf",
        "GET /disposal/lists/<int:list_id>/certificate.txt",
    ],
    "auditor, data_protection_officer, register_owner, request_handler; logged": [
        "GET /requests",
    ],
    "auditor, data_protection_officer; logged": [
        "GET /access-log",
    ],
    "data_protection_officer": [
        "POST /registers/<int:register_id>/versions/<int:number>/publish",
    ],
    "data_protection_officer, records_manager, register_owner": [
        "GET /disposal/lists/<int:list_id>/approve",
        "POST /disposal/lists/<int:list_id>/approve",
        "GET /disposal/lists/<int:list_id>/cancel",
        "POST /disposal/lists/<int:list_id>/cancel",
        "GET /disposal/lists/<int:list_id>/return",
        "POST /disposal/lists/<int:list_id>/return",
        "POST /holds/<int:hold_id>/lift",
        "GET /holds/new",
        "POST /holds/new",
    ],
    "data_protection_officer, records_manager, register_owner, request_handler, staff": [
        "GET /clients/search",
        "GET /hand-overs",
        "POST /hand-overs/<int:hand_over_id>/acknowledge",
        "GET /locations",
    ],
    "data_protection_officer, records_manager, register_owner, request_handler, staff; logged": [
        "GET /clients",
        "GET /clients/<int:client_id>",
        "GET /clients/<int:client_id>/identity-code",
        "POST /clients/<int:client_id>/identity-code",
        "POST /clients/search",
        "GET /documents",
        "GET /documents/<int:document_id>",
        "GET /hand-overs/<int:hand_over_id>",
        "POST /hand-overs/<int:hand_over_id>/refuse",
        "GET /hand-overs/new",
        "POST /hand-overs/new",
        "GET /items/<int:item_id>/content",
        "GET /items/<int:item_id>/location",
        "POST /items/<int:item_id>/location",
    ],
    "data_protection_officer, records_manager, register_owner; logged": [
        "GET /disposal",
        "POST /disposal",
        "GET /disposal/lists/<int:list_id>/pick-list.pdf",
        "GET /holds",
    ],
    "data_protection_officer, register_owner": [
        "GET /registers/<int:register_id>/versions/<int:number>/findings/<string:facts>",
        "POST /registers/<int:register_id>/versions/<int:number>/findings/<string:facts>",
        "POST /registers/<int:register_id>/versions/<int:number>/findings/<string:facts>/revoke",
        "POST /registers/<int:register_id>/versions/<int:number>/propose",
        "POST /registers/<int:register_id>/versions/<int:number>/return",
    ],
    "data_protection_officer, request_handler": [
        "POST /requests/<int:request_id>/package",
        "GET /requests/new/client",
    ],
    "data_protection_officer, request_handler; logged": [
        "GET /requests/<int:request_id>",
        "GET /requests/<int:request_id>/close",
        "POST /requests/<int:request_id>/close",
        "GET /requests/<int:request_id>/extend",
        "POST /requests/<int:request_id>/extend",
        "GET /requests/<int:request_id>/hand-over",
        "POST /requests/<int:request_id>/hand-over",
        "GET /requests/<int:request_id>/identity",
        "POST /requests/<int:request_id>/identity",
        "GET /requests/<int:request_id>/package",
        "GET /requests/<int:request_id>/pick-list",
        "GET /requests/<int:request_id>/resume",
        "POST /requests/<int:request_id>/resume",
        "GET /requests/<int:request_id>/suspend",
        "POST /requests/<int:request_id>/suspend",
        "GET /requests/new",
        "POST /requests/new",
        "POST /requests/new/client",
    ],
    "public": [
        "GET /healthz",
        "GET /notices/",
        "GET /notices/<string:key>/",
        "GET /notices/<string:key>/<int:number>/<string:code>.html",
        "GET /notices/<string:key>/<int:number>/<string:code>.pdf",
        "GET /notices/<string:key>/index.html",
        "GET /notices/notice.css",
        "POST /language",
        "GET /readyz",
        "GET /sign-in",
        "POST /sign-in",
    ],
    "records_manager": [
        "POST /disposal/lists/<int:list_id>/certificate",
        "GET /disposal/lists/<int:list_id>/execute",
        "POST /disposal/lists/<int:list_id>/execute",
        "GET /locations/new",
        "POST /locations/new",
    ],
    "records_manager, register_owner, request_handler, staff; logged": [
        "GET /clients/<int:client_id>/consents",
        "POST /clients/<int:client_id>/consents",
        "GET /clients/<int:client_id>/edit",
        "POST /clients/<int:client_id>/edit",
        "GET /clients/consents/<int:consent_id>/withdraw",
        "POST /clients/consents/<int:consent_id>/withdraw",
    ],
    "records_manager, register_owner, staff": [
        "GET /clients/new",
        "POST /clients/new",
    ],
    "records_manager, register_owner, staff; logged": [
        "GET /clients/<int:client_id>/episodes/new",
        "POST /clients/<int:client_id>/episodes/new",
        "GET /episodes/<int:episode_id>/end",
        "POST /episodes/<int:episode_id>/end",
    ],
    "records_manager; logged": [
        "GET /disposal/lists/<int:list_id>/paper",
        "POST /disposal/lists/<int:list_id>/paper",
    ],
    "signed in": [
        "GET /",
        "GET /registers",
        "GET /registers/<int:register_id>",
        "GET /registers/<int:register_id>/versions/<int:number>",
        "GET /registers/<int:register_id>/versions/<int:number>/findings",
        "GET /registers/<int:register_id>/versions/<int:number>/notice",
        "GET /registers/<int:register_id>/versions/<int:number>/notice.pdf",
        "GET /retention-rules",
        "POST /sign-out",
        "POST /theme",
    ],
    "staff": [
        "GET /clients/<int:client_id>/reason",
        "POST /clients/<int:client_id>/reason",
    ],
    "staff; logged": [
        "GET /clients/<int:client_id>/documents/new",
        "POST /clients/<int:client_id>/documents/new",
    ],
}

ROUTES = {route: who for who, routes in _BY_ROLE.items() for route in routes}
