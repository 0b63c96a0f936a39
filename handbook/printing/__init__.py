"""Makes pages: PDF with Typst (typeset/), pictures of them with PDFium (page_images). Not printers, nor windows."""
