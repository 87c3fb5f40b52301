"""Small real files of each kind, made by the libraries that people's programs use too."""

import zipfile
from io import BytesIO

from PIL import Image
from reportlab.pdfgen import canvas

OOXML = "application/vnd.openxmlformats-officedocument."
ODT = "application/vnd.oasis.opendocument.text"


def pdf() -> bytes:
    sink = BytesIO()
    page = canvas.Canvas(sink)
    for number in range(3):
        page.drawString(100, 700, f"Lausunto, sivu {number}")
        page.showPage()
    page.save()
    return sink.getvalue()


def image(kind: str, width: int = 60, height: int = 40, pages: int = 1) -> bytes:
    sink = BytesIO()
    picture = Image.effect_noise((width, height), 60)
    more = {"save_all": True, "append_images": [picture] * (pages - 1)} if pages > 1 else {}
    picture.save(sink, kind, **more)
    return sink.getvalue()


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = BytesIO()
    with zipfile.ZipFile(sink, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return sink.getvalue()


def office_members(kind: str = "wordprocessingml.document") -> dict[str, bytes]:
    part = "word/document.xml" if kind.startswith("word") else "xl/workbook.xml"
    types = f'<Types><Override PartName="/{part}" ContentType="{OOXML}{kind}.main+xml"/></Types>'
    return {"[Content_Types].xml": types.encode(), "_rels/.rels": b"<r/>", part: b"<x/>" * 500}


def docx() -> bytes:
    return archive(office_members())


def xlsx() -> bytes:
    return archive(office_members("spreadsheetml.sheet"))


def odt() -> bytes:
    return archive({"mimetype": ODT.encode(), "content.xml": b"<x/>" * 500})
