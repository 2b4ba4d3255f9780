"""The page as browsers show it: no request, no complaint, no sideways scroll, contrast, keyboard, paper."""

from __future__ import annotations

import os
import re

import pytest
from browser import Browser
from chasm.report import write
from chasm.report.pdf import browser, print_page

pypdf = pytest.importorskip("pypdf", reason="skipped: the Python package pypdf is missing")
try:
    browser()
except Exception as missing:  # the message names what to install
    pytest.skip(f"skipped: {missing}", allow_module_level=True)

SCHEMES = ("light", "dark")
CONTRAST = 4.5

# Every element with text of its own: (text, ratio of its colour to what is behind it).
CONTRASTS = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const luminance = c => {
    const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255, 1];
  };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (['SCRIPT', 'STYLE', 'title', 'desc'].includes(e.tagName) || !e.getClientRects().length) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const style = getComputedStyle(e);
    const inside = e instanceof SVGElement;
    const [a, b] = [luminance(parse(inside ? style.fill : style.color)), luminance(behind(e))];
    found.push([e.textContent.trim().slice(0, 60), (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]);
  }
  return found;
})()"""

OVERFLOW = """(() => {
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getClientRects().length
    && !e.closest('.scroll, pre, .skip, svg') && e.getBoundingClientRect().right > innerWidth + .5);
  return [document.documentElement.scrollWidth, innerWidth, wide.map(e => e.tagName + '.' + e.className).slice(0, 5)];
})()"""

FOCUSED = """(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const all = [...document.querySelectorAll('*')];
  const drawn = e.matches('.switch input') ? e.nextElementSibling : e;
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(drawn);
  return { at: all.indexOf(e), name: e.tagName + '#' + e.id, shown: box.width > 0 && box.height > 0,
           outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 };
})()"""

SHOWN = """[...document.querySelectorAll('[data-scenario]')].filter(e => e.getClientRects().length)
  .map(e => [e.closest('section').id, e.dataset.scenario])"""

FIGURES = """[...document.querySelectorAll('figure')].filter(f => f.getClientRects().length).map(f => [
  f.querySelector('figcaption').textContent,
  ...[...f.querySelectorAll('svg.wide text')].map(t => t.textContent)])"""


@pytest.fixture(scope="module")
def page(wide, folder):
    return write(wide, folder / "browser.html")


@pytest.fixture(scope="module")
def chromium():
    running = Browser()
    yield running
    running.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scripts", (True, False), ids=("scripts", "no-scripts"))
def test_it_asks_nobody_and_complains_of_nothing(chromium, page, scheme, scripts):
    chromium.show(page, scheme=scheme, scripts=scripts)
    assert chromium.requests == [page.resolve().as_uri()] or all(
        url.startswith(("file:", "data:")) and (url.startswith("data:") or url == page.resolve().as_uri())
        for url in chromium.requests
    )
    assert chromium.complaints == []


def test_a_planted_request_and_complaint_are_seen(chromium, page, folder):
    faulty = folder / "faulty.html"
    html = page.read_text(encoding="utf-8")
    faulty.write_text(html.replace("</body>", '<img src="http://localhost:9/x.png"><script>throw 1</script></body>'))
    chromium.show(faulty)
    assert any("localhost" in url for url in chromium.requests)
    assert chromium.complaints


@pytest.mark.parametrize("width", (360, 768, 1280))
def test_nothing_is_wider_than_the_window(chromium, page, width):
    chromium.show(page, width=width)
    across, window, wide = chromium.evaluate(OVERFLOW)
    assert across <= window == width
    assert wide == []


def test_every_package_fits_a_narrow_window(chromium, page):
    """Every switch position, with all tables open."""
    chromium.show(page, width=360)
    for choice in chromium.evaluate("[...document.querySelectorAll('#losses .switch input')].map(e => e.id)"):
        chromium.evaluate(f"document.getElementById('{choice}').click()")
        chromium.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        across, window, wide = chromium.evaluate(OVERFLOW)
        assert (across, wide) == (window, []), choice


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", (360, 1280))
def test_text_can_be_told_from_what_is_behind_it(chromium, page, scheme, width):
    chromium.show(page, width=width, scheme=scheme)
    chromium.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = chromium.evaluate(CONTRASTS)
    assert len(found) > 300
    assert [pair for pair in found if pair[1] < CONTRAST] == []


def test_pale_text_is_seen(chromium, page, folder):
    pale = folder / "pale.html"
    html = page.read_text(encoding="utf-8")
    pale.write_text(html.replace("--soft: #5b5954", "--soft: #8b8984"), encoding="utf-8")
    chromium.show(pale)
    assert [pair for pair in chromium.evaluate(CONTRASTS) if pair[1] < CONTRAST]


def test_the_keyboard_reaches_everything_in_order(chromium, page):
    chromium.show(page)
    seen = []
    for _ in range(400):
        chromium.press("Tab", number=9)
        focused = chromium.evaluate(FOCUSED)
        if focused is None or (seen and focused["at"] == seen[0]["at"]):
            break
        seen.append(focused)
    assert seen[0]["name"].startswith("A#"), "the first stop skips to the answer"
    places = [stop["at"] for stop in seen]
    assert places == sorted(places)
    assert all(stop["outline"] for stop in seen), [stop["name"] for stop in seen if not stop["outline"]]
    assert all(stop["shown"] for stop in seen[1:])
    assert sum(stop["name"].startswith("INPUT#") for stop in seen) == 2, "one stop a switch; arrows move inside"
    assert any(stop["name"] == "SUMMARY#" for stop in seen)


def test_the_skip_link_goes_to_the_answer(chromium, page):
    chromium.show(page)
    chromium.press("Tab", number=9)
    chromium.press("Enter", number=13)
    assert chromium.evaluate("location.hash") == "#answer"


def test_arrows_switch_packages_without_scripts(chromium, page):
    chromium.show(page, scripts=False)
    before = chromium.evaluate(SHOWN)
    chromium.evaluate("document.querySelector('#losses .switch input').focus()")
    chromium.press("ArrowRight", number=39)
    after = chromium.evaluate(SHOWN)
    first, second = (dict(some) for some in (before, after))
    assert first["losses"] != second["losses"]
    assert first["unfold"] == second["unfold"], "without scripts each section has its own switch"
    assert len(dict.fromkeys(package for where, package in after if where == "losses")) == 1


def test_scripts_keep_the_switches_in_step(chromium, page):
    chromium.show(page)
    chromium.evaluate("document.querySelectorAll('#losses .switch input')[1].click()")
    shown = dict(chromium.evaluate(SHOWN))
    assert shown["losses"] == shown["unfold"]


def test_pointing_at_a_fan_reads_its_values(chromium, page):
    chromium.show(page)
    box = chromium.evaluate("""(() => { const e = [...document.querySelectorAll('g.hover')].map(g => g.ownerSVGElement)
        .find(s => s.getClientRects().length); e.scrollIntoView({ block: 'center', behavior: 'instant' });
        const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()""")
    chromium.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])
    assert re.match(r"week \d+", chromium.evaluate("document.querySelector('.readout').textContent"))


def test_what_a_screen_reader_is_told(chromium, page):
    """Landmarks, headings in order, and a name for every chart, table, link and choice."""
    chromium.show(page)
    tree = chromium.call("Accessibility.getFullAXTree")["nodes"]
    roles = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in tree if not n.get("ignored")]
    assert [name for role, name in roles if role == "main"] and [name for role, name in roles if role == "navigation"]
    for wanted in ("image", "region", "link", "radio", "figure", "table"):
        named = [name for role, name in roles if role == wanted or (wanted == "image" and role == "img")]
        assert named, wanted
        if wanted != "figure":
            assert all(named), wanted
    levels = chromium.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(e => +e.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def split_charts(figures, pages):
    """Captions of figures whose words are on no single page together."""
    return [figure[0] for figure in figures if not any(all(squeezed(t) in page for t in figure) for page in pages)]


def pages_of(pdf):
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(pdf).pages]


@pytest.mark.parametrize("paper", ("A4", "Letter"))
def test_paper_splits_no_chart_and_holds_the_text(chromium, page, folder, paper):
    chromium.show(page)
    figures = chromium.evaluate(FIGURES)
    assert len(figures) >= 5
    pdf = folder / f"{paper}.pdf"
    chromium.pdf(pdf, paper)
    pages = pages_of(pdf)
    assert split_charts(figures, pages) == []
    assert all(len(text) > 100 for text in pages), "no page is all but empty"
    headline = squeezed(chromium.evaluate("document.querySelector('.headline').textContent"))
    assert headline in pages[0], "the answer is on the first page"
    everything = "".join(pages)
    for heading in chromium.evaluate("[...document.querySelectorAll('h2, h3')].map(e => e.lastChild.textContent)"):
        assert squeezed(heading) in everything, heading
    assert "Thenumbersofthischart" not in everything and "Skiptotheanswer" not in everything


def test_a_split_chart_is_seen(chromium, page, folder):
    """Charts that may be split, each begun near the foot of a page."""
    faulty = folder / "split.html"
    style = "figure { break-inside: auto !important; break-before: page; padding-top: 225mm }"
    style += " figure svg.wide { max-height: none; display: block }"
    style += " figcaption { break-after: auto !important; margin-bottom: 30mm }"
    faulty.write_text(page.read_text(encoding="utf-8").replace("</style>", f"@media print {{ {style} }}</style>", 1))
    chromium.show(faulty)
    figures = chromium.evaluate(FIGURES)
    chromium.pdf(folder / "split.pdf", "A4")
    assert split_charts(figures, pages_of(folder / "split.pdf"))


@pytest.mark.parametrize(("paper", "size"), (("A4", (595, 842)), ("Letter", (612, 792))))
def test_the_command_prints_either_paper(page, folder, paper, size):
    pdf = print_page(page, folder / f"command-{paper}.pdf", paper)
    reader = pypdf.PdfReader(pdf)
    box = reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size
    assert reader.metadata.title == "wide"


def test_other_studies_are_as_well_behaved(chromium, report):
    """No complaint, nothing too wide, no pale text, whatever the study kept."""
    path, text, _ = report
    for width in (360, 1280):
        chromium.show(path.with_suffix(".html"), width=width)
        across, window, wide = chromium.evaluate(OVERFLOW)
        assert (across, wide, chromium.complaints) == (window, [], [])
        assert [pair for pair in chromium.evaluate(CONTRASTS) if pair[1] < CONTRAST] == []


def test_screenshots(chromium, page, folder):
    """For a person to look at: CHASM_SCREENSHOTS names a folder to leave them in."""
    where = os.environ.get("CHASM_SCREENSHOTS", str(folder))
    for name, width, scheme in (("light", 1280, "light"), ("dark", 1280, "dark"), ("narrow", 360, "light")):
        chromium.show(page, width=width, scheme=scheme)
        chromium.screenshot(f"{where}/report-{name}.png")
        assert os.path.getsize(f"{where}/report-{name}.png") > 50_000
