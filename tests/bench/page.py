"""The first paint of the simulator's page, in headless Chromium where there is one."""

import shutil
import statistics

from tests.browser.demo import browser

PAINTED = """() => new Promise(done => {
  const found = list => list.getEntriesByName('first-contentful-paint')[0];
  const seen = found(performance);
  if (seen) { done(seen.startTime); return; }
  new PerformanceObserver(list => { if (found(list)) { done(found(list).startTime); } })
    .observe({type: 'paint', buffered: true});
})"""

NAMES = ("chromium", "chromium-browser", "google-chrome")


def first_paint(address: str, times: int) -> float | None:
    """Milliseconds (median) until something is seen at this address; None on a machine without a browser."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        return None
    painted = []
    with browser(path) as opened:
        for _ in range(times):
            # A context of its own each time, so that nothing comes from a cache.
            context = opened.new_context()
            page = context.new_page()
            page.goto(address)
            painted.append(float(page.evaluate(PAINTED)))
            context.close()
    return statistics.median(painted)
