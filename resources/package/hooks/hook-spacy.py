"""What of spaCy goes into the bundle: the library and the rules of its languages, not its tests."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata


def _is_used(name: str) -> bool:
    return ".tests" not in name


hiddenimports = [
    *collect_submodules("spacy", filter=_is_used),
    *collect_submodules("spacy_legacy", filter=_is_used),
    *collect_submodules("spacy_loggers", filter=_is_used),
]
datas = [
    *collect_data_files("spacy", excludes=["**/tests/**"]),
    # It finds its languages and factories through entry points.
    *copy_metadata("spacy"),
    *copy_metadata("spacy-legacy"),
    *copy_metadata("spacy-loggers"),
    *copy_metadata("thinc"),
]
