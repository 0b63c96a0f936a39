/* Where the program is on Linux: the kernel knows, whatever link it was started by. */

#include <string.h>
#include <unistd.h>

#include "launcher.h"

const char *find_place(struct place *found)
{
    ssize_t length = readlink("/proc/self/exe", found->program, sizeof found->program - 1);

    if (length <= 0)
        return "its own folder is not found: /proc is not there.";
    found->program[length] = '\0';
    strcpy(found->folder, found->program);
    *strrchr(found->folder, '/') = '\0';
    return NULL;
}
