"""Pictures: what one shows is data, and one drawing of it serves the screen and the paper.

`description` holds the nouns (which bars, dots and lines, with exact published numbers) and the
sentence that tells what the picture tells; `from_assessment` fills them. `drawing` makes of a
description and a `style` a drawing, `svg` writes it for the screen, `flowable` puts it on a page,
`listing` says it in lines of text. Descriptions and styles import no graphics, so a document may
carry them; nobody here knows Qt, and no colour is named outside a palette.
"""
