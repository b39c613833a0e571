"""The sealed page in a real Chromium, opened from a file with no network: what a supervisor does, step by step.

Run: uv run --with playwright python tests/benchmarks/page_in_browser.py [--chromium PATH] [--axe FILE] [--shots DIR]

Prints one line for each thing tried, and ends with 1 where any of them failed. With --axe (axe.min.js of axe-core), the
page is also looked over in each state; with --shots, pictures of it are kept.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from journal.domain.sharing import Chosen, Excerpt, Mark, Reply
from journal.sharing import excerpt, page, reply

WORDS = "able acid actor adapt again album"
STORY = (
    "I was asked to hold the bleep for both wards and I said yes before I had thought about it.",
    "Nobody had told the night team about the second list, and I noticed that I had assumed somebody would.",
    "When the registrar asked who was covering, three of us looked at the floor.",
)
PLAN = (
    "Next time I shall ask who else knows before I start.",
    "I want to put the two lists on one sheet for a week, count how often they differ, and bring that to the huddle.",
)
HOSTILE = "<img src=x onerror=alert(1)><script>document.title='taken'</script>"


def told(**more: Any) -> Excerpt:
    """The excerpt of two steps that the pictures show."""
    text = " ".join((*STORY, "Left out.", *PLAN))
    steps = [(one, "What happened") for one in STORY] + [(one, "What I shall do") for one in PLAN]
    chosen = [Chosen(text.index(one), text.index(one) + len(one), one, step) for one, step in steps]
    given: dict[str, Any] = {
        "recipient": "Dr Okafor",
        "sender": "Amina",
        "question": "Where would you have started: with the list, or with who was in the room?",
        "when": "spring 2026",
        "shift": "Since the autumn more of my writing is about how the work is arranged: 4 sentences in 10, not 2.",
        "expires": date(2026, 6, 30),
        "today": date(2026, 3, 9),
    }
    return excerpt.make_excerpt(chosen, text, **(given | more))


def long_excerpt(words: int = 10_000) -> Excerpt:
    """So many words in sentences of twenty."""
    sentence = " ".join(["ward"] * 19 + ["round."])
    chosen = [Chosen(at * 200, at * 200 + 199, f"{at + 1} {sentence}") for at in range(words // 20)]
    return excerpt.make_excerpt(chosen, "", recipient="Dr Okafor", today=date(2026, 3, 9))


@dataclass
class Bench:
    """A browser, a folder to open pages from, and what was found so far."""

    browser: Browser
    folder: Path
    axe: str = ""
    shots: Path | None = None
    failed: int = 0

    def check(self, what: str, good: bool, more: str = "") -> None:
        self.failed += not good
        print(f"{'ok  ' if good else 'FAIL'}  {what}{f'  ({more})' if more else ''}", flush=True)

    def picture(self, seen: Page, name: str) -> None:
        if self.shots:
            seen.screenshot(path=str(self.shots / f"{name}.png"), full_page=True)

    def look_over(self, seen: Page, state: str) -> None:
        """What axe-core finds wrong in this state of the page."""
        if not self.axe:
            return
        seen.evaluate(self.axe + "; undefined")
        found = seen.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
        ids = [f"{one['id']} {one['nodes'][0]['target']}" for one in found["violations"]]
        self.check(f"axe finds nothing: {state}", not ids, "; ".join(ids) or f"{len(found['passes'])} rules passed")

    @contextmanager
    def opened(self, made: Excerpt, **context: Any) -> Iterator[tuple[Page, page.SealedPage]]:
        """A fresh window with the page of an excerpt, read from a file while the network is off."""
        sealed = page.seal_page(made, WORDS)
        file = self.folder / "excerpt.html"
        file.write_bytes(sealed.html)
        window = self.browser.new_context(offline=True, **context)
        try:
            seen = window.new_page()
            faults: list[str] = []
            seen.on("pageerror", lambda error: faults.append(str(error)))
            seen.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            seen.on("request", lambda asked: None if asked.url.startswith("file:") else faults.append(asked.url))
            seen.on("dialog", lambda dialog: dialog.accept())
            seen.goto(file.as_uri())
            yield seen, sealed
            if faults:
                self.check("nothing was asked for and no error shown", False, "; ".join(faults))
        finally:
            window.close()


def unlock(seen: Page, words: str = WORDS) -> None:
    seen.fill("#words", words)
    seen.click("#open")
    seen.wait_for_selector("#open:not([aria-disabled])", state="attached", timeout=60_000)


def imported(block: str, made: Excerpt, sealed: page.SealedPage) -> Reply:
    return reply.read_reply(block, replace(excerpt.sent(made), page_key=sealed.reply_key))


def a_wrong_passphrase(bench: Bench) -> None:
    with bench.opened(told()) as (seen, _):
        bench.check("the first field has the focus", seen.evaluate("document.activeElement.id") == "words")
        bench.look_over(seen, "locked")
        unlock(seen, "able acid actor adapt again alarm")
        said = seen.inner_text("#wrong")
        bench.check("a wrong passphrase is said in one line", "do not open" in said and "\n" not in said)
        bench.check("what was typed is still there", seen.input_value("#words").endswith("alarm"))
        bench.check("nothing is shown", not seen.is_visible("#excerpt") and not seen.inner_text("#passages"))
        bench.look_over(seen, "wrong passphrase")
        unlock(seen, " 1. ABLE acid, Actor\n adapt again ALBUM ")
        bench.check("the right words open it, however they are typed", seen.is_visible("#excerpt"))
        bench.check("the words are gone from the page", seen.evaluate("document.getElementById('words').value") == "")


def a_reply(bench: Bench) -> None:
    made = told()
    with bench.opened(made, permissions=["clipboard-read", "clipboard-write"]) as (seen, sealed):
        unlock(seen)
        shown = seen.locator("#passages li > p").all_inner_texts()
        bench.check("every passage is there, in order", shown == [one.text for one in made.passages])
        seen.click("#passages li:nth-of-type(2) >> nth=0")
        seen.click("#passages button >> nth=4")
        bench.check("marks are told", seen.inner_text("#marked") == "You marked sentences 2 and 5.")
        seen.click("#copy")
        bench.check("a reply without a name is refused in words", "name" in seen.inner_text("#missing"))
        seen.fill("#noticed", "You saw the gap — and said so.\n“Who else knows?” is a good question 🩺")
        seen.fill("#next", "Try the sheet for a week.")
        seen.fill("#name", "Chidi Okafor")
        seen.fill("#role", "Consultant")
        seen.click("#copy")
        seen.wait_for_selector("#result:not([hidden])")
        bench.check("it says that it is copied", "Copied" in seen.inner_text("#copied"))
        block = seen.evaluate("navigator.clipboard.readText()")
        bench.check("what is copied is what is shown", block == seen.input_value("#block"))
        bench.look_over(seen, "replied")
        got = imported(block, made, sealed)
        bench.check("the reply is read in the journal", got.marks == (Mark(2), Mark(5)) and got.name == "Chidi Okafor")
        bench.check("its words are the same", got.noticed.endswith("question 🩺") and got.next_step.endswith("week."))
        quoted = "Hi,\n\n> " + block.replace("\n", "\n> ").replace("-----", "—")
        bench.check("also after a mail program quoted it", imported(quoted, made, sealed) == got)
        seen.fill("#ask", "And who would you tell?")
        bench.check("a changed reply takes the old one away", not seen.is_visible("#result"))


def without_a_clipboard(bench: Bench) -> None:
    with bench.opened(told()) as (seen, _):
        seen.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
        unlock(seen)
        seen.fill("#noticed", "Well seen.")
        seen.fill("#name", "C")
        seen.click("#copy")
        seen.wait_for_selector("#result:not([hidden])")
        chosen = seen.evaluate("(b => b.selectionEnd - b.selectionStart)(document.getElementById('block'))")
        whole = len(seen.input_value("#block"))
        bench.check("where copying is refused the reply stands selected", chosen == whole and whole > 100)
        bench.check("and says how to copy by hand", "Ctrl" in seen.inner_text("#copied"))


def only_the_keyboard(bench: Bench) -> None:
    made = told()
    with bench.opened(made) as (seen, sealed):
        press = seen.keyboard.press
        seen.keyboard.type(WORDS)
        press("Enter")
        seen.wait_for_selector("#excerpt:not([hidden])", timeout=60_000)
        bench.check("the focus moves to the excerpt", seen.evaluate("document.activeElement.id") == "excerpt")
        for key in ("Tab", "ArrowDown", "ArrowDown", "Space", "End", "Enter", "Home", "Space", "Space"):
            press(key)
        bench.check("arrows and space mark", seen.inner_text("#marked") == "You marked sentences 3 and 5.")
        order = []
        for _ in range(6):
            press("Tab")
            order.append(seen.evaluate("document.activeElement.id"))
            seen.keyboard.type("" if order[-1] == "copy" else f"typed in {order[-1]}")
        bench.check(
            "tab goes through the boxes", order == ["noticed", "ask", "next", "name", "role", "copy"], str(order)
        )
        press("Enter")
        seen.wait_for_selector("#result:not([hidden])")
        got = imported(seen.input_value("#block"), made, sealed)
        bench.check("a whole reply without a mouse", (got.question, got.role) == ("typed in ask", "typed in role"))


def ten_thousand_words(bench: Bench) -> None:
    made = long_excerpt()
    with bench.opened(made) as (seen, sealed):
        began = time.perf_counter()
        unlock(seen)
        seen.wait_for_selector("#excerpt:not([hidden])")
        took = time.perf_counter() - began
        bench.check("10,000 words open", seen.locator("#passages li").count() == 500, f"{took:.1f} s with the key")
        began = time.perf_counter()
        seen.click("#passages button >> nth=499")
        bench.check("and can be marked", "500" in seen.inner_text("#marked"), f"{time.perf_counter() - began:.2f} s")
        seen.focus("#skip")
        seen.keyboard.press("Enter")
        bench.check("a link skips to the reply", seen.evaluate("document.activeElement.id") == "reply")
        seen.fill("#noticed", "x" * 20_000)
        seen.fill("#name", "C")
        seen.click("#copy")
        seen.wait_for_selector("#result:not([hidden])")
        bench.check(
            "a reply of the largest size", len(imported(seen.input_value("#block"), made, sealed).noticed) == 20_000
        )


def hostile_text(bench: Bench) -> None:
    chosen = [Chosen(0, 5, HOSTILE)]
    made = excerpt.make_excerpt(
        chosen, HOSTILE, recipient=HOSTILE, question=HOSTILE, sender=HOSTILE, today=date(2026, 3, 9)
    )
    with bench.opened(made) as (seen, _):
        unlock(seen)
        bench.check("markup stays text", seen.inner_text("#question") == HOSTILE and seen.locator("img").count() == 0)
        bench.check("and does nothing", seen.title() == "A few sentences, shared with you")


def nothing_from_elsewhere(bench: Bench) -> None:
    tries = {
        "fetch": "fetch('https://example.org').then(() => 'went', () => 'refused')",
        "image": "new Promise(d => { const i = new Image(); i.onload = () => d('went'); i.onerror = () => d('refused');"
        " i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='; })",
        "script": "new Promise(d => { const s = document.createElement('script');"
        " try { s.text = 'window.ran = 1'; document.body.append(s) } catch {} d(window.ran ? 'went' : 'refused'); })",
        "markup": "(() => { try { document.body.innerHTML = 'x'; return 'went' } catch { return 'refused' } })()",
    }
    window = bench.browser.new_context(offline=True)
    seen = window.new_page()
    (bench.folder / "policy.html").write_bytes(page.seal_page(told(), WORDS).html)
    seen.goto((bench.folder / "policy.html").as_uri())
    for name, attempt in tries.items():
        bench.check(f"the page's policy refuses: {name}", seen.evaluate(attempt) == "refused")
    window.close()


def without_scripts(bench: Bench) -> None:
    with bench.opened(told(), java_script_enabled=False) as (seen, _):
        words = seen.inner_text("main")
        bench.check(
            "without scripts it says what to do", "Scripts are switched off" in words and "double-click" in words
        )
        bench.picture(seen, "no-scripts")
    window = bench.browser.new_context(offline=True)
    window.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    seen = window.new_page()
    seen.goto((bench.folder / "excerpt.html").as_uri())
    bench.check("without WebCrypto too", "does not let it decrypt" in seen.inner_text("main"))
    window.close()


def damaged_pages(bench: Bench) -> None:
    whole = page.seal_page(told(), WORDS).html
    at = whole.index(b"hidden>", whole.index(b'id="sealed"')) + 7
    for name, raw in {
        "flipped magic": whole[:at] + b"A" + whole[at + 1 :],
        "cut": whole[: at + 40] + whole[whole.index(b"</pre>") :],
        "no base64": whole[:at] + b"!!" + whole[at:],
    }.items():
        (bench.folder / "damaged.html").write_bytes(raw)
        window = bench.browser.new_context(offline=True)
        seen = window.new_page()
        seen.goto((bench.folder / "damaged.html").as_uri())
        bench.check(f"a damaged page says so: {name}", "damaged" in seen.inner_text("main"))
        window.close()


def on_paper(bench: Bench) -> None:
    with bench.opened(told()) as (seen, _):
        unlock(seen)
        seen.click("#passages button >> nth=1")
        seen.fill("#noticed", "You saw the gap.\nAnd said so.")
        seen.fill("#name", "Chidi Okafor")
        seen.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        seen.emulate_media(media="print")
        words = seen.inner_text("body")
        bench.check("print has sentences and answers", STORY[1] in words and "And said so." in words)
        bench.check("and no buttons", not seen.is_visible("#copy") and not seen.is_visible("#noticed"))
        bench.picture(seen, "print")
        if bench.shots:
            seen.pdf(path=str(bench.shots / "print.pdf"), format="A4")


def sizes_and_colours(bench: Bench) -> None:
    for width, height, name in ((1280, 900, "desktop"), (360, 740, "phone")):
        for scheme in ("light", "dark"):
            context = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
            with bench.opened(told(), **context) as (seen, _):
                bench.picture(seen, f"{name}-{scheme}-locked")
                bench.look_over(seen, f"locked, {name}, {scheme}")
                unlock(seen)
                seen.click("#passages button >> nth=1")
                seen.click("#passages button >> nth=3")
                seen.fill("#noticed", "You saw the gap before anybody named it.")
                seen.fill("#name", "Chidi Okafor")
                seen.click("#copy")
                seen.wait_for_selector("#result:not([hidden])")
                wide = seen.evaluate("document.documentElement.scrollWidth - innerWidth")
                bench.check(f"nothing stands out at the side: {name}", wide <= 0, f"{wide} px")
                bench.look_over(seen, f"open, {name}, {scheme}")
                bench.picture(seen, f"{name}-{scheme}-open")
    for extra in ({"forced_colors": "active"}, {"contrast": "more"}):
        with bench.opened(told(), **extra) as (seen, _):
            unlock(seen)
            seen.click("#passages button >> nth=1")
            bench.picture(seen, "-".join(extra))


TRIALS: tuple[Callable[[Bench], None], ...] = (
    a_wrong_passphrase,
    a_reply,
    without_a_clipboard,
    only_the_keyboard,
    ten_thousand_words,
    hostile_text,
    nothing_from_elsewhere,
    without_scripts,
    damaged_pages,
    on_paper,
    sizes_and_colours,
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--axe", type=Path)
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--only", default="", help="trials whose name holds one of these, with commas between")
    given = parser.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        axe = given.axe.read_text("utf-8") if given.axe else ""
        bench = Bench(browser, Path(folder), axe, given.shots)
        for trial in TRIALS:
            if any(part in trial.__name__ for part in given.only.split(",")):
                trial(bench)
        browser.close()
    print(f"{bench.failed} failed" if bench.failed else "all well")
    return bool(bench.failed)


if __name__ == "__main__":
    sys.exit(main())
