"""The report of the whole record in a browser: no error, no overflow, accessible to all."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from certificates.report.pages import build
from proofs.findings import kinds
from proofs.registry import PAPER_ORDER
from tests.report.conftest import PAPER

webdriver = pytest.importorskip("selenium.webdriver")
axe = pytest.importorskip("axe_core_python")

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromium-driver"),
]
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# what is folded is looked at as well
UNFOLD = "document.querySelectorAll('details').forEach(e => { e.open = true; });"
# dark mode changes colours alone: where all of a formula has one colour, one letter stands for it
COLLAPSE = "document.querySelectorAll('math').forEach(m => { m.textContent = 'x'; });"
MANY_COLOURS = """
return [...document.querySelectorAll('math')].filter(m => {
  const colour = getComputedStyle(m).color;
  return [...m.querySelectorAll('*')].some(e => {
    const s = getComputedStyle(e);
    return s.color !== colour || s.backgroundColor !== 'rgba(0, 0, 0, 0)' || s.opacity !== '1';
  });
}).map(m => m.outerHTML.slice(0, 120));
"""
OVERFLOW = """
const wide = document.documentElement.scrollWidth > window.innerWidth;
const out = [...document.querySelectorAll('main *, nav *')].filter(e => {
  if (e.closest('.scroll, [role=region], pre, svg, .skip')) return false;
  const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > window.innerWidth + 1;
}).map(e => e.outerHTML.slice(0, 120));
const cut = [...document.querySelectorAll('.display:not([role])')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => 'cut: ' + e.innerHTML.slice(0, 120));
return wide ? ['the page', ...out, ...cut] : [...out, ...cut];
"""
OVERLAP = """
const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
  && b.top < a.bottom - 1;
const groups = ['.graph rect', 'main > section', '.part, .finding', 'main > *', 'li > *',
  'tr > *', '.clause > math'].map(s => [...document.querySelectorAll(s)]
    .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width * r.height > 0));
const found = [];
for (const boxes of groups) {
  boxes.sort(([, a], [, b]) => a.top - b.top);
  boxes.forEach(([e, a], i) => {
    for (let j = i + 1; j < boxes.length && boxes[j][1].top < a.bottom - 1; j++) {
      const [f, b] = boxes[j];
      if (!e.contains(f) && !f.contains(e) && meet(a, b)) found.push(e.outerHTML.slice(0, 200));
    }
  });
}
const names = [...document.querySelectorAll('.graph .node')].filter(n => {
  const r = n.querySelector('rect').getBBox(), t = n.querySelector('text').getBBox();
  return t.width > r.width - 4; }).map(n => n.textContent);
return [...found, ...names];
"""
# formulas that a reader has to scroll, of all
SCROLLED = """
const all = [...document.querySelectorAll('.display')];
return [all.filter(e => e.scrollWidth > e.clientWidth + 1).length, all.length];
"""
OUTLINE = """
const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1]);
const bare = [...document.querySelectorAll('math:not([alttext]), th:not([scope])')].length;
const marks = ['header', 'nav[aria-label]', 'main', 'footer'].filter(
  s => !document.querySelector(s));
return [levels, bare, marks];
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium with a fresh profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(executable_path=str(DRIVER))
        driver = webdriver.Chrome(options=options, service=service)
        driver.set_script_timeout(120)  # axe-core, on the pages with the most formulas
        yield driver
        driver.quit()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the committed record."""
    out = tmp_path_factory.mktemp("whole") / "site"
    record = build(PAPER, out, [c.item for c in PAPER_ORDER], kinds(PAPER_ORDER))
    assert not record.rejected
    return out


def set_width(browser: Any, width: int) -> None:
    """Give the page a width, below what a window may have."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def set_media(browser: Any, scheme: str, media: str = "") -> None:
    """Light or dark, and print if asked for."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})


def violations(browser: Any, *rules: str) -> list[str]:
    """The serious violations that axe-core finds on the page at hand, of all rules or of these."""
    if not browser.execute_script("return 'axe' in window;"):
        browser.execute_script((Path(axe.__file__).parent / "axe.min.js").read_text("utf-8"))
    only = {"runOnly": list(rules)} if rules else {}
    found = browser.execute_async_script(
        "const done = arguments[1];"
        "axe.run({resultTypes: ['violations'], ...arguments[0]})"
        ".then(r => done(JSON.stringify(r.violations)));",
        only,
    )
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in json.loads(found)
        if v["impact"] in ("serious", "critical")
    ]


def test_every_page_in_both_widths_and_both_lights(browser: Any, whole: Path) -> None:
    """Nothing overflows, overlaps or violates; all is in order; few formulas must be scrolled.

    Everything folded is opened first.  On a desk no formula is scrolled, on a phone one in thirty.
    """
    scrolled = {390: [0, 0], 1440: [0, 0]}
    pages = sorted(whole.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        browser.get(page.as_uri())
        browser.execute_script(UNFOLD)
        for width in scrolled:
            set_width(browser, width)
            assert browser.execute_script(OVERFLOW) == [], (page.name, width)
            assert browser.execute_script(OVERLAP) == [], (page.name, width)
            counts = browser.execute_script(SCROLLED)
            scrolled[width] = [a + b for a, b in zip(scrolled[width], counts, strict=True)]
        levels, bare, marks = browser.execute_script(OUTLINE)
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels)), page.name
        assert (bare, marks) == (0, []), page.name
        set_media(browser, "light")
        assert violations(browser) == [], page.name
        set_media(browser, "dark")
        assert browser.execute_script(MANY_COLOURS) == [], page.name
        browser.execute_script(COLLAPSE)
        assert violations(browser, "color-contrast") == [], page.name
        assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == [], page.name
    assert scrolled[1440][0] == 0
    assert 30 * scrolled[390][0] < scrolled[390][1]


def test_the_checks_see_what_is_wrong(browser: Any, tmp_path: Path) -> None:
    """A nameless picture, a pale text, a wide and an overlapping element are found out."""
    page = tmp_path / "bad.html"
    page.write_text(
        '<html><body><main><img src="x.png"><p style="color:#eee">pale</p>'
        '<div style="width:3000px">wide</div><section>one</section>'
        '<section style="margin-top:-3em">two</section><div class="display" '
        'style="overflow:auto;width:50px"><div style="width:90px">cut</div></div>'
        '<math alttext="x"><mi style="color:#ddd">x</mi></math></main>'
    )
    browser.get(page.as_uri())
    set_width(browser, 390)
    assert len(violations(browser)) > 1
    assert len(browser.execute_script(MANY_COLOURS)) == 1
    assert any("wide" in o for o in browser.execute_script(OVERFLOW))
    assert any(o.startswith("cut") for o in browser.execute_script(OVERFLOW))
    assert any("one" in o or "two" in o for o in browser.execute_script(OVERLAP))


def test_the_nodes_of_the_graph_lead_to_their_claims(browser: Any, whole: Path) -> None:
    """Each node is a link to the page of the item that it names; one is clicked."""
    set_width(browser, 1440)
    set_media(browser, "light")
    browser.get((whole / "index.html").as_uri())
    nodes = browser.execute_script(
        "return [...document.querySelectorAll('.graph .node')]"
        ".map(n => [n.querySelector('text').textContent, n.getAttribute('href')]);"
    )
    assert len(nodes) > 40
    for item, href in nodes:
        text = (whole / href).read_text(encoding="utf-8")
        assert f"<h1>{item}<" in text.replace("&#39;", "'"), item
    item, href = nodes[len(nodes) // 2]
    browser.find_element("css selector", f'.graph a[href="{href}"]').click()
    assert browser.current_url.endswith(href)
    assert browser.find_element("css selector", "h1").text.startswith(item)


def test_the_keyboard_reaches_everything(browser: Any, whole: Path) -> None:
    """The first stop skips to the content and is seen; each stop has a visible outline."""
    set_width(browser, 1440)
    browser.get((whole / "claims" / "lemma-6.html").as_uri())
    keys = webdriver.Keys
    body = browser.find_element("css selector", "body")
    body.send_keys(keys.TAB)
    first = browser.switch_to.active_element
    assert first.text == "Skip to the content"
    assert browser.execute_script("return arguments[0].getBoundingClientRect().left >= 0;", first)
    for _ in range(12):
        browser.switch_to.active_element.send_keys(keys.TAB)
        style = browser.execute_script(
            "const s = getComputedStyle(document.activeElement);"
            "return [s.outlineStyle, parseFloat(s.outlineWidth)];"
        )
        assert style[0] != "none"
        assert style[1] >= 1
    browser.get((whole / "claims" / "lemma-6.html").as_uri())
    browser.find_element("css selector", "body").send_keys(keys.TAB)
    browser.switch_to.active_element.send_keys(keys.ENTER)
    assert browser.current_url.endswith("#content")


def test_a_link_to_a_folded_lemma_opens_it(browser: Any, whole: Path) -> None:
    """Whoever follows a chip of the contents sees what it names."""
    browser.get((whole / "claims" / "theorem-8.html").as_uri())
    target = browser.execute_script("return document.querySelector('details.part > div').id;")
    chip = browser.find_element("css selector", f'.contents a[href="#{target}"]')
    chip.click()
    assert browser.execute_script(
        "return document.getElementById(arguments[0]).parentElement.open;", target
    )


def test_print_shows_what_is_folded_and_no_navigation(browser: Any, whole: Path) -> None:
    """On paper: black on white even in the dark, lemmas open, no menu, nothing cut."""
    browser.get((whole / "claims" / "theorem-8.html").as_uri())
    set_width(browser, 720)
    set_media(browser, "dark", "print")
    found = browser.execute_script(
        "const shown = s => document.querySelector(s).getBoundingClientRect().height > 0;"
        "const body = getComputedStyle(document.body);"
        "return [shown('.top'), shown('details.part > div math'), body.backgroundColor,"
        " body.color, document.documentElement.scrollWidth <= 720];"
    )
    set_media(browser, "light")
    assert found == [False, True, "rgb(255, 255, 255)", "rgb(0, 0, 0)", True]
