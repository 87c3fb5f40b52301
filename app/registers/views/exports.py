"""The page from which registers leave the program as files."""

import io

from flask import render_template, send_file

from app.accounts.permissions import access, current_actor
from app.registers import queries, services
from app.registers.exports.losses import ExportFormat, losses
from app.registers.forms import ExportForm
from app.registers.views.common import Page, blueprint


@blueprint.get("/exports")
@access(*services.EXPORTERS)
def exports() -> Page:
    """Choose what is exported; each format says what it cannot tell."""
    return _page(_form())


@blueprint.post("/exports")
@access(*services.EXPORTERS)
def export() -> Page:
    """The file, after its log entry."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    file = services.export(
        current_actor(),
        ExportFormat(form.kind.data),
        language=form.language.data,
        register_id=int(form.register.data) if form.register.data else None,
    )
    return send_file(
        io.BytesIO(file.content), file.media_type, as_attachment=True, download_name=file.name
    )


def _form() -> ExportForm:
    form = ExportForm()
    form.offer(queries.register_choices(current_actor(), *services.EXPORTERS))
    return form


def _page(form: ExportForm) -> str:
    told = {kind: losses(kind) for kind in ExportFormat}
    return render_template("registers/exports.html", form=form, losses=told)
