"""The registry of messengers."""

from pathlib import Path
from typing import Any, cast

from servicebot.channels.registry import CHANNELS, PUSH_HOLDS, build_push_channels, build_wechat
from servicebot.channels.wechat.webhook import HOLD_S
from servicebot.settings import load_settings


def test_a_messenger_without_settings_is_off(tmp_path: Path) -> None:
    off = load_settings({}, start=tmp_path)
    nobody = cast("Any", None)
    assert build_push_channels(off, nobody, nobody, nobody) == {}
    webhook = build_wechat(
        off, door=nobody, outbox=nobody, quota=nobody, bell=nobody, shared=nobody, clock=nobody
    )
    assert webhook is None


def test_a_push_waits_until_the_response_had_its_chance() -> None:
    hold = PUSH_HOLDS["wechat"]
    assert hold is not None
    assert hold.total_seconds() > HOLD_S
    assert set(PUSH_HOLDS) == set(CHANNELS)
