/* Never compiled: see README.md. CPython in the bundle that this file lies in, running the package `handbook`.

   Nothing outside the folder has a say: no environment variable of Python's, no packages of the person's, no
   module where the person happens to stand. Nothing is written beside the modules.

   HOME_ZIP (as "python311.zip") is given by the build. */

#include <Python.h>
#include <limits.h>
#include <mach-o/dyld.h>
#include <stdlib.h>
#include <string.h>

static PyStatus add_path(PyConfig *config, const char *folder, const char *name)
{
    char path[PATH_MAX + 64];
    wchar_t *wide;
    PyStatus status;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    wide = Py_DecodeLocale(path, NULL);
    if (wide == NULL)
        return PyStatus_NoMemory();
    status = PyWideStringList_Append(&config->module_search_paths, wide);
    PyMem_RawFree(wide);
    return status;
}

static PyStatus configure(PyConfig *config, const char *program, const char *folder, int argc, char **argv)
{
    PyStatus status;

    config->site_import = 0;
    config->write_bytecode = 0;
    config->parse_argv = 0; /* all arguments are the handbook's */
    config->install_signal_handlers = 1;
    config->module_search_paths_set = 1;
    status = add_path(config, folder, HOME_ZIP);
    if (!PyStatus_Exception(status))
        status = add_path(config, folder, "lib");
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->home, folder);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->executable, program);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesArgv(config, argc, argv);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetString(config, &config->run_module, L"handbook");
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(config);
    return status;
}

int main(int argc, char **argv)
{
    char found[PATH_MAX], program[PATH_MAX], folder[PATH_MAX + 32];
    uint32_t size = sizeof found;
    PyPreConfig before;
    PyConfig config;
    PyStatus status;

    if (_NSGetExecutablePath(found, &size) != 0 || realpath(found, program) == NULL) {
        fputs("handbook: its own folder is not found.\n", stderr);
        return 1;
    }
    strcpy(folder, program);
    *strrchr(folder, '/') = '\0'; /* Contents/MacOS */
    *strrchr(folder, '/') = '\0'; /* Contents */
    strcat(folder, "/Resources");

    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1; /* the handbook's files are UTF-8, whatever the system speaks */
    before.configure_locale = 1;
    status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);

    PyConfig_InitIsolatedConfig(&config);
    status = configure(&config, program, folder, argc, argv);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    return Py_RunMain();
}
