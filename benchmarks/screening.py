"""How long the reader takes for 2,000 characters of the worst kinds, and how much it reads wrongly.

PYTHONPATH=src:. .venv/bin/python benchmarks/screening.py
"""

import asyncio
import random
import time
from collections.abc import Callable
from functools import partial

from tests.screening.data_files import ALLOWED, gate_lines, lines_of, marked
from tests.screening.make_private import harmless_items, private_items

from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.screening.gate import forbidden_in
from servicebot.screening.mask import mask_personal_numbers

SEED, PRIVATE, HARMLESS, ROUNDS = 14, 10_000, 4_000, 7
WORST = {
    "word and blanks": "密码" + " " * 1998,
    "digits": "1" * 2000,
    "schemes": "http:" * 400,
    "digits apart": "1 " * 1000,
    "pairs": "62 " * 666,
    "words": "密码" * 1000,
    "words and copulas": "密码是我的" * 400,
    "code is": "code is " * 250,
    "hosts": "a." * 1000,
    "messengers": "微信" * 1000,
    "service numbers": "95588 " * 333,
    "password is": "密码是" * 666,
    "area codes": "0755-" * 400,
    "ones": "1." * 1000,
    "spoken digits": "one " * 500,
    "codes": "验证码123456," * 150,
    "letters apart": "e " * 1000,
    "coded dots": "%2e" * 666,
}

# The rules were mended with these; nothing was made with the others.
TUNED = ("first", "fresh", "last", "third", "fourth", "fifth", "sixth")
UNSEEN = ("seventh", "eighth")
MESSAGES = 300
LURE_TIMES = {
    "an agent's sentence": "您好，请问您的订单号是多少？我帮您查一下进度。",
    "2,000 characters": "您反映的扣费是上个月的账户管理费，我们已为您申请退还，三个工作日到账。"
    * 57,
}


def main() -> None:
    """Prints the figures."""
    for name, text in WORST.items():
        masked = _best_ms(lambda text=text: mask_personal_numbers(text))
        gated = _best_ms(lambda text=text: forbidden_in(text, ALLOWED))
        print(f"{name:20} mask {masked:5.2f} ms   gate {gated:5.2f} ms")
    items = list(private_items(SEED, PRIVATE))
    missed = sum(one.value in mask_personal_numbers(one.text) for one in items)
    harmless = list(harmless_items(SEED, HARMLESS))
    wrong = sum(mask_personal_numbers(one.text) != one.text for one in harmless)
    found = PRIVATE - missed
    print(f"generated: recall {found / PRIVATE:.4f}, precision {found / (found + wrong):.4f}")
    for name in ("private.txt", "private_fresh.txt", "private_third.txt", "private_fourth.txt"):
        lines = [marked(line) for line in lines_of(name)]
        bad = sum(
            any(one in mask_personal_numbers(text) for one in values) for text, values, _ in lines
        )
        print(f"{name}: {bad} of {len(lines)} stored as typed")
    for half in ("fresh", "third", "fourth"):
        name = f"harmless_talk_{half}.txt"
        bad = sum(mask_personal_numbers(line) != line for line in lines_of(name))
        print(f"{name}: {bad} of {len(lines_of(name))} masked")
    reader = LocalLureReader()
    for half in (*TUNED, *UNSEEN):
        for who, stops in (("rules", _rules), ("rules and reader", partial(_both, reader))):
            hostile, kind = gate_lines("hostile", half), gate_lines("harmless", half)
            passed = sum(not stops(line) for line in hostile)
            stopped = sum(stops(line) for line in kind)
            print(
                f"gate, {half}, {who}: {passed} of {len(hostile)} pass, "
                f"{stopped} of {len(kind)} are stopped"
            )
    for count in (2, 3, 5):
        stopped, passed = (_messages(reader, count, is_hostile=kind) for kind in (False, True))
        print(
            f"messages of {count} sentences: {stopped} of {MESSAGES} harmless ones stopped, "
            f"{MESSAGES - passed} of {MESSAGES} with one hostile sentence pass"
        )
    for name, text in LURE_TIMES.items():
        took = _best_ms(lambda text=text: asyncio.run(reader.lures_in([text], ALLOWED)))
        print(f"reader of lures, {name}: {took:.1f} ms")


def _messages(reader: LocalLureReader, count: int, *, is_hostile: bool) -> int:
    """How many messages of sentences drawn together are stopped."""
    dice = random.Random(SEED)
    proper = [line for name in ("sixth", *UNSEEN) for line in gate_lines("harmless", name)]
    hostile = [line for name in UNSEEN for line in gate_lines("hostile", name)]
    stopped = 0
    for _ in range(MESSAGES):
        lines = dice.sample(proper, count)
        lines[0] = dice.choice(hostile) if is_hostile else lines[0]
        dice.shuffle(lines)
        stopped += _both(reader, "。".join(lines) + "。")
    return stopped


def _rules(line: str) -> bool:
    return bool(forbidden_in(line, ALLOWED))


def _both(reader: LocalLureReader, line: str) -> bool:
    return _rules(line) or bool(asyncio.run(reader.lures_in([line], ALLOWED)))


def _best_ms(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return 1000 * min(took)


if __name__ == "__main__":
    main()
