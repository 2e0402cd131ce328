"""What only the first time costs is done before anybody waits."""

import json
import subprocess
import sys
from typing import Final

# In a program of its own: here other tests have read and screened before.
_ASK: Final = """
import json, sys, time
from datetime import UTC, datetime

from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, Text
from servicebot.screening.allow_list import Allowed
from servicebot.turns.rehearse import rehearse
from servicebot.turns.screen import screen_in, screen_out
from servicebot.turns.stored_form import to_json

rehearse()
modules = [one for name, one in sys.modules.items() if name.startswith("servicebot.screening.")]
tables = {one for module in modules for one in vars(module).values() if hasattr(one, "cache_info")}
empty = [one.__qualname__ for one in tables if one.cache_info().currsize == 0]
begun, at = time.thread_time(), datetime(2026, 5, 15, tzinfo=UTC)
for text in ("你好，我要还款", "hello there, my card is lost", "加微信 wx_1 领奖 例子.测试"):
    said = InboundMessage(
        channel="web", message_id=text, conversation_id="web:c", sender="c", received_at=at,
        content=Text(text=text),
    )
    to_json(screen_in(said))
    told = OutboundMessage(name="x", author=Author.BOT, text=text)
    to_json(screen_out(told, Allowed()))
print(json.dumps([len(tables), empty, time.thread_time() - begun]))
"""
LONGEST_S: Final = 0.05


def test_the_first_message_of_a_process_waits_for_no_table_and_no_pattern() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASK], check=True, capture_output=True, text=True, timeout=60
    )
    tables, empty, seconds = json.loads(done.stdout)
    assert tables > 10
    assert empty == []
    assert seconds <= LONGEST_S
