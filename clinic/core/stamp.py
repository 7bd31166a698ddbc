"""A copy of a finished paper that says on every page what has become of it since.

The stored bytes are never touched: the mark is laid over a copy when it is opened or printed.
"""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import ContentStream, NameObject, StreamObject

from clinic.core.pdf import render


def stamped(pdf: bytes, *, word: str, sentence: str) -> bytes:
    """The paper with `word` ("WITHDRAWN") and `sentence` at the top of every page and in its title.

    The same input gives the same bytes.
    """
    mark = _mark(word, sentence)
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        page.merge_page(mark)
        page.compress_content_streams()
    title = writer.metadata.title if writer.metadata else None
    told = f"{word}: {title}" if title else word
    writer.add_metadata({"/Title": told})
    _retitle(writer, title or "", told)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _mark(word: str, sentence: str) -> PageObject:
    """One page with nothing but the mark, which screen readers hear from the title instead."""
    html = render_to_string("papers/stamp.html", {"word": word, "sentence": sentence})
    css = [Path(settings.BASE_DIR) / "static/css/stamp-paper.css"]
    drawn = render(html, css=css, title=word, lang="en-GB", tagged=False).data
    page = PdfReader(BytesIO(drawn)).pages[0]
    content = page.get_contents()
    whole = StreamObject()
    whole.set_data(
        b"/Artifact BMC\n" + (content.get_data() if content is not None else b"") + b"\nEMC\n"
    )
    page[NameObject("/Contents")] = ContentStream(whole, None)
    return page


def _retitle(writer: PdfWriter, before: str, after: str) -> None:
    """The title that the archive's own metadata holds is the same as the one on the window."""
    stream = writer.root_object.get("/Metadata")
    if stream is None or not before:
        return
    found = stream.get_object()
    data = found.get_data().decode().replace(_escaped(before), _escaped(after))
    fresh = StreamObject()
    fresh.set_data(data.encode())
    fresh[NameObject("/Type")] = NameObject("/Metadata")
    fresh[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(fresh)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
