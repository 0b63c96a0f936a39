/* What differs between the systems of the launcher: where its own file is, and where from there CPython lies. */

#ifndef LAUNCHER_H
#define LAUNCHER_H

#include <limits.h>

struct place {
    char program[PATH_MAX];     /* this file, by its whole path */
    char folder[PATH_MAX + 32]; /* what HOME_ZIP and lib/ lie in */
};

/* Fill in both. Returns NULL, or a sentence that says why they are not found. */
const char *find_place(struct place *found);

#endif
