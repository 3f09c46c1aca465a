"""The site in a browser: no error, no overflow, no serious accessibility violation."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

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
OVERFLOW = """
const wide = document.documentElement.scrollWidth > window.innerWidth;
const out = [...document.querySelectorAll('main *')].filter(e => {
  if (e.closest('.scroll, pre, svg')) return false;
  const r = e.getBoundingClientRect();
  return r.width > 0 && r.right > window.innerWidth + 1;
}).map(e => e.outerHTML.slice(0, 120));
return wide ? ['the page', ...out] : out;
"""
OVERLAP = """
const boxes = [...document.querySelectorAll('.graph rect')].map(e => e.getBoundingClientRect());
const blocks = [...document.querySelectorAll('main > section, main > section > article')]
  .map(e => [e, e.getBoundingClientRect()]);
const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1
  && b.top < a.bottom - 1;
let count = 0;
boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => { if (meet(a, b)) count++; }));
blocks.forEach(([e, a], i) => blocks.slice(i + 1).forEach(([f, b]) => {
  if (!e.contains(f) && !f.contains(e) && meet(a, b)) count++; }));
const cut = [...document.querySelectorAll('.graph .node')].filter(n => {
  const r = n.querySelector('rect').getBBox(), t = n.querySelector('text').getBBox();
  return t.width > r.width - 4; }).length;
return count + cut;
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
        yield driver
        driver.quit()


def set_width(browser: Any, width: int) -> None:
    """Give the page a width, below what a window may have."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def pages(site: Path) -> list[Path]:
    """All pages of the site."""
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_overflows_or_overlaps(browser: Any, site: Path, width: int) -> None:
    """At the width of a phone and of a desk, on every page, without an error in the console."""
    for page in pages(site):
        set_width(browser, width)
        browser.get(page.as_uri())
        assert browser.execute_script(OVERFLOW) == [], page.name
        assert browser.execute_script(OVERLAP) == 0, page.name
        assert [e for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []


def violations(browser: Any) -> list[str]:
    """The serious violations that axe-core finds on the page at hand."""
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    browser.execute_script(script)
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run().then(r => done(JSON.stringify(r.violations)));"
    )
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in json.loads(found)
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_violation(browser: Any, site: Path, scheme: str) -> None:
    """axe-core finds none, in the light and in the dark."""
    set_width(browser, 1440)
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    for page in pages(site):
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        browser.get(page.as_uri())
        assert violations(browser) == [], page.name


def test_axe_sees_a_violation(browser: Any, tmp_path: Path) -> None:
    """A page with a nameless picture and a pale text is found out: the test above can fail."""
    page = tmp_path / "bad.html"
    page.write_text('<html><body><img src="x.png"><p style="color:#eee">pale</p></body></html>')
    browser.get(page.as_uri())
    assert violations(browser) != []


def test_a_node_of_the_graph_leads_to_its_claim(browser: Any, site: Path) -> None:
    """Each node is a link to the page of the item that it names."""
    set_width(browser, 1440)
    browser.get((site / "index.html").as_uri())
    nodes = browser.execute_script(
        "return [...document.querySelectorAll('.graph .node')]"
        ".map(n => [n.querySelector('text').textContent, n.getAttribute('href')]);"
    )
    assert len(nodes) > 5
    for item, href in nodes:
        browser.get((site / href).as_uri())
        assert browser.execute_script("return document.querySelector('h1').textContent").startswith(
            item
        )
