"""A sealed page opens with its words, asks for nothing from elsewhere, and says what it is where it cannot open."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from sharing_cases import WORDS, changed, drawn

from journal.domain.sharing import Chosen, Excerpt
from journal.errors import BadInput, JournalError, WrongPassphrase
from journal.sharing import excerpt, page
from journal.sharing.page import SealedPage


@pytest.fixture(scope="module")
def sealed(sealed_page: SealedPage) -> bytes:
    return page.sealed_part(sealed_page.html)


@pytest.fixture(scope="module")
def master(sealed: bytes) -> bytes:
    rounds, salt = page.check_sealed(sealed)
    return page.stretched(WORDS, salt, rounds)


def test_the_words_open_it_and_others_do_not(sealed_page: SealedPage, shared: Excerpt) -> None:
    assert page.open_page(sealed_page.html, " ABLE, acid\nactor adapt again-album") == shared
    with pytest.raises(WrongPassphrase, match="do not open this page"):
        page.open_page(sealed_page.html, WORDS + "s")
    with pytest.raises(BadInput, match="no words"):
        page.open_page(sealed_page.html, " 123 ")


def test_the_words_are_new_for_each_page_and_in_none(shared: Excerpt) -> None:
    one, two = (page.seal_page(shared, rounds=page.FEWEST_ROUNDS) for _ in range(2))
    assert one.passphrase != two.passphrase
    assert len(one.passphrase.split()) == 6
    assert one.passphrase.encode() not in one.html
    assert one.html != two.html
    assert one.passphrase not in repr(one)


def test_nothing_of_the_excerpt_stands_openly_in_the_page(sealed_page: SealedPage, shared: Excerpt) -> None:
    for words in (shared.recipient, shared.sender, shared.question, shared.share, "March 2026"):
        assert words.encode() not in sealed_page.html


def test_pages_differ_in_their_sealed_part_alone(sealed_page: SealedPage, shared: Excerpt) -> None:
    other = page.seal_page(replace(shared, share="ab" * 16), WORDS, rounds=page.FEWEST_ROUNDS, randomness=drawn(500))
    one, two = (re.sub(rb"(?s)hidden>[\w+/=\s]+</pre>", b"", html.html) for html in (sealed_page, other))
    assert one == two


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(sealed_page: SealedPage) -> None:
    html = sealed_page.html.decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1]  # type: ignore[index]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts.pop("default-src") == "'none'"
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        (content,) = re.findall(rf"(?s)<{tag}>(.*?)</{tag}>", html)
        hashed = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert parts.pop(name) == f"'sha256-{hashed}'"
    assert set(parts) == {"base-uri", "form-action", "require-trusted-types-for", "trusted-types"}
    assert html.index("Content-Security-Policy") < html.index("<style>") < html.index("<script>")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_names_no_address_and_no_handler_in_its_markup(sealed_page: SealedPage) -> None:
    html = sealed_page.html.decode()
    seen = _Seen()
    seen.feed(html)
    names = {name for _, attributes in seen.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name in ("src", "style", "action", "srcset")}
    assert [attributes["href"] for _, attributes in seen.tags if "href" in attributes] == ["#reply"]
    assert "http://" not in html
    assert "https://" not in html
    assert "innerHTML" not in html
    assert not re.search(r"localStorage|sessionStorage|indexedDB|cookie|fetch\(|XMLHttp", html)


def test_every_field_of_the_page_has_a_label_and_every_id_is_there_once(sealed_page: SealedPage) -> None:
    seen = _Seen()
    seen.feed(sealed_page.html.decode())
    ids = [attributes["id"] for _, attributes in seen.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    fields = {attributes["id"] for tag, attributes in seen.tags if tag in ("textarea", "input")}
    assert fields == {attributes["for"] for tag, attributes in seen.tags if tag == "label"}
    assert {"header", "main", "footer", "noscript", "h1"} <= {tag for tag, _ in seen.tags}
    used = set(re.findall(r'\$\("([a-z-]+)"\)', sealed_page.html.decode()))
    assert used - {"answer"} <= set(ids)


def opened(sealed: bytes, master: bytes) -> Excerpt:
    """As a page is opened, without stretching the same words again and again."""
    page.check_sealed(sealed)
    return page.unsealed(sealed, master)


def test_every_sealed_byte_that_is_changed_or_missing_is_noticed(sealed: bytes, master: bytes) -> None:
    for broken in changed(sealed, every=3, whole=90):
        with pytest.raises(JournalError) as refused:
            opened(broken, master)
        assert refused.value.advice


@pytest.mark.parametrize("rounds", [0, 1, 599_999, 10_000_001, 2**32 - 1])
def test_a_page_that_asks_for_too_little_work_or_far_too_much_is_refused(sealed: bytes, rounds: int) -> None:
    with pytest.raises(BadInput, match="damaged"):
        page.check_sealed(sealed[:5] + rounds.to_bytes(4, "big") + sealed[9:])


def test_a_page_of_a_later_form_says_so(sealed: bytes) -> None:
    with pytest.raises(BadInput, match="form this program does not know"):
        page.check_sealed(sealed[:4] + b"\x02" + sealed[5:])


def test_what_is_inside_must_be_of_the_share_that_is_named(sealed: bytes, master: bytes, shared: Excerpt) -> None:
    header = sealed[: page._HEADER - 16] + b"\xab" * 16
    body = page._cipher(page.derived(master, "page")).encrypt(bytes(12), excerpt.to_bytes(shared), header)
    with pytest.raises(BadInput, match="damaged"):
        page.unsealed(header + bytes(12) + body, master)


@pytest.mark.parametrize(
    "html",
    [b"", b"<html>", b'<pre id="sealed" hidden>AA</pre>' * 2, b'<pre id="sealed" hidden>A</pre>', b" " * 8_000_001],
)
def test_another_page_is_refused(html: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        page.open_page(html, WORDS)
    assert refused.value.advice


def test_the_reply_key_does_not_open_the_page(sealed_page: SealedPage, master: bytes) -> None:
    assert sealed_page.reply_key == page.derived(master, "reply") != page.derived(master, "page")


def test_ten_thousand_words_fit() -> None:
    words = " ".join(["ward"] * 10_000)
    made = excerpt.make_excerpt([Chosen(0, len(words), words)], words, recipient="R", today=date(2026, 3, 9))
    sealed = page.seal_page(made, WORDS, rounds=page.FEWEST_ROUNDS)
    assert len(sealed.html) < 120_000
    assert len(page.sealed_part(sealed.html)) > 50_000
