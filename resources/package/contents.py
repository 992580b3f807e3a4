"""What stays out of the bundle, of all that PyInstaller finds."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator

Entry = tuple[str, str, str]
"""A file of PyInstaller's: its place in the bundle, where it comes from, what kind it is."""

EXCLUDED_MODULES = (
    # Other windows, notebooks and test tools that some library imports where they are installed.
    "IPython", "PyQt5", "PyQt6", "PySide2", "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3",
    "hypothesis", "mypy", "pytest", "_pytest", "py", "setuptools", "pip",
    "pydoc_data", "ensurepip", "Cython", "cython",
    # The line editor of an interpreter, whose library is under the GPL.
    "readline",
    # Of torch: other machines, other formats, its own tests.
    "functorch", "networkx", "torch.utils.benchmark",
    "torch.utils.bottleneck", "torch.utils.tensorboard", "torch.utils.hipify", "triton", "nvidia",
    # Of the network: nothing is ever downloaded.
    "fsspec", "hf_xet", "huggingface_hub",
    # Of matplotlib: windows and formats that are not drawn. SVG, PDF and pictures are.
    "matplotlib.backends.backend_cairo", "matplotlib.backends.backend_gtk3",
    "matplotlib.backends.backend_gtk4", "matplotlib.backends.backend_macosx",
    "matplotlib.backends.backend_nbagg", "matplotlib.backends.backend_pgf",
    "matplotlib.backends.backend_ps", "matplotlib.backends.backend_qt",
    "matplotlib.backends.backend_qtagg", "matplotlib.backends.backend_tkagg",
    "matplotlib.backends.backend_webagg", "matplotlib.backends.backend_wx",
    "matplotlib.backends.qt_compat", "matplotlib.tests", "pylab",
    # Of Pillow: formats of photographs.
    "PIL._avif", "PIL._imagingcms", "PIL._imagingft", "PIL._imagingtk", "PIL._webp",
    "PIL.ImageQt", "PIL.ImageTk",
    "numpy.f2py", "numpy.testing", "numpy.tests", "lxml.isoschematron", "lxml.objectify",
    "jieba.analyse", "jieba.lac_small", "jieba.posseg", "yaml", "regex",
)  # fmt: skip

_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        # Attune's own tools.
        r"resources/(package|fonts/subset\.py|i18n/.*\.py|.*__pycache__)(/|$)",
        # Qt: what is not drawn, played, printed or sent.
        r"PySide6/(Qt/)?plugins/(designer|egldeviceintegrations|generic|networkinformation|"
        r"printsupport|qml\w*|sqldrivers|tls|vectorimageformats|"
        r"wayland-graphics-integration-server|position|multimedia|assetimporters)/",
        r"PySide6/(Qt/)?plugins/.*(virtualkeyboard|qpdf|qtiff|qwbmp|qtga|qicns|qgtk3)",
        r"PySide6/(Qt/)?plugins/platforms/\w*(eglfs|linuxfb|vnc|vkkhrdisplay|minimal)",
        r"PySide6/(Qt/)?(qml|metatypes|libexec|resources|include|mkspecs)/",
        # The window speaks English and Chinese.
        r"PySide6/(Qt/)?translations/(?!qtbase_(zh_CN|en)\.qm)",
        r"PySide6/.*\.(pyi|h|typesystem.*)$",
        # torch: its test libraries.
        r"torch/lib/lib(torchbind_test|aoti_custom_ops|backend_with_compiler|jitbackend_test)",
        r"torch/(include|share|test)/|torch/bin/(?!torch_shm_manager)",
        r"matplotlib/mpl-data/(sample_data|images|plot_directive|kpsewhich\.lua|stylelib)",
        r"matplotlib/mpl-data/fonts/(afm|pdfcorefonts)/",
        r"matplotlib/mpl-data/fonts/ttf/DejaVuSans(Mono|Display)|.*/ttf/DejaVuSerif",
        r"jieba/(analyse|lac_small|posseg)/",
        r"jieba/finalseg/.*\.p$",  # what Jython reads
        r"opencc/clib/(bin|include|lib\w*)/",
        r".*/tests?/",
        r".*\.(a|lib|h|hpp|cuh|pxd|pyx|pyi|c|cpp|cmake)$",
    )
)

# Of these packages, all modules but the named ones: they colour listings of other languages.
_LEFT_OUT_MODULES = re.compile(r"pygments\.lexers\.(?!_mapping$|python$)")

# What auditwheel put beside a package has moved sections, which strip would leave misaligned.
_NOT_TO_BE_STRIPPED = re.compile(r"[\w.]+\.libs/")

_OPENED_BY_NAME = re.compile(r"libpython|libtorch|libshm|libgomp|opencc")
_LIBRARY = re.compile(r"^lib[^/]*\.so(\.\d+)*$")


def is_wanted(place: str) -> bool:
    """Whether the file at ``place`` in the bundle is of use there."""
    place = place.replace("\\", "/")
    return not any(pattern.match(place) for pattern in _LEFT_OUT)


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that are of use."""
    return [entry for entry in entries if is_wanted(entry[0])]


def without_orphans(entries: Iterable[Entry], imports: dict[str, set[str]]) -> list[Entry]:
    """``entries`` without the shared libraries that only left-out files asked for (Linux).

    Args:
        imports: by the source of a binary, the file names of the libraries that it asks for.
    """
    kept, held = [], list(entries)
    libraries = {entry[0].rpartition("/")[2]: entry for entry in held if _is_library(entry)}
    kept = [entry for entry in held if not _is_library(entry)]
    reached = set(_reachable(kept, libraries, imports))
    return [entry for entry in held if not _is_library(entry) or entry in reached]


def wanted_modules(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the modules that are of use."""
    return [entry for entry in entries if not _LEFT_OUT_MODULES.match(entry[0])]


def kept_whole(entries: Iterable[Entry]) -> list[Entry]:
    """``entries``, those that bear no strip as mere data."""
    return [
        (*entry[:2], "DATA") if _NOT_TO_BE_STRIPPED.match(entry[0]) else entry for entry in entries
    ]


def libraries_asked_for(binaries: Iterable[str]) -> dict[str, set[str]]:
    """The file names of the libraries that each of ``binaries`` asks for (Linux; binutils)."""
    command = ["objdump", "--private-headers", *binaries]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found: dict[str, set[str]] = {}
    asking = ""
    for line in told.splitlines():
        if ":     file format " in line:
            asking = line.partition(":     file format ")[0]
        elif line.startswith("  NEEDED"):
            found.setdefault(asking, set()).add(line.split()[1])
    return found


def without_dangling(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """``entries`` without the links to what is not among ``binaries``."""
    places = {entry[0] for entry in binaries}
    return [entry for entry in entries if entry[2] != "SYMLINK" or entry[1] in places]


def _is_library(entry: Entry) -> bool:
    name = entry[0].rpartition("/")[2]
    return bool(_LIBRARY.match(name)) and not _is_root(entry)


def _is_root(entry: Entry) -> bool:
    place, name = entry[0], entry[0].rpartition("/")[2]
    return "/plugins/" in place or entry[2] == "EXTENSION" or bool(_OPENED_BY_NAME.match(name))


def _reachable(
    roots: list[Entry], libraries: dict[str, Entry], imports: dict[str, set[str]]
) -> Iterator[Entry]:
    waiting, seen = list(roots), set[str]()
    while waiting:
        for name in imports.get(waiting.pop()[1], ()):
            if name in libraries and name not in seen:
                seen.add(name)
                waiting.append(libraries[name])
                yield libraries[name]
