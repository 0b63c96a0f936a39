/* The program that is started on Linux: CPython in its own folder, running the package `handbook`.

   Nothing outside the folder has a say: no environment variable of Python's, no packages of the person's, no
   module where the person happens to stand. Nothing is written beside the modules.

   HOME_ZIP, QT and WITHOUT_WINDOW, one or more texts each, are given by the build (installers/trees/linux.py). */

#include <Python.h>

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
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

/* -- Qt, meanwhile --

   A thread loads Qt for a window while CPython begins and the texts are read: most computers have two processors. What
   cannot be loaded is told where it is needed (handbook/ui/reading/display.py). */

static const char *const qt[] = {QT}; /* each after what it needs */

/* Where one of these stands among the arguments, no window is wanted. */
static const char *const without_window[] = {WITHOUT_WINDOW};

static int wants_window(int argc, char **argv)
{
    size_t n;
    int k;

    for (k = 1; k < argc; k++)
        for (n = 0; n < sizeof without_window / sizeof *without_window; n++)
            if (strcmp(argv[k], without_window[n]) == 0)
                return 0;
    return 1;
}

static struct {
    pthread_t thread;
    int is_there;
} loading;

static int load(const char *folder, const char *name)
{
    char path[PATH_MAX + 64];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return dlopen(path, RTLD_NOW | RTLD_LOCAL) != NULL; /* in this way Python's import loads them, too */
}

/* Qt reads the settings of fontconfig, some fifty files; once is enough for a process. */
static void read_font_settings(void)
{
    void *library = dlopen("libfontconfig.so.1", RTLD_NOW | RTLD_NOLOAD);
    int (*init)(void) = NULL;

    if (library != NULL)
        *(void **)&init = dlsym(library, "FcInit");
    if (init != NULL)
        init();
}

static void *load_qt(void *folder)
{
    size_t n;

    for (n = 0; n < sizeof qt / sizeof *qt; n++)
        if (!load(folder, qt[n]))
            return NULL;
    read_font_settings();
    return NULL;
}

static void join(void)
{
    if (loading.is_there) {
        loading.is_there = 0;
        pthread_join(loading.thread, NULL);
    }
}

/* launcher.wait(), in a module of Python's. To be called before there is a QApplication: that sets the locale, which the
   thread may be reading. */
static PyObject *wait_for_qt(PyObject *self, PyObject *arguments)
{
    (void)self, (void)arguments;
    Py_BEGIN_ALLOW_THREADS
    join();
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"wait", wait_for_qt, METH_NOARGS, "Wait until Qt's libraries are loaded."},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, .m_name = "launcher", .m_methods = functions};

static PyObject *make_module(void)
{
    return PyModuleDef_Init(&module);
}

int main(int argc, char **argv)
{
    static struct place place; /* the other thread reads it, too */
    PyPreConfig before;
    PyConfig config;
    PyStatus status;
    int ended;

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

    if (wants_window(argc, argv))
        loading.is_there = pthread_create(&loading.thread, NULL, load_qt, place.folder) == 0;
    PyImport_AppendInittab("launcher", make_module);
    PyConfig_InitIsolatedConfig(&config);
    status = configure(&config, &place, argc, argv);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    import_quickly();
    ended = Py_RunMain();
    join(); /* or what ends at once, as after a wrong argument, would take libraries down that are being loaded */
    return ended;
}
