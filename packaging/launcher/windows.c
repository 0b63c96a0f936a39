/* The program that is started on Windows: CPython in this file's own folder, running the package `handbook`.

   Made twice: with WINDOW as handbook.exe, which has no console and tells errors in a box, and without as
   handbook.com, which a command prompt finds first. Which modules are found is said by python3NN._pth beside it,
   which also switches off environment variables and packages of the person's. */

#include <stdlib.h>
#include <windows.h>

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

static int start(int argc, wchar_t **argv)
{
    static const wchar_t *fixed[] = {
        L"-B", L"-X", L"utf8",
#ifdef WINDOW
        L"-c", L"import sys; from handbook.cli.main import window; sys.exit(window())",
#else
        L"-m", L"handbook",
#endif
    };
    const int extra = sizeof fixed / sizeof *fixed;
    wchar_t **words = calloc(argc + extra + 1, sizeof *words);
    int count = 0, i;

    if (words == NULL)
        return 1;
    words[count++] = argv[0];
    for (i = 0; i < extra; i++)
        words[count++] = (wchar_t *)fixed[i];
    for (i = 1; i < argc; i++)
        words[count++] = argv[i];
    return Py_Main(count, words);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#else
int wmain(int argc, wchar_t **argv)
{
    return start(argc, argv);
}
#endif
