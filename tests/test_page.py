"""The report: one page, read in a real browser, in light and in dark surroundings."""

from __future__ import annotations

import datetime as dt
import json
import re
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import browser as browsers
import pytest
from browser import Browser
from workbench import ROOT, kata

from kata import catalog
from kata.catalog import Kata
from kata.journal import Attempt, Event, Journal, Kind, Mock
from kata.reports import page
from kata.reports.page import Practice
from kata.schedule import standing
from kata.verdict import KataResult, PropertyResult, Verdict

ZONE = dt.timezone(dt.timedelta(hours=2))
NOW = dt.datetime(2026, 6, 17, 20, 30, tzinfo=ZONE)
HOUR, DAY = 3600.0, 86_400.0

needs_a_browser = pytest.mark.skipif(
    not (browsers.CHROMIUM and browsers.DRIVER),
    reason="chromium and chromedriver are not installed here, so no browser can look at the page",
)


def practice(katas: tuple[Kata, ...], *, busy: bool = True) -> Practice:
    """Months of practice, the same on every run; or none at all."""
    attempts: list[Attempt] = []
    events: list[Event] = []
    for number, each in enumerate(katas[:-1] if busy else ()):
        for round_ in range(5 - number):
            start = NOW.timestamp() - (150 - 31 * round_ - 4 * number) * DAY - 2 * HOUR
            if round_:
                events.append(Event(each.slug, start - 60, Kind.RESET, ""))
            elif number:
                events.append(Event(each.slug, start + 60, Kind.HINT, "1"))
            for check in range(6 - round_):
                last = check == 5 - round_ and (number < 3 or round_)
                verdict = Verdict.ACCEPTED if last else Verdict.WRONG_ANSWER
                at = start + check * (500 + 170 * number)
                count = sum(a.slug == each.slug for a in attempts) + 1
                digest = f"{number}{round_}{check}"
                attempts.append(Attempt(count, each.slug, at, digest, verdict, 1.0, 9, 9, ()))
    standings = tuple(
        standing(
            each,
            [a for a in attempts if a.slug == each.slug],
            [e for e in events if e.slug == each.slug],
        )
        for each in katas
    )
    mocks = tuple(
        Mock(
            NOW.timestamp() - (60 - 9 * number) * DAY,
            f"mock/{number}",
            ("screen", "", "full-loop")[number % 3],
            points,
            band,
            {"rounds": [{"katas": [{"slug": katas[number % len(katas)].slug}]}]},
        )
        for number, (points, band) in enumerate(
            [(31.0, "no hire"), (64.2, "lean no hire"), (58.0, "lean no hire"), (88.8, "hire")]
        )
    )
    return Practice(standings, tuple(attempts), tuple(events), NOW, local, mocks if busy else ())


def local(at: float) -> dt.datetime:
    """The learner's clock, which knows no summer."""
    return dt.datetime.fromtimestamp(at, ZONE)


class Reader(HTMLParser):
    """Notes what a page refers to, its ids, and the elements that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.ids += [facts["id"] or ""] if "id" in facts else []
        names = ("src", "href", "xlink:href", "action", "srcset", "data")
        self.addresses += [value for name in names if (value := facts.get(name))]
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag


def katas() -> tuple[Kata, ...]:
    return catalog.find(ROOT)


def test_the_page_is_whole_and_refers_to_nothing_outside() -> None:
    for busy in (True, False):
        text = page.render(practice(katas(), busy=busy))
        reader = Reader()
        reader.feed(text)
        assert reader.open == []
        assert len(set(reader.ids)) == len(reader.ids)
        assert all(address.startswith(("#", "data:")) for address in reader.addresses)
        assert all(address[1:] in {*reader.ids, "ata:,"} for address in reader.addresses)
        styles = " ".join(re.findall(r"(?:url\(|@import)[^;]*", text))
        assert "http" not in styles
        assert "<script" not in text


def test_every_colour_is_one_that_the_style_sheet_explains_for_both_surroundings() -> None:
    text = page.render(practice(katas()))
    body = text[text.index("<body") :]
    assert not re.search(r"#0[0-9a-f]0[0-9a-f]0[0-9a-f]", body)  # what stood for a colour
    light, dark = page.STYLE.split("@media")
    names = set(re.findall(r"var\((--[\w-]+)\)", text))
    for name in names:
        assert f"{name}:" in light, name
        assert f"{name}:" in dark, name


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_texts_and_lines_stand_out_from_what_is_behind_them(scheme: int) -> None:
    """By the ratios that WCAG 2.2 asks for at level AA: 4.5 for texts, 3 for lines."""
    colours = dict(re.findall(r"(--[\w-]+): (#\w{6});", page.STYLE.split("@media")[scheme]))
    for name in ("--ink", "--soft"):
        assert contrast(colours[name], colours["--page"]) >= 4.5
    for number in range(len(page.SERIES)):
        assert contrast(colours[f"--series-{number}"], colours["--page"]) >= 3
    for number in range(len(page.LEVELS)):
        assert contrast(colours["--on-level"], colours[f"--level-{number}"]) >= 4.5 or number == 3
    assert contrast(colours["--on-level"], colours["--level-3"]) >= 3


def test_the_same_practice_makes_the_same_page() -> None:
    assert page.render(practice(katas())) == page.render(practice(katas()))


def test_the_trend_of_mock_interviews_is_told_in_words_and_numbers() -> None:
    text = page.render(practice(katas()))
    said = "4 held; the last one came to 89 of 100 points: hire. Since the first that is 58 more."
    assert said in text
    for cell in ("full-loop", "lean no hire", "2026-05-15 20:30", ">31<"):
        assert cell in text
    assert "None has been held yet: make mock." in page.render(practice(katas(), busy=False))


def test_a_solution_that_was_only_looked_at_is_not_known(echo: Kata) -> None:
    looked = Event(echo.slug, NOW.timestamp() - HOUR, Kind.GIVE_UP, "")
    text = page.render(Practice((standing(echo, [], [looked]),), (), (looked,), NOW, local, ()))
    for area in echo.focus:
        assert re.search(rf"{area}.{{0,60}}0 of 1.{{0,60}}>0 %<", text, re.DOTALL), area


def test_a_moment_in_summer_is_told_by_summer_time_in_winter_too() -> None:
    def berlin(at: float) -> dt.datetime:
        return dt.datetime.fromtimestamp(at, zoneinfo.ZoneInfo("Europe/Berlin"))

    summer = dt.datetime(2026, 7, 10, 16, 0, tzinfo=dt.UTC).timestamp()
    late = dt.datetime(2026, 7, 9, 22, 30, tzinfo=dt.UTC).timestamp()
    winter = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    held = Mock(summer, "mock/1", "screen", 50.0, "lean no hire", {"rounds": []})
    event = Event("kmeans", late, Kind.HINT, "1")
    told = Practice((), (), (event,), winter, berlin, (held,))
    assert told.days == {dt.date(2026, 7, 10): 1}
    assert "2026-07-10 18:00" in page._mocks(told)


def test_what_a_kata_is_called_cannot_become_markup(echo: Kata) -> None:
    odd = replace(echo, focus=("<script>alert(1)</script> & more",))
    text = page.render(practice((odd,), busy=False))
    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in text


def test_the_command_writes_the_page_and_says_where(repository: Path) -> None:
    with Journal(repository / ".kata") as journal:
        result = KataResult("echo", "", (PropertyResult("test_x", "", Verdict.ACCEPTED),))
        journal.record(result, b"x", 1_700_000_000.0)
    done = kata("report", cwd=repository)
    assert done.returncode == 0, done.stderr  # matplotlib may tell that it looks for fonts
    written = repository / ".kata/report.html"
    assert done.stdout == f"Your report: {written}\n"
    page = written.read_text()
    assert "echo" in page
    # One day in November 2023 is shown among its neighbours, not among years.
    assert not {">2022<", ">2024<", ">2025<"} & set(re.findall(r">\d{4}<", page))
    other = kata("report", "--output", "no/such/folder.html", cwd=repository)
    assert (other.returncode, other.stderr.count("\n")) == (2, 1)


# --- In a browser ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsers.started(tmp_path_factory.mktemp("profile")) as started:
        yield started


@needs_a_browser
@pytest.mark.parametrize("busy", [True, False], ids=["months", "nothing"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1100, 380], ids=["wide", "narrow"])
def test_it_is_shown_without_a_request_or_a_complaint(
    browser: Browser, tmp_path: Path, scheme: str, width: int, busy: bool
) -> None:
    written = tmp_path / "report.html"
    written.write_text(page.render(practice(katas(), busy=busy)), encoding="utf-8")
    browser.prefer(scheme)
    browser.size(width, 900)
    browser.log("browser"), browser.log("performance")
    browser.open(written)
    shown = browser.run("return document.body.innerText")
    for words in ("Your practice", "Focus areas", "Data Structures", "Calendar"):
        assert words in shown
    assert bool(re.search(rf"\b[1-9]\d* of {len(katas())}\b", shown)) == busy
    assert browser.log("browser") == []
    messages = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    requests = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert {url.partition(":")[0] for url in requests} <= {"file", "data"}
    assert len([url for url in requests if url.startswith("file:")]) == 1
    # The surroundings are followed: a light page is light, a dark one dark.
    background = browser.run("return getComputedStyle(document.body).backgroundColor")
    red = int(re.findall(r"\d+", background)[0])
    assert (red > 200) == (scheme == "light")
    # Nothing makes the page itself wider than the window.
    assert browser.run("return document.documentElement.scrollWidth") <= width
    shot = browser.screenshot()
    assert shot.startswith(b"\x89PNG")
    assert len(shot) > 10_000


@needs_a_browser
def test_no_text_of_a_chart_is_cut_off_or_lies_on_another(browser: Browser, tmp_path: Path) -> None:
    written = tmp_path / "report.html"
    written.write_text(page.render(practice(katas())), encoding="utf-8")
    browser.size(1100, 900)
    browser.open(written)
    trouble = browser.run(
        """
        const found = [];
        for (const svg of document.querySelectorAll("svg")) {
          const frame = svg.getBoundingClientRect();
          const texts = [...svg.querySelectorAll("text")];
          const boxes = texts.map(text => text.getBoundingClientRect());
          boxes.forEach((box, i) => {
            if (box.left < frame.left - 1 || box.right > frame.right + 1 ||
                box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
              found.push("cut off: " + texts[i].textContent);
            boxes.slice(i + 1).forEach((other, j) => {
              const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
              const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
              if (across > 2 && down > 4)
                found.push(texts[i].textContent + " / " + texts[i + j + 1].textContent);
            });
          });
        }
        return found;
        """
    )
    assert trouble == []


@needs_a_browser
def test_a_screen_reader_is_told_of_every_chart(browser: Browser, tmp_path: Path) -> None:
    written = tmp_path / "report.html"
    written.write_text(page.render(practice(katas())), encoding="utf-8")
    browser.open(written)
    nodes = browser.command("Accessibility.getFullAXTree")["nodes"]
    names = {
        kind: [n["name"]["value"] for n in nodes if n.get("role", {}).get("value") == kind]
        for kind in ("image", "heading", "table", "region")
    }
    assert [name.split(" ")[0] for name in names["image"]] == [
        *("Radar", "Calendar", "Lines", "Line"),
    ]
    assert names["heading"] == [
        *("Your practice", "Focus areas", "Calendar", "Time to acceptance"),
        *("Mock interviews", "Katas"),
    ]
    assert any(name.startswith("Every kata") for name in names["table"])
