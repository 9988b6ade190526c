"""Text in the XML of an export."""

import re
from xml.sax.saxutils import escape

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no place for (section 2.2), and controls that it only discourages."""


def escaped(text: str) -> str:
    """The text between two tags or quotes, without characters that no XML can hold."""
    return escape(_NO_XML.sub("", text), {'"': "&quot;"})
