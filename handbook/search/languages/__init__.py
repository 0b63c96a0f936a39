"""Questions in the languages of the network, about a handbook in English.

letters, stems: what is one word in each language. tables: the words that are known. understanding: what a query means.
Not here: how sections are scored (search/ranking.py); nothing in this package is read before a query has a word that
neither the handbook nor English has."""
