/* The program that is started on Linux and on a Mac: CPython in its own folder, running the package `handbook`.

   Nothing outside the folder has a say: no environment variable of Python's, no packages of the person's, no
   module where the person happens to stand. Nothing is written beside the modules.

   HOME_ZIP (as "python311.zip") is given by the build. Where the folder is, linux.c and macos.c say. */

#include <Python.h>

#include "launcher.h"

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

static PyStatus configure(PyConfig *config, const struct place *place, int argc, char **argv)
{
    PyStatus status;

    config->site_import = 0;
    config->write_bytecode = 0;
    config->parse_argv = 0; /* all arguments are the handbook's */
    config->install_signal_handlers = 1;
    config->module_search_paths_set = 1;
    status = add_path(config, place->folder, HOME_ZIP);
    if (!PyStatus_Exception(status))
        status = add_path(config, place->folder, "lib");
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->home, place->folder);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(config, &config->executable, place->program);
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
    struct place place;
    const char *fault = find_place(&place);
    PyPreConfig before;
    PyConfig config;
    PyStatus status;

    if (fault != NULL) {
        fprintf(stderr, "handbook: %s\n", fault);
        return 1;
    }
    PyPreConfig_InitIsolatedConfig(&before);
    before.utf8_mode = 1; /* the handbook's files are UTF-8, whatever the system speaks */
    before.configure_locale = 1;
    status = Py_PreInitialize(&before);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);

    PyConfig_InitIsolatedConfig(&config);
    status = configure(&config, &place, argc, argv);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    return Py_RunMain();
}
