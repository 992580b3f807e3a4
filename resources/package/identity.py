"""Who the program says it is: names, icons and version for each system's executable."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from PIL import Image

NAME = "Attune"
IDENTIFIER = "org.attune.Attune"
_ROOT = Path(__file__).resolve().parents[2]
PICTURE = _ROOT / "resources" / "icons" / "attune-256.png"
_ICO_SIZES = [(size, size) for size in (16, 24, 32, 48, 64, 128, 256)]


def project() -> dict[str, str]:
    """Name, version and description, as ``pyproject.toml`` has them."""
    told = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {key: told[key] for key in ("name", "version", "description")}


def icon(folder: Path, platform: str = sys.platform) -> Path | None:
    """The icon in the form that ``platform`` wants, written into ``folder``; Linux wants none."""
    suffix = {"win32": ".ico", "darwin": ".icns"}.get(platform)
    if suffix is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"attune{suffix}"
    with Image.open(PICTURE) as picture:
        if suffix == ".ico":
            picture.save(path, sizes=_ICO_SIZES)
        else:
            picture.save(path)  # in every size of the format up to the picture's own
    return path


def windows_version(folder: Path) -> Path:
    """The version resource of Windows, as PyInstaller reads it; written into ``folder``."""
    told = project()
    numbers = (*map(int, told["version"].split(".")), 0, 0, 0, 0)[:4]
    strings = {
        "CompanyName": "Attune contributors",
        "FileDescription": NAME,
        "FileVersion": told["version"],
        "InternalName": told["name"],
        "LegalCopyright": "MIT licence; parts of others: LICENCES.txt",
        "OriginalFilename": "attune.exe",
        "ProductName": NAME,
        "ProductVersion": told["version"],
    }
    pairs = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    path = folder / "version.txt"
    path.write_text(
        "VSVersionInfo(\n"
        f"    ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0,\n"
        "        OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"    kids=[StringFileInfo([StringTable('040904B0', [{pairs}])]),\n"
        "        VarFileInfo([VarStruct('Translation', [0x0409, 1200])])],\n"
        ")\n",
        encoding="utf-8",
    )
    return path


def mac_properties() -> dict[str, object]:
    """What Info.plist says beside what PyInstaller writes there."""
    told = project()
    return {
        "CFBundleDisplayName": NAME,
        "CFBundleShortVersionString": told["version"],
        "CFBundleVersion": told["version"],
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "MIT licence; parts of others: LICENCES.txt",
    }
