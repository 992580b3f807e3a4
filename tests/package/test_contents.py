"""What goes into the bundle and what stays out."""

from __future__ import annotations

import pytest

from resources.package.contents import (
    is_wanted,
    kept_whole,
    wanted,
    wanted_modules,
    without_dangling,
    without_orphans,
)


@pytest.mark.parametrize(
    "place",
    [
        "resources/models/zh-en/model.safetensors",
        "resources/fonts/AttuneSansSC-Regular.otf",
        "resources/fonts/OFL-Inter.txt",
        "resources/i18n/attune_zh.qm",
        "resources/i18n/attune_zh.ts",
        "resources/icons/attune.svg",
        "resources/samples/dates.test.tsv",
        "resources/templates/receipt.html.jinja",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/QtNetwork.abi3.so",
        "torch/lib/libtorch_cpu.so",
        "torch/_dynamo/config.py",
        "torch/bin/torch_shm_manager",
        "jieba/dict.txt",
        "opencc/clib/share/opencc/t2s.json",
        "matplotlib/mpl-data/matplotlibrc",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans-Bold.ttf",
        "matplotlib/mpl-data/fonts/ttf/STIXGeneral.ttf",
        "matplotlib/mpl-data/fonts/ttf/cmr10.ttf",
    ],
)
def test_what_is_used_goes_in(place: str) -> None:
    assert is_wanted(place)
    assert is_wanted(place.replace("/", "\\"))  # as Windows writes it


@pytest.mark.parametrize(
    "place",
    [
        "resources/package/contents.py",
        "resources/i18n/catalogue.py",
        "resources/fonts/subset.py",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/assistant_zh_CN.qm",
        "torch/include/ATen/ATen.h",
        "torch/bin/protoc",
        "torch/test/cpp.so",
        "torch/lib/libjitbackend_test.so",
        "jieba/analyse/idf.txt",
        "jieba/posseg/prob_emit.p",
        "opencc/clib/lib64/libopencc.a",
        "matplotlib/mpl-data/sample_data/goog.npz",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSerif.ttf",
        "spacy/tests/package/test.cfg",
        "numpy/_core/include/numpy/arrayobject.h",
    ],
)
def test_what_is_not_used_stays_out(place: str) -> None:
    assert not is_wanted(place)
    assert wanted([(place, "anywhere", "DATA"), ("kept", "anywhere", "DATA")]) == [
        ("kept", "anywhere", "DATA")
    ]


def test_libraries_go_with_the_last_file_that_asks_for_them() -> None:
    def binary(place: str) -> tuple[str, str, str]:
        return place, f"/from/{place}", "BINARY"

    extension = ("PySide6/QtCore.abi3.so", "/from/PySide6/QtCore.abi3.so", "EXTENSION")
    plugin = binary("PySide6/Qt/plugins/platforms/libqxcb.so")
    direct, further = binary("PySide6/Qt/lib/libQt6Core.so.6"), binary("libicudata.so.73")
    asked_by_plugin = binary("libxcb-cursor.so.0")
    by_name = binary("torch/lib/libtorch_global_deps.so")
    orphan, its_own = binary("PySide6/Qt/lib/libQt6Quick.so.6"), binary("libQt6Qml.so.6")
    windows = binary("zlib.dll")
    imports = {
        extension[1]: {"libQt6Core.so.6", "libc.so.6"},
        direct[1]: {"libicudata.so.73"},
        plugin[1]: {"libxcb-cursor.so.0"},
        orphan[1]: {"libQt6Qml.so.6", "libQt6Core.so.6"},
        its_own[1]: {"libQt6Quick.so.6"},
    }
    kept = [extension, plugin, direct, further, asked_by_plugin, by_name, windows]
    assert without_orphans([orphan, *kept, its_own], imports) == kept


def test_links_go_with_what_they_point_to() -> None:
    library = ("PySide6/Qt/lib/libQt6Core.so.6", "/from/libQt6Core.so.6", "BINARY")
    file = ("resources/models/manifest.json", "/from/manifest.json", "DATA")
    link = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    dangling = ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", "SYMLINK")
    assert without_dangling([link, dangling, file], [library]) == [link, file]


def test_what_bears_no_strip_is_copied_as_it_is() -> None:
    moved = ("numpy.libs/libscipy_openblas64_-32a4b2a6.so", "/from/blas", "BINARY")
    usual = ("numpy/_core/_simd.so", "/from/simd", "EXTENSION")
    assert kept_whole([moved, usual]) == [(*moved[:2], "DATA"), usual]


def test_modules_that_colour_other_languages_stay_out() -> None:
    names = [
        "pygments.lexers",
        "pygments.lexers._mapping",
        "pygments.lexers.fortran",
        "spacy.lang.fr",
    ]
    entries = [(name, f"/from/{name}.py", "PYMODULE") for name in names]
    assert [name for name, _path, _kind in wanted_modules(entries)] == [*names[:2], names[3]]
