"""What of thinc goes into the bundle: the library without its tests."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules


def _is_used(name: str) -> bool:
    return ".tests" not in name


hiddenimports = collect_submodules("thinc", filter=_is_used)
# It reads its kernels for GPUs as it is imported, and runs them on none.
datas = collect_data_files("thinc", includes=["**/*.cu"])
