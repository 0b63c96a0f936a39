/* Where the program is on a Mac, in a bundle: Contents/MacOS/handbook, with CPython in Contents/Resources.

   Never compiled: see packaging/macos/README.md. */

#include <mach-o/dyld.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "launcher.h"

const char *find_place(struct place *found)
{
    char named[PATH_MAX];
    uint32_t size = sizeof named;

    if (_NSGetExecutablePath(named, &size) != 0 || realpath(named, found->program) == NULL)
        return "its own folder is not found.";
    strcpy(found->folder, found->program);
    *strrchr(found->folder, '/') = '\0'; /* Contents/MacOS */
    *strrchr(found->folder, '/') = '\0'; /* Contents */
    strcat(found->folder, "/Resources");
    return NULL;
}
