"""Whether everybody can read and reach everything: sizes, contrast, small screens, zoom."""

from collections.abc import Awaitable, Callable
from typing import Final, Literal

import pytest
from playwright.async_api import Page, expect

OpenPage = Callable[..., Awaitable[Page]]
SignIn = Callable[[Page], Awaitable[None]]

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
LEAST_CONTRAST: Final = 4.5
LEAST_TEXT_PX: Final = 16
LEAST_TAP_PX: Final = 44

# For each element with words of its own: its font size, and the contrast between its colour and
# the nearest painted background behind it (WCAG 2.2, relative luminance). Greyed controls are out.
READ_TEXTS: Final = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if ((parts(colour)[3] ?? 1) === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const own = (node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return [...document.body.querySelectorAll("*")]
    .filter((node) => own(node) && node.checkVisibility({visibilityProperty: true}))
    .filter((node) => !node.closest("[aria-disabled=true], :disabled, noscript, .unseen, .skip"))
    .map((node) => {
      const style = getComputedStyle(node);
      const [a, b] = [light(style.color), light(behind(node))].sort((x, y) => y - x);
      return {
        what: `${node.tagName}.${node.className} ${node.textContent.slice(0, 20)}`,
        contrast: (a + 0.05) / (b + 0.05),
        px: parseFloat(style.fontSize),
      };
    });
}"""
READ_TAPS: Final = """() => [...document.querySelectorAll("button, a, textarea, input")]
  .filter((node) => node.checkVisibility() && !node.closest(".skip"))
  .map((node) => ({ what: node.outerHTML.slice(0, 80), box: node.getBoundingClientRect() }))
  .map(({ what, box }) => ({ what, width: box.width, height: box.height }))"""
SIDEWAYS: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def wait_for_a_person(page: Page) -> None:
    """Brings all colours of the chat on the screen: a link, choices, the banner."""
    await page.wait_for_selector(".line--bot")
    await page.fill("#field", "查余额")
    await page.press("#field", "Enter")
    await page.wait_for_selector(".acts .link")
    await page.click("#person")
    await expect(page.locator("#leave")).to_be_visible()


async def unreadable(page: Page) -> list[dict[str, object]]:
    """Words that are too small or too faint, in daylight and in the dark."""
    found = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        texts = await page.evaluate(READ_TEXTS)
        assert len(texts) > 10
        found += [
            text
            for text in texts
            if text["contrast"] < LEAST_CONTRAST or text["px"] < LEAST_TEXT_PX
        ]
    return found


async def test_chat_words_are_large_and_have_contrast(open_page: OpenPage) -> None:
    page = await open_page("/chat")
    await wait_for_a_person(page)
    assert await unreadable(page) == []


async def test_desk_words_are_large_and_have_contrast(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: Callable[..., Awaitable[None]]
) -> None:
    await wait_unseen("查余额")
    desk = await open_page("/desk")
    await sign_in(desk)
    await desk.wait_for_selector(".ticket")
    assert await unreadable(desk) == []
    await desk.locator(".ticket .button").last.click()
    await desk.wait_for_selector(".line--customer")
    assert await unreadable(desk) == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
async def test_a_phone_needs_no_sideways_scroll_and_no_small_taps(
    open_page: OpenPage, locale: str
) -> None:
    page = await open_page("/chat", viewport={"width": 360, "height": 740}, locale=locale)
    await wait_for_a_person(page)
    await page.fill("#field", "W" * 200)
    await page.press("#field", "Enter")
    await page.wait_for_selector(".line--own:last-child[data-state=sent]")
    for width in (360, 320):
        await page.set_viewport_size({"width": width, "height": 740})
        assert await page.evaluate(SIDEWAYS) == 0
        taps = await page.evaluate(READ_TAPS)
        assert [tap for tap in taps if min(tap["width"], tap["height"]) < LEAST_TAP_PX] == []


async def test_twice_the_zoom_keeps_everything_in_reach(open_page: OpenPage) -> None:
    page = await open_page("/chat", viewport={"width": 640, "height": 360})
    await wait_for_a_person(page)
    assert await page.evaluate(SIDEWAYS) == 0
    for part in ("#language", "#new-chat", "#leave", "#field"):
        await expect(page.locator(part)).to_be_in_viewport(ratio=1)


async def test_the_desk_fits_a_tablet(
    open_page: OpenPage, sign_in: SignIn, wait_unseen: Callable[..., Awaitable[None]]
) -> None:
    await wait_unseen()
    desk = await open_page("/desk", viewport={"width": 1280, "height": 800})
    await sign_in(desk)
    await desk.locator(".ticket .button").last.click()
    await desk.wait_for_selector(".line--customer")
    for width in (1280, 768):
        await desk.set_viewport_size({"width": width, "height": 800})
        assert await desk.evaluate(SIDEWAYS) == 0
        for part in ("#field", "#hand-back", "#close", "#sign-out"):
            await expect(desk.locator(part)).to_be_in_viewport(ratio=1)


async def test_who_wants_less_motion_gets_none(open_page: OpenPage) -> None:
    page = await open_page("/chat", reduced_motion="reduce")
    await page.wait_for_selector(".line--bot")
    animated = "[...document.querySelectorAll('*')].filter((n) => getComputedStyle(n).animationName !== 'none').length"
    assert await page.evaluate(animated) == 0
