"""Pages of changes of retention rules: proposing with the effect shown first, and deciding."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.accounts.permissions import Role, access, current_actor, signed_in
from app.documents.services import Outlook, outlook
from app.reports.queries import retention_rules as queries
from app.reports.queries.retention_rules import RulePage
from app.reports.services import approve_rule_change
from app.reports.views.retention_rules import WORDS, blueprint
from app.retention import services
from app.retention.confirmation import confirmation_after
from app.retention.differences import all_differences
from app.retention.explain import example
from app.retention.forms import KEEP, MOVE, DecisionForm, RuleForm
from app.retention.policies import RetentionPolicy
from app.retention.queries import ProposalPage, proposal_page
from app.retention.queries.rules import keys_of_versions
from app.retention.services import Change
from app.web.acts import done
from app.web.acts import key as number_in_address
from app.web.i18n import format_date, pick
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

__all__ = ["blueprint"]

Page = str | tuple[str, int] | Response


@blueprint.route("/<string:key>/change", methods=["GET", "POST"])
@access(*services.PROPOSERS)
def change(key: str) -> Page:
    """Propose a change of a rule: type it, see what follows from it, propose it."""
    return _typing(queries.rule_page(current_actor(), key))


@blueprint.route("/proposals/new", methods=["GET", "POST"])
@access(*services.PROPOSERS)
def new_rule() -> Page:
    """Propose a new rule."""
    return _typing(None)


@blueprint.get("/proposals/<int:proposal_id>")
@signed_in
def proposal(proposal_id: int) -> str:
    """A proposal: who proposes what and why, what it changes, and what became of it."""
    return _show(proposal_page(proposal_id), DecisionForm(formdata=None))


@blueprint.post("/proposals/<int:proposal_id>/approve")
@access(Role.DATA_PROTECTION_OFFICER)
def approve(proposal_id: int) -> Page:
    """Make a version of the rule of what another person has proposed."""
    try:
        version = approve_rule_change(current_actor(), proposal_id)
    except InputError as problem:
        form = DecisionForm(formdata=None)
        form.attach(problem)
        return _show(proposal_page(proposal_id), form), 422
    day = format_date(version.in_force_from)
    flash(_("The change is approved. It is in force from %(day)s.", day=day), "success")
    return redirect(url_for(".show", key=version.rule.key), code=303)


@blueprint.route("/proposals/<int:proposal_id>/reject", methods=["GET", "POST"])
@access(Role.DATA_PROTECTION_OFFICER)
def reject(proposal_id: int) -> Page:
    """Turn down what another person has proposed, with the reason."""
    return _stop(proposal_id, own=False)


@blueprint.route("/proposals/<int:proposal_id>/withdraw", methods=["GET", "POST"])
@access(*services.PROPOSERS)
def withdraw(proposal_id: int) -> Page:
    """Take an own proposal back, with the reason."""
    return _stop(proposal_id, own=True)


def _typing(page: RulePage | None) -> Page:
    """The form of a change; it is proposed only after the page has shown what follows from it."""
    form = RuleForm()
    form.offer()
    if not form.is_submitted():
        _begin(page, form)
        return _form(page, form, None)
    if page is None:
        form.make_key(set(keys_of_versions().values()))
    if form.rearrange(request.form):
        return _form(page, form, None)
    policy = form.read(page.last.policy if page else None)
    if policy is None:
        form.shown.data = ""
        return _form(page, form, None), 422
    fingerprint = f"{policy.content_hash} {form.in_force_from.data} {form.earlier.data}"
    if "propose" in request.form and form.shown.data == fingerprint:
        made = _propose(form, policy)
        if made is not None:
            flash(_("The change is proposed. Another person decides on it."), "success")
            return redirect(url_for(".proposal", proposal_id=made), code=303)
    _tell_if_overtaken(page, form)
    form.shown.data = fingerprint
    return _form(page, form, policy), 422 if form.errors else 200


def _begin(page: RulePage | None, form: RuleForm) -> None:
    """Start from the last version, or from an earlier proposal on the same rule."""
    policy = page.last.policy if page else None
    earlier_id = number_in_address("from")
    if earlier_id is not None:
        earlier = proposal_page(earlier_id).proposal
        if page is not None and earlier.row.rule_key != page.policy.key:
            raise NotFound(earlier_id)
        policy = earlier.policy
        form.reason.data = earlier.row.reason
        form.earlier.data = MOVE if earlier.row.moves_earlier else KEEP
    if policy is not None:
        form.fill(policy)
    form.seen.data = str(page.last.number if page else 0)


def _propose(form: RuleForm, policy: RetentionPolicy) -> int | None:
    """The id of the new proposal; None when it was refused, and then the form says why."""
    asked = Change(policy, form.in_force_from.data, form.reason.data, form.moves_earlier)
    try:
        return services.propose(current_actor(), asked, seen=form.seen_number).id
    except InputError as problem:
        form.attach(problem)
        return None


def _tell_if_overtaken(page: RulePage | None, form: RuleForm) -> None:
    """A page goes on from the version it shows the difference to, and says when that is new."""
    if page is None or form.seen_number == page.last.number:
        return
    if not form.errors:
        form.form_errors.append(
            _(
                "The rule has changed since you opened it: version %(number)s is the last one now. "
                "What you typed is kept; see what it changes, and propose it again.",
                number=page.last.number,
            )
        )
    form.seen.data = str(page.last.number)


def _form(page: RulePage | None, form: RuleForm, policy: RetentionPolicy | None) -> str:
    """The form; with a `policy` that holds together, what follows from it stands above."""
    before = page.last.policy if page else None
    return render_template(
        "retention/change.html",
        page=page,
        form=form,
        policy=policy,
        changes=all_differences(before, policy) if policy else [],
        examples=_examples(before, policy, form.example_on.data) if policy else [],
        example_on=form.example_on.data,
        moves=form.moves_earlier,
        outlook=_outlook(page, policy, form.in_force_from.data)
        if policy and form.moves_earlier
        else None,
        **WORDS,
    )


def _show(page: ProposalPage, form: DecisionForm) -> str:
    row = page.proposal.row
    before = page.base.policy if page.base else None
    rule = queries.rule_page(current_actor(), row.rule_key) if page.last else None
    return render_template(
        "retention/proposal.html",
        proposal=page,
        row=row,
        policy=page.proposal.policy,
        page=rule,
        form=form,
        changes=all_differences(before, page.proposal.policy),
        examples=_examples(before, page.proposal.policy, row.in_force_from),
        example_on=row.in_force_from,
        proposers=services.PROPOSERS,
        confirmation=confirmation_after(rule.policy, page.proposal.policy, again=page.is_overtaken)
        if rule and row.state == "proposed"
        else None,
        moves=row.moves_earlier,
        outlook=_outlook(rule, page.proposal.policy, row.in_force_from)
        if row.moves_earlier and row.state == "proposed"
        else None,
        **WORDS,
    )


def _outlook(page: RulePage | None, policy: RetentionPolicy, day: date) -> Outlook | None:
    """What becomes of the documents that were logged before the change, when it moves them."""
    if page is None:
        return None
    versions = [row.version.id for row in page.versions]
    return outlook(current_actor(), policy, versions, day)


def _stop(proposal_id: int, *, own: bool) -> Page:
    """Ask for the reason, and end a proposal."""
    page = proposal_page(proposal_id)
    form = DecisionForm()
    act = services.withdraw if own else services.reject
    ended = done(form, lambda: act(current_actor(), proposal_id, form.decision_reason.data))
    if ended is not None:
        flash(_("The proposal is withdrawn.") if own else _("The proposal is rejected."), "success")
        return redirect(url_for(".proposal", proposal_id=proposal_id), code=303)
    answer = render_template(
        "retention/stop.html", proposal=page, policy=page.proposal.policy, form=form, own=own
    )
    return answer, 422 if form.errors else 200


def _examples(
    before: RetentionPolicy | None, after: RetentionPolicy, day: date
) -> list[tuple[str, list[str]]]:
    """What would follow for a trigger on a day, before and after the change, with a heading."""
    rows = [(_("Until now"), before)] if before is not None else []
    rows.append((_("After the change"), after))
    return [part for heading, policy in rows for part in _example(heading, policy, day)]


def _example(heading: str, policy: RetentionPolicy, day: date) -> list[tuple[str, list[str]]]:
    """What would follow by a rule, and by each of its other lengths that is a period."""
    found = [(heading, example(policy.terms(), day))]
    found.extend(
        (f"{heading} – {pick(each.condition)}", example(each.terms(), day))
        for each in policy.alternatives
        if each.retention_period is not None
    )
    return found
