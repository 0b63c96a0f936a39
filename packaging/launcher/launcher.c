/* The program that is started on Linux: CPython in its own folder, running the package `handbook`.

   Nothing outside the folder has a say: no environment variable of Python's, no packages of the person's, no
   module where the person happens to stand. Nothing is written beside the modules.

   HOME_ZIP (as "lib/python313.zip") is given by the build. */

#include <Python.h>

#include <limits.h>
#include <unistd.h>

struct place {
    char program[PATH_MAX]; /* this file, by its whole path: the kernel knows, whatever link it was started by */
    char folder[PATH_MAX];  /* what lib/ lies in */
};

static int find_place(struct place *found)
{
    ssize_t length = readlink("/proc/self/exe", found->program, sizeof found->program - 1);

    if (length <= 0)
        return 0;
    found->program[length] = '\0';
    strcpy(found->folder, found->program);
    *strrchr(found->folder, '/') = '\0';
    return 1;
}

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

#define TRY(step)                     \
    status = (step);                  \
    if (PyStatus_Exception(status))   \
        return status

static PyStatus configure(PyConfig *config, const struct place *place, int argc, char **argv)
{
    PyStatus status;

    config->site_import = 0;
    config->write_bytecode = 0;
    config->parse_argv = 0; /* all arguments are the handbook's */
    config->install_signal_handlers = 1;
    config->module_search_paths_set = 1;
    TRY(add_path(config, place->folder, HOME_ZIP));
    TRY(add_path(config, place->folder, "lib"));
    TRY(PyConfig_SetBytesString(config, &config->home, place->folder));
    TRY(PyConfig_SetBytesString(config, &config->executable, place->program));
    TRY(PyConfig_SetBytesArgv(config, argc, argv));
    TRY(PyConfig_SetString(config, &config->run_module, L"handbook"));
    return Py_InitializeFromConfig(config);
}

/* Modules come from one open file. Without it, or if it is damaged, they come from where they lie: no error. */
static void import_quickly(void)
{
    PyObject *module = PyImport_ImportModule("quick_import");
    PyObject *done = module == NULL ? NULL : PyObject_CallMethod(module, "install", NULL);

    if (done == NULL)
        PyErr_Clear();
    Py_XDECREF(done);
    Py_XDECREF(module);
}

int main(int argc, char **argv)
{
    struct place place;
    PyPreConfig before;
    PyConfig config;
    PyStatus status;

    if (!find_place(&place)) {
        fputs("handbook: its own folder is not found: /proc is not there.\n", stderr);
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
    import_quickly();
    return Py_RunMain();
}
