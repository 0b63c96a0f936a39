"""The parts of CPython that are shipped: its standard library less what is named here, and its compiled modules.

Belongs here: which modules, and why. Not here: where CPython comes from (trees/). The standard library is kept but
for a list, because modules are imported late, in the middle of an error for instance; compiled modules are left but
for a list, because each brings a library of its own."""

from __future__ import annotations

from installers.shipped.rules import keep, leave

# Paths in the standard library.
LIBRARY = (
    leave("tests and examples", "test/* */test/* */tests/* idlelib/* turtledemo/* turtle.py lib2to3/*"),
    leave("installing packages", "site-packages/* ensurepip/* venv/* distutils/* zipapp.py"),
    leave("compiled modules: see MODULES", "lib-dynload/*"),
    leave("caches, configuration for building", "*__pycache__/* config-3* _sysconfigdata_* _aix_support.py"),
    leave("other windows than Qt's", "tkinter/* curses/*"),
    leave("network: the stand-in in packaging/python is shipped in its place", "socket.py"),
    leave(
        "network: the program opens no connection",
        "{asyncio,http,xmlrpc,wsgiref}/* urllib/{request,robotparser}.py {cgi,cgitb,ftplib,imaplib,nntplib,poplib,"
        "smtpd,smtplib,socketserver,ssl,telnetlib,webbrowser,asynchat,asyncore,nturl2path,netrc}.py",
    ),
    leave("databases", "sqlite3/* dbm/* shelve.py"),
    leave("work in other processes", "multiprocessing/* concurrent/futures/process.py"),
    leave(
        "for people at a Python prompt, testing and measuring",
        "{unittest,pydoc_data,_pyrepl,__phello__}/* {doctest,pydoc,bdb,pdb,cProfile,profile,pstats,trace,tracemalloc,"
        "timeit,this,antigravity,code,codeop,rlcompleter,pyclbr,tabnanny,__hello__}.py",
    ),
    leave(
        "formats and systems that the program does not meet",
        "msilib/* {aifc,sunau,wave,sndhdr,imghdr,chunk,xdrlib,uu,bz2,lzma,mailbox,mailcap,nis,ossaudiodev,crypt,pty,"
        "tty,pipes,_osx_support}.py",
    ),
    leave("documents", "*.{txt,rst,md,html,css,cfg,pickle,exe,rtf,ico,sh}"),
    keep("the standard library", "*.py"),
    leave("no Python", "*"),
)

# Compiled modules, by the name they are imported by; all others are left.
MODULES = {
    "_bisect": "bisect: the search index",
    "_blake2": "hashlib, which complains at import without it",
    "_contextvars": "contextvars, which decimal imports",
    "_csv": "csv: importlib.metadata reads the records of packages with it",
    "_ctypes": "PDFium is called through it",
    "_datetime": "dates of the content",
    "_decimal": "decimal: numbers, which fractions imports",
    "_elementtree": "pages are element trees",
    "_heapq": "heapq: the search index",
    "_json": "json, faster: answers of the command, saved lists",
    "_md5": "hashlib, which complains at import without it",
    "_opcode": "dis, which inspect imports, which dataclasses imports",
    "_pickle": "pickle: Whoosh's file of contents",
    "_posixsubprocess": "subprocess, which platform imports",
    "_queue": "queue: the search thread",
    "_random": "random: temporary file names",
    "_sha1": "hashlib, which complains at import without it",
    "_sha2": "hashlib: digests of the index; random, which seeds itself with it",
    "_sha3": "hashlib, which complains at import without it",
    "_struct": "struct: the search index",
    "_typing": "typing, which every module imports",
    "array": "postings of the search index",
    "binascii": "base64, zipfile",
    "fcntl": "subprocess, and locks of index files",
    "grp": "tarfile and shutil ask for it",
    "math": "scores of the search",
    "mmap": "Whoosh reads its files through it",
    "pyexpat": "element trees are read from XML with it",
    "resource": "the bounds of the process that sets pages and draws pictures",
    "select": "selectors, which subprocess imports",
    "unicodedata": "accents are folded with it",
    "zlib": "zipimport, and the search index",
}

# Compiled modules of Windows that lie beside the library; the others are in it.
MODULES_WINDOWS = ("_ctypes", "_decimal", "_elementtree", "_queue", "pyexpat", "select", "unicodedata")
