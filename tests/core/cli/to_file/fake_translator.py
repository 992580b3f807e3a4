"""A translator without a model, whose answers show in which batch each text came."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from core.cancel import CancelToken
from core.translation.result import Translation
from core.translation.translator import TranslateOptions


class FakeTranslator:
    """Translates a text into itself and a number that only its very batch gives."""

    source_language = "zh"
    target_language = "en"

    def forget(self) -> None:
        """It remembers nothing."""

    def translate_segments(
        self,
        texts: Sequence[str],
        options: TranslateOptions,
        cancel: CancelToken | None = None,
    ) -> list[Translation]:
        if cancel is not None:
            cancel.check()
        batch = zlib.crc32("\n".join(texts).encode())
        return [Translation(text, f"{text} {batch:08x}", 0.0) for text in texts]
