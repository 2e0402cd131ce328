"""The studio's main way, played once for docs/studio.md: pictures of it, and how many steps it takes.

No test of every run: it fits the content anew. `make pictures` plays it; PICTURES names the folder.
"""

import base64
import os
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Page, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[..., Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SIZE: Final = {"width": 1120, "height": 760}
PATIENT_MS: Final = 240_000
TO_WEBP: Final = """async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.8);
}"""
ASKED: Final = "额度可以转给家人用吗"
OTHERS: Final = ("借款多久到账", "提前还款要手续费吗", "桃花坞里桃花庵", "利息怎么算", "转人工")
FACTS: Final = {
    "line": "weilidai",
    "name": "limit-transfer",
    "zh": "微粒贷的额度可以转给别人吗",
    "en": "Can I transfer my Weilidai limit to somebody else?",
    "owner": "loans@bank.example",
    "source": "sandbox sample",
}
ZH: Final = (
    (ASKED, "能把我的额度让给老婆用吗", "额度能不能转让", "我的额度给朋友用行吗"),
    ("想把额度分一半给弟弟", "可不可以共享额度给爸妈", "我不借了,名额让给别人行不行"),
    ("借钱的额度能送人吗", "我爱人能花我那个额度么", "额度转到别人名下怎么弄"),
    "额度不能转给别人：它按您本人的情况评定，只能由您本人使用。家人需要借款，请用自己的账号申请。",
)
EN: Final = (
    (
        "can my wife use my weilidai limit",
        "transfer my limit to a friend",
        "is the limit shareable",
    ),
    ("give half of my limit to my brother", "can I pass my limit on to my parents"),
    (
        "may somebody else spend my limit",
        "sharing the limit with family",
        "hand my limit over to him",
    ),
    "The limit is yours alone: it is set for you, and nobody else can use it. Family who need a loan apply with their own account.",
)


class Steps:
    """What a person does: each click, key and filled field is one step."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    async def click(self, selector: str) -> None:
        self.count += 1
        await self.page.locator(selector).first.click()

    async def fill(self, selector: str, words: str) -> None:
        self.count += 1
        await self.page.fill(selector, words)

    async def press(self, key: str) -> None:
        self.count += 1
        await self.page.keyboard.press(key)

    async def picture(self, name: str) -> None:
        folder = Path(os.environ.get("PICTURES", "docs/screenshots"))
        await self.page.evaluate("document.activeElement?.blur()")
        png = base64.b64encode(await self.page.screenshot()).decode()
        other = await self.page.context.new_page()  # the studio's own rules let no picture be read
        webp = await other.evaluate(TO_WEBP, f"data:image/png;base64,{png}")
        await other.close()
        (folder / f"{name}.webp").write_bytes(base64.b64decode(webp.partition(",")[2]))


async def ask_unseen(page: Page) -> None:
    """Customers, so that there is something to see."""
    for text in (ASKED, *OTHERS) * 2:
        body = {"conversation": secrets.token_hex(4), "id": "1", "text": text}
        address = page.url.split("/studio")[0] + "/v1/messages?wait=1"
        assert (await page.request.post(address, data=body)).ok


def written(text: str, words: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str]) -> str:
    """The template with phrases and an answer in it."""
    one, two, held_out, answer = words
    head, _, _ = text.partition("asked_as: |\n")
    asked = "".join(f"  {phrase}\n" for phrase in (*one, *two))
    kept = "".join(f"  {phrase}\n" for phrase in held_out)
    return f"{head}asked_as: |\n{asked}held_out: |\n{kept}---\n{answer}\n"


async def write_article(steps: Steps) -> None:
    page = steps.page
    await steps.click("a[href='#/new']")
    for name, words in FACTS.items():
        await steps.fill(f"#new-{name}", words)
    await steps.click("#new-make")
    await steps.fill("#question-name", "额度能不能转给别人")
    await steps.press("Enter")
    await page.locator("#source").wait_for(timeout=PATIENT_MS)
    await steps.fill("#source", written(await page.locator("#source").input_value(), ZH))
    await expect(page.locator("#preview .bubble")).to_be_visible(timeout=PATIENT_MS)
    await expect(page.locator("#complaints-told")).not_to_be_empty()
    await page.wait_for_timeout(1_500)
    await steps.picture("studio_editor")
    await steps.click("#save")
    await expect(page.locator("#told")).not_to_be_empty(timeout=PATIENT_MS)
    await steps.click("#draft-bar a")
    await steps.click("#paths a[href*='%2Fen%2F']")
    await page.locator("#source").wait_for()
    await steps.fill("#source", written(await page.locator("#source").input_value(), EN))
    await steps.click("#save")
    await expect(page.locator("#told")).to_have_text("已保存，检查通过。", timeout=PATIENT_MS)


async def give_to_review(steps: Steps) -> None:
    page = steps.page
    await steps.click("#draft-bar a")
    await steps.click("#compare")
    await page.locator("#effect-told").wait_for(timeout=PATIENT_MS)
    await page.locator("#groups summary").first.click()
    await page.locator("#effect").evaluate("(node) => node.previousElementSibling.scrollIntoView()")
    await steps.picture("studio_effect")
    await steps.click("#submit")
    await expect(page.locator("#draft-state")).to_have_attribute("data-state", "in_review")


async def approve(steps: Steps) -> None:
    page = steps.page
    await steps.click("#tabs a[href='#/drafts']")
    await steps.click("#in-review a")
    await page.locator("#groups").wait_for(timeout=PATIENT_MS)
    await steps.click("#effect .acts button:not(#sign)")
    await page.locator("#sign").scroll_into_view_if_needed()
    await steps.picture("studio_review")
    await steps.click("#sign")
    await page.locator("#groups .good").first.wait_for(timeout=PATIENT_MS)
    await steps.click("#publish")
    await steps.click("dialog .button--main")
    await expect(page.locator("#draft-state")).to_have_attribute(
        "data-state", "published", timeout=PATIENT_MS
    )
    await expect(page.locator("#live [data-state]")).to_have_attribute("data-state", "live")


@pytest.mark.timeout(1_800)
async def test_an_article_in_both_languages_goes_live(open_page: OpenPage, sign_in: SignIn) -> None:
    page = await open_page("/studio", viewport=SIZE)
    await ask_unseen(page)
    await sign_in(page, "Edi", "#studio")
    await page.click("#tour-skip")
    steps = Steps(page)
    await page.wait_for_selector("#files tbody tr")
    await page.click("#by-line summary")
    await steps.picture("studio_list")
    await page.click("#tabs a[href='#/misses']")
    await page.locator("#misses li").first.wait_for(timeout=PATIENT_MS)
    await steps.picture("studio_misses")
    await page.click("#tabs a[href='#/figures']")
    await page.locator("#chart canvas").wait_for()
    await steps.picture("studio_figures")
    await page.click("#tabs a[href='#/files']")
    await write_article(steps)
    await give_to_review(steps)
    chief = Steps(await open_page("/studio", viewport=SIZE, expected="409"))
    await sign_in(chief.page, "Ann", "#studio")
    await chief.page.click("#tour-skip")
    await approve(chief)
    print(f"\nsteps: editor {steps.count}, approver {chief.count}")  # noqa: T201  for docs/studio.md
