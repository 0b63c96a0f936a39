"""Proofs: each kind of artefact is installed and used as a person would, and looked at from outside."""
