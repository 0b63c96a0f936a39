"""Pages: set by Typst (typeset/), drawn by PDFium (page_images). Not here: printers and windows (ui/printing/)."""
