"""Exports: sections, chapters, workshops or the whole handbook as files of other programs.

    choice.py       what is exported: addresses, a workshop's packet, everything
    book.py         the chosen texts as element trees, and where a link between them leads
    links.py        which links out of the handbook stay links
    front.py        what stands before a workshop's texts: title, place, programme
    pictures.py     the pictures of a book as data
    archive.py      zip files of the same bytes each time
    formats.py      the formats, by name; writes a book as one of them and saves it
    words.py        what a file says besides its texts
    web_texts.py    the texts as HTML, for HTML, EPUB and ZIM
    web.py          HTML: one file, or a folder with a page that searches
    epub.py         EPUB 3
    word/           Word (the only package that imports docx)
    powerpoint/     slides for PowerPoint
    zim/            ZIM, for Kiwix (the only package that imports libzim)
    markdown.py     Markdown that this program reads again

Each format is one walk over the trees of a book. Not here: what an HTML text looks like (content/web_text.py), what is
in a packet (workshop/packet.py), slides (presenting/slides.py), paper (printing/)."""
