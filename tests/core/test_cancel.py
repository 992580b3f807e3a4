"""Cancellation across threads."""

from __future__ import annotations

import threading

import pytest

from core.cancel import Cancelled, CancelToken
from core.errors import AttuneError


def test_a_token_is_silent_until_it_is_cancelled() -> None:
    token = CancelToken()
    token.check()
    assert not token.cancelled
    token.cancel()
    token.cancel()
    assert token.cancelled
    with pytest.raises(Cancelled):
        token.check()


def test_another_thread_hears() -> None:
    token, heard = CancelToken(), threading.Event()

    def work() -> None:
        try:
            while True:
                token.check()
        except Cancelled:
            heard.set()

    thread = threading.Thread(target=work)
    thread.start()
    token.cancel()
    thread.join(10)
    assert heard.is_set()


def test_being_cancelled_is_no_error_of_the_user_s() -> None:
    assert not issubclass(Cancelled, AttuneError)
