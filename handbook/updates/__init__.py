"""Newer versions of the program, and handbooks, that came on a stick: are they what was published?"""
