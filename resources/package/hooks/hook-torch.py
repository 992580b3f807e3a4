"""What of torch goes into the bundle: what a step of training on the processor needs.

The usual recipe takes every module and file of torch, compiled and as source: 230 MB more.
"""

import re
from pathlib import Path

from PyInstaller import isolated
from PyInstaller.utils.hooks import PY_DYLIB_PATTERNS, collect_dynamic_libs, get_package_paths

_FOLDER = Path(get_package_paths("torch")[1])


def _imported_by_a_step() -> list[str]:
    """Every module of torch that translating and training import, by name or otherwise."""
    import sys

    import torch

    layer = torch.nn.LSTM(4, 4)
    for optimizer in (torch.optim.AdamW, torch.optim.SGD):
        chosen = optimizer(layer.parameters(), lr=0.1)
        with torch.autocast("cpu", torch.bfloat16):
            layer(torch.ones(2, 3, 4))[0].sum().backward()
        chosen.step()
    return [name for name, module in sys.modules.items() if name.partition(".")[0] == "torch"]


def _read_their_own_source() -> list[str]:
    """The modules whose source torch reads as they are imported: settings, overloaded functions."""
    reads = re.compile(r"install_config_module\(|\b_overload(_method)?\b")
    return [
        ".".join(("torch", *path.relative_to(_FOLDER).with_suffix("").parts))
        for path in _FOLDER.rglob("*.py")
        if "testing" not in path.parts and reads.search(path.read_text(encoding="utf-8"))
    ]


hiddenimports = isolated.call(_imported_by_a_step)
# Compiled modules alone, in one archive, save where the source is asked for.
module_collection_mode = {"torch": "pyz"} | dict.fromkeys(_read_their_own_source(), "pyz+py")
binaries = collect_dynamic_libs("torch", search_patterns=[*PY_DYLIB_PATTERNS, "*.so.*"])
# torch looks whether it is there as it is imported.
binaries += [(path.as_posix(), "torch/bin") for path in _FOLDER.glob("bin/torch_shm_manager*")]
# Links to torch's libraries beside the program would mislead torch about where it lies.
bindepend_symlink_suppression = ["**/torch/lib/*.so*"]
warn_on_missing_hiddenimports = False
