"""The kinds of artefact, one module each: a folder or a wheel goes in, one file in dist/ comes out."""
