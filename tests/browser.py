"""A real browser for the HTML report: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from npm import installed

AXE = "4.14.1"
ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to start as root with one
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def started() -> Iterator[Browser]:
    """Give a browser that ends with the block; fail with what to install."""
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if binary is None:
        pytest.fail("Chromium is missing, which reads the HTML report: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path, anchor: str = "", **options: Any) -> Iterator[Page]:
    """Give the page at `path` in a context of its own; whatever it logs, asks or loads besides itself is an error."""
    strange: list[str] = []
    with browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}) as context:
        page = context.new_page()
        page.on("console", lambda message: strange.append(message.text))
        page.on("pageerror", lambda error: strange.append(str(error)))
        page.on("dialog", lambda dialog: (strange.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: strange.append(request.url) if request.url != page.url else None)
        context.on("page", lambda other: strange.append(other.url))
        page.goto(f"{path.as_uri()}{anchor}")
        yield page
    assert [one for one in strange if not one.startswith(path.as_uri())] == []


def violations(page: Page) -> list[str]:
    """Return what axe-core holds against the page as it is now; the context must bypass its policy for that."""
    page.add_style_tag(content=".article { content-visibility: visible !important }")
    page.add_script_tag(path=installed("axe-core", AXE) / "axe.min.js")
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
