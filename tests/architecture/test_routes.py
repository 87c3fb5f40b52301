"""Every page declares its role; a page that is not listed here fails."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.accounts.permissions import Role
from app.accounts.services import sign_in
from tests.architecture.route_list import ROUTES
from tests.fixtures.people import PASSWORD, MakeActor


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def declaration(app: Flask, endpoint: str) -> str:
    """What a view declares, as one line: `public`, `signed in`, or its roles, with `logged`."""
    view = app.view_functions[endpoint]
    if getattr(view, "public", False):
        return "public"
    roles: frozenset[Role] | None = getattr(view, "roles", None)
    if roles is None:
        return "undeclared"
    who = "signed in" if roles == frozenset(Role) else ", ".join(sorted(roles))
    return f"{who}; logged" if getattr(view, "client_data", False) else who


def test_every_route_is_listed_with_its_role(app: Flask) -> None:
    found = {
        f"{method} {rule.rule}": declaration(app, rule.endpoint)
        for rule in rules(app)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }

    assert found == ROUTES


def test_no_route_is_undeclared(app: Flask) -> None:
    assert "undeclared" not in {declaration(app, rule.endpoint) for rule in rules(app)}


def test_addresses_are_kebab_case_with_typed_parts(app: Flask) -> None:
    plain = re.compile(r"[a-z0-9-]+(\.[a-z]+)?")
    for rule in rules(app):
        for part in rule.rule.strip("/").split("/"):
            parameter = part.startswith("<")
            assert not part or (":" in part if parameter else plain.fullmatch(part)), rule.rule


def test_a_stranger_sees_only_what_is_public(app: Flask) -> None:
    client = app.test_client()
    for rule in rules(app):
        if declaration(app, rule.endpoint) == "public" or "GET" not in (rule.methods or set()):
            continue
        url = re.sub(r"<int:[a-z_]+>", "1", rule.rule)
        answer = client.get(url)
        assert answer.status_code == 303, url
        assert answer.location.startswith("/sign-in?next="), url


def test_no_form_is_accepted_without_its_token(app: Flask) -> None:
    client = app.test_client()
    for rule in rules(app):
        if "POST" in (rule.methods or set()):
            url = re.sub(r"<int:[a-z_]+>", "1", rule.rule)
            assert client.post(url, data={"anything": "1"}).status_code == 400, url


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_nothing_that_it_is_not_declared_for(
    app: Flask, role: Role, make_actor: MakeActor
) -> None:
    make_actor("kokeilija", role)
    client = app.test_client()
    with client.session_transaction() as session:
        session["token"] = sign_in("kokeilija", PASSWORD, "192.0.2.1")
    for rule in rules(app):
        view = app.view_functions[rule.endpoint]
        roles = getattr(view, "roles", frozenset())
        refused = not getattr(view, "public", False) and role not in roles
        if refused and "GET" in (rule.methods or set()):
            url = re.sub(r"<int:[a-z_]+>", "1", rule.rule)
            assert client.get(url).status_code == 403, url


def test_nothing_is_done_that_was_not_sent_from_a_page_of_its_own(
    app: Flask, make_actor: MakeActor
) -> None:
    """Another site can make a browser send a form, but cannot read the token that belongs to it."""
    make_actor("kaikki", *Role)
    client = app.test_client()
    with client.session_transaction() as session:
        session["language"] = "en"
        session["token"] = sign_in("kaikki", PASSWORD, "192.0.2.1")
    for rule in rules(app):
        url = re.sub(r"<int:[a-z_]+>", "1", rule.rule)
        url = re.sub(r"<[a-z]+:[a-z_]+>", "x", url)
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            answer = client.open(url, method=method, data={"csrf_token": "guessed"})
            assert answer.status_code == 400, url
            assert "The form had expired, so nothing was saved." in answer.text, url
