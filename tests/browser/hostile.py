"""Strings that attack: templates, markup, scripts, quotes, direction, length."""

TEMPLATES = ("{{7*7}}", "{# never shut", "{% set a = 7*7 %}{{ a }}", "${7*7}", "#{7*7}")
MARKUP = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "</style></title></textarea><svg onload=window.pwned=1>",
    "javascript:window.pwned=1",
)
WORDS = (
    "a \"double\" and a 'single' quote, a \\ and a , comma",
    "photo\u202egpj.exe",
    "عربي \u2067 english",
    "W" * 10_000,
    "two\nlines & an &amp; <b>entity</b>",
)
STRINGS = (*TEMPLATES, *MARKUP, *WORDS)
"""None is another's part, and none has spaces at its ends."""
