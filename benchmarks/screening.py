"""How long the reader takes for 2,000 characters of the worst kinds, and how much it reads wrongly.

PYTHONPATH=src:. .venv/bin/python benchmarks/screening.py
"""

import time
from collections.abc import Callable

from tests.screening.data_files import ALLOWED, lines_of, marked
from tests.screening.make_private import harmless_items, private_items

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
    for half in ("first", "fresh", "last", "third", "fourth", "fifth", "sixth"):
        hostile, kind = lines_of(f"hostile_{half}.txt"), lines_of(f"harmless_{half}.txt")
        passed = sum(not forbidden_in(line, ALLOWED) for line in hostile)
        stopped = sum(bool(forbidden_in(line, ALLOWED)) for line in kind)
        print(
            f"gate, {half}: {passed} of {len(hostile)} pass, {stopped} of {len(kind)} are stopped"
        )


def _best_ms(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return 1000 * min(took)


if __name__ == "__main__":
    main()
