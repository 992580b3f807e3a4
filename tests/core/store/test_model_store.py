"""The store: what it lists, finds, deletes and restores."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import BundleError, OptionError, StorageError
from core.files import superseded
from core.store.bundle import Bundle
from core.store.manifest import FILES
from core.store.model_store import ModelStore, valid_name

Writer = Callable[..., Bundle]


@pytest.fixture
def store(tmp_path: Path, write: Writer) -> ModelStore:
    """Built in: en-zh, zh-en. The user's: 医学 (from zh-en)."""
    for name in ("zh-en", "en-zh"):
        languages = dict(zip(("source_language", "target_language"), name.split("-"), strict=True))
        write(tmp_path / "resources" / name, **languages)
    write(tmp_path / "user" / "医学", parent="zh-en", precision="fp32")
    return ModelStore(tmp_path / "resources", tmp_path / "user")


def names(store: ModelStore) -> list[str]:
    return [card.name for card in store.list()]


def test_cards(store: ModelStore, tmp_path: Path) -> None:
    assert names(store) == ["en-zh", "zh-en", "医学"]
    assert [card.built_in for card in store.list()] == [True, True, False]
    card = store.find("医学")
    folder = tmp_path / "user" / "医学"
    assert (card.path, card.parent, card.parameters) == (folder, "zh-en", 20)
    assert (card.source_language, card.target_language, card.precision) == ("zh", "en", "fp32")
    assert card.bytes_on_disk == sum((folder / file).stat().st_size for file in FILES)
    assert store.find("en-zh").source_language == "en"


def test_a_card_tells_whether_there_is_attention(
    store: ModelStore, tmp_path: Path, write: Writer
) -> None:
    assert store.find("zh-en").attends
    write(tmp_path / "user" / "fixed", model={"decoder": "context", "attention": "none"})
    assert not store.find("fixed").attends


def test_the_folder_gives_the_name(store: ModelStore, tmp_path: Path) -> None:
    (tmp_path / "user" / "医学").rename(tmp_path / "user" / "e\u0301tude")
    assert names(store)[-1] == "étude"
    assert store.find("e\u0301tude") == store.find("étude")


def test_no_folders_at_all(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "none", tmp_path / "neither")
    assert store.list() == ()
    assert store.damaged() == ()
    with pytest.raises(BundleError, match="There are no models"):
        store.find("zh-en")


def test_damaged_models_are_apart(store: ModelStore, tmp_path: Path) -> None:
    damaged = tmp_path / "user" / "broken"
    damaged.mkdir()
    (tmp_path / "user" / ".hidden").mkdir()
    (tmp_path / "user" / "file.txt").touch()
    weights = tmp_path / "resources" / "zh-en" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1])
    assert names(store) == ["en-zh", "医学"]
    assert [path for path, _ in store.damaged()] == [weights.parent, damaged]
    assert "missing" in store.damaged()[1][1]
    with pytest.raises(BundleError, match="bytes instead of"):
        store.find("zh-en")
    store.delete("broken")
    assert [path for path, _ in store.damaged()] == [weights.parent]


def test_an_unreadable_folder_hides_no_other(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read anything, so the refusal is simulated."""
    listing = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder == tmp_path / "user":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert names(store) == ["en-zh", "zh-en"]
    assert [path for path, _ in store.damaged()] == [tmp_path / "user"]
    assert "cannot be read (Permission denied)" in store.damaged()[0][1]


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [("zh_en", "'zh-en'"), ("EN-ZH", "'en-zh'"), ("医", "'医学'"), ("q", "en-zh, zh-en, 医学")],
)
def test_near_misses(store: ModelStore, wrong: str, remedy: str) -> None:
    with pytest.raises(BundleError) as caught:
        store.find(wrong)
    assert remedy in caught.value.remedy


def test_delete_and_restore(store: ModelStore, tmp_path: Path, write: Writer) -> None:
    card = store.find("医学")
    store.delete("医学")
    assert names(store) == ["en-zh", "zh-en"]
    assert store.damaged() == ()
    with pytest.raises(BundleError, match="no model of yours"):
        store.delete("医学")
    write(card.path, parent="second")
    with pytest.raises(OptionError, match="again"):
        store.restore("医学")
    store.delete("医学")
    assert store.restore("医学").parent == "second"
    card.path.rename(tmp_path / "aside")
    assert store.restore("医学") == card
    with pytest.raises(BundleError, match="was deleted"):
        store.restore("zh-en")


def test_the_trash_tells_what_is_in_it_and_gives_back_any_of_it(
    store: ModelStore, write: Writer
) -> None:
    assert store.deleted() == ()
    card = store.find("医学")
    store.delete("医学")
    write(card.path, parent="second")
    store.delete("医学")
    second, first = store.deleted()  # the last one first
    assert (first.name, second.name) == ("医学", "医学")
    assert abs(time.time() - first.seconds) < 60
    assert first.bytes_on_disk == sum(path.stat().st_size for path in first.path.iterdir())
    assert store.restore("医学", first.path) == card
    assert store.deleted() == (second,)
    store.delete("医学")
    store.empty_trash([second])
    assert [model.name for model in store.deleted()] == ["医学"]
    assert store.restore("医学") == card


def test_empty_trash(store: ModelStore, tmp_path: Path) -> None:
    store.empty_trash()
    store.delete("医学")
    store.empty_trash()
    assert list((tmp_path / "user").iterdir()) == []
    with pytest.raises(BundleError):
        store.restore("医学")


def test_built_in_models_stay(store: ModelStore) -> None:
    with pytest.raises(OptionError, match="built in"):
        store.delete("zh-en")
    with pytest.raises(OptionError, match="built-in"):
        store.user_folder("zh-en")
    assert "zh-en" in names(store)


def test_model_left_aside_by_a_killed_write(
    store: ModelStore, tmp_path: Path, write: Writer
) -> None:
    folder = tmp_path / "user" / "医学"
    folder.rename(superseded(folder))
    assert store.find("医学").path == superseded(folder)
    store.delete("医学")
    assert store.restore("医学").path == folder
    write(superseded(folder), parent="stale")
    assert store.find("医学").parent == "zh-en"
    assert names(store).count("医学") == 1


def test_a_new_model_needs_a_place_that_can_be_written(store: ModelStore, tmp_path: Path) -> None:
    assert store.free_folder("new") == tmp_path / "user" / "new"
    assert [path.name for path in (tmp_path / "user").iterdir()] == ["医学"]
    with pytest.raises(OptionError, match="there is a model"):
        store.free_folder("医学")
    (tmp_path / "file").write_text("no folder")
    for user in (tmp_path / "file", tmp_path / "file" / "models"):
        with pytest.raises(StorageError) as caught:
            ModelStore(tmp_path / "resources", user).free_folder("new")
        assert caught.value.remedy


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no folder that nobody can write to")
def test_a_folder_that_nobody_can_write_to(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        ModelStore(tmp_path, Path("/proc/self/models")).free_folder("new")


@pytest.mark.parametrize("name", ["medical", "我的 模型 2", "a.b", "名" * 40])
def test_names_that_serve(store: ModelStore, tmp_path: Path, name: str) -> None:
    assert store.user_folder(name) == tmp_path / "user" / name


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", ".a", "a.", " a", "a/b", "a\\b", "../a", "a\0", "a\n", "名" * 41, "a:b"],
)
def test_names_that_cannot_be(store: ModelStore, name: str) -> None:
    for use in (valid_name, store.user_folder, store.delete, store.restore):
        with pytest.raises(OptionError):
            use(name)


@pytest.mark.parametrize("name", ["CON", "nul", "aux.zh", "Lpt9", "com1 .x", "COM¹", "conin$"])
def test_devices_of_windows_are_no_names(store: ModelStore, name: str) -> None:
    with pytest.raises(OptionError, match="a device"):
        store.free_folder(name)


@pytest.mark.parametrize("name", ["console", "com10", "null", "lpt"])
def test_names_that_only_begin_like_a_device_s_serve(store: ModelStore, name: str) -> None:
    assert store.free_folder(name).name == name


def test_names_that_differ_in_capitals_alone_clash(
    store: ModelStore, tmp_path: Path, write: Writer
) -> None:
    write(tmp_path / "user" / "Étude")
    for name, taken in (("étude", "Étude"), ("E\u0301TUDE", "Étude"), ("ZH-en", "zh-en")):
        with pytest.raises(OptionError, match=f"there is a model called '{taken}'"):
            store.free_folder(name)


@pytest.mark.parametrize(
    "change",
    [{"parent": "\ud800"}, {"licence": "\udfff"}, {"parameters": -1}, {"parameters": 10**400}],
)
def test_a_manifest_that_could_not_be_shown_is_damaged(
    store: ModelStore, tmp_path: Path, change: dict[str, object]
) -> None:
    file = tmp_path / "user" / "医学" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), "utf-8")
    assert names(store) == ["en-zh", "zh-en"]
    assert "damaged" in store.damaged()[0][1]


def test_listing_brings_no_torch(store: ModelStore, tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from core.store.model_store import ModelStore
folder = Path({str(tmp_path)!r})
assert len(ModelStore(folder / "resources", folder / "user").list()) == 3
sys.exit("torch" in sys.modules or "safetensors" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
