"""Looks at a page as it stands: is it for everybody, and all in one language?"""

from typing import Any, Final

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

AXE: Final = Axe().axe_script
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN: Final = """async (run) => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], runOnly: run });
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map((one) => one.html.slice(0, 120)).slice(0, 3).join(" | ")}`);
}"""
# Words of a conversation and names are in whatever language they are in; the rest is the page's.
# Known are what both languages call so, and what the tests have typed.
LEFTOVERS: Final = """(tag) => {
  const foreign = tag === "en" ? /[\\u3400-\\u9fff]+/g : /[A-Za-z]{2,}/g;
  const known = new Set(["App", "PIN", "Enter", "小王", "https", "evil", "example",
    "Excel", "CSV", "MB", "Rasa", "Dify", "FastGPT", "MaxKB"]);
  const data = ".bubble, .ticket__words, [translate=no], [hreflang], #language, #language-before,"
    + " .words, fieldset [lang], noscript";
  const found = [];
  const read = (what, words) => {
    for (const one of words.match(foreign) ?? []) if (!known.has(one)) found.push(`${what}: ${words}`);
  };
  if (document.documentElement.lang !== tag) found.push(`lang: ${document.documentElement.lang}`);
  read("title", document.title);
  for (const node of document.querySelectorAll("body *")) {
    if (node.closest(data)) continue;
    for (const child of node.childNodes) if (child.nodeType === 3) read(node.tagName, child.data);
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      read(name, node.getAttribute(name) ?? "");
    }
  }
  return found;
}"""
# Ways by which a text that got into a page would become markup or code; those that work are told.
SINKS: Final = """async () => {
  const went = [];
  const markup = "<img src=x onerror='window.ran = true'>";
  const code = "window.ran = true";
  const tries = {
    innerHTML: () => { document.createElement("div").innerHTML = markup; },
    insertAdjacentHTML: () => document.body.insertAdjacentHTML("beforeend", markup),
    write: () => document.write(markup),
    parse: () => new DOMParser().parseFromString(markup, "text/html"),
    srcdoc: () => { document.createElement("iframe").srcdoc = markup; },
    script: () => { document.createElement("script").text = code; },
    src: () => { document.createElement("script").src = "/static/chat/chat.js"; },
    policy: () => trustedTypes.createPolicy("mine", { createHTML: (text) => text }),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    try { attempt(); went.push(name); } catch { /* stopped */ }
  }
  const inline = document.createElement("script");
  inline.append(code);
  document.body.append(inline);
  const handled = document.createElement("button");
  try { handled.setAttribute("onclick", code); } catch { /* stopped */ }
  handled.click();
  const styled = document.createElement("p");
  styled.setAttribute("style", "color: rgb(1, 2, 3)");
  document.body.append(styled);
  if (getComputedStyle(styled).color === "rgb(1, 2, 3)") went.push("style");
  await new Promise((done) => setTimeout(done, 50));
  if (window.ran) went.push("ran");
  for (const node of [inline, styled]) node.remove();
  return went;
}"""


async def look(page: Page, state: str, language: str) -> list[str]:
    """What is wrong with a page, in daylight and in the dark; each begins with the state."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    found: list[str] = await page.evaluate(LEFTOVERS, "zh-CN" if language == "zh" else "en")
    run: dict[str, Any] = {"type": "tag", "values": TAGS}
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        found += [f"{scheme} {one}" for one in await page.evaluate(RUN, run)]
        run = {"type": "rule", "values": ["color-contrast"]}  # all else is the same in the dark
    return [f"{state}: {one}" for one in found]
