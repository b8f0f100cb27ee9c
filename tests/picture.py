"""Take the picture of the HTML report that the README shows: `make picture`."""

from __future__ import annotations

from browser import opened, started
from conftest import ROOT

TARGET = ROOT / "docs" / "report.png"
WIDTH, HEIGHT = 1180, 820


def main() -> None:
    """Write docs/report.png from reports/sample.html."""
    size = {"width": WIDTH, "height": HEIGHT}
    with started() as browser, opened(browser, ROOT / "reports" / "sample.html", viewport=size) as page:
        page.locator(".article").nth(2).scroll_into_view_if_needed()
        page.screenshot(path=str(TARGET))


if __name__ == "__main__":
    main()
