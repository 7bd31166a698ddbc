"""A link as a picture to scan."""

import segno
from django.utils.safestring import SafeString


def qr_svg(address: str) -> SafeString:
    """An SVG for the page itself; size comes from the style sheet."""
    code = segno.make(address, error="m", micro=False)
    svg: str = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None, light="#fff")
    # It says nothing that the address beside it does not say.
    return SafeString(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
