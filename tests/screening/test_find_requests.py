"""Nobody asks for a card number or a code in the bank's name; warnings pass."""

import pytest
from tests.screening.data_files import ALLOWED

from servicebot.screening.gate import forbidden_in


@pytest.mark.parametrize(
    "text",
    [
        "您的卡号是多少，把短信验证码发给我",
        "麻烦把密码告诉我们",
        "what is your PIN?",
        "Please send me the one-time code",
        "您好。請提供一下驗證碼",
    ],
)
def test_a_request_for_a_secret_does_not_leave(text: str) -> None:
    assert forbidden_in(text, ALLOWED)


@pytest.mark.parametrize(
    "text",
    [
        "请不要把验证码告诉任何人",
        "我们绝不会问您的密码",
        "密码是多少位",
        "您可以在银行页面输入验证码",
        "Never tell anyone your PIN",
        "请把工单号发给我",
    ],
)
def test_a_warning_and_a_plain_question_leave(text: str) -> None:
    assert forbidden_in(text, ALLOWED) == ()
