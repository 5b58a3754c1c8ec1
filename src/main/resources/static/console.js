// Shows what changes while it is looked at. All else works without scripts, or by htmx.
(() => {
  "use strict";
  // Who reads, opened a table or stands on a link finds it so afterwards.
  const renew = (place, html) => {
    const at = place.contains(document.activeElement)
      ? document.activeElement.getAttribute("href") : null;
    const open = [...place.querySelectorAll("details")].map((d) => d.open);
    place.innerHTML = html;
    place.querySelectorAll("details").forEach((d, i) => { d.open = open[i] === true; });
    if (at === null) return;
    const link = [...place.querySelectorAll("a")].find((a) => a.getAttribute("href") === at);
    if (link) link.focus({preventScroll: true});
  };
  const told = new WeakMap();
  const show = (text) => {
    const pieces = new DOMParser().parseFromString(text, "text/html").body.children;
    for (const piece of pieces) {
      const place = document.getElementById(piece.id);
      if (!place || told.get(place) === piece.innerHTML) continue;
      told.set(place, piece.innerHTML);
      renew(place, piece.innerHTML);
    }
  };
  const follow = (address) => {
    const events = new EventSource(address);
    events.addEventListener("piece", (e) => show(e.data));
    events.addEventListener("end", () => {
      events.close();
      location.reload();
    });
    return events;
  };
  const begin = (root) => root.querySelectorAll("[data-live]").forEach((place) => {
    if (place.dataset.followed) return;
    place.dataset.followed = "yes";
    let events = follow(place.dataset.live);
    // Nobody looks at a hidden page.
    document.addEventListener("visibilitychange", () => {
      events.close();
      if (!document.hidden) events = follow(place.dataset.live);
    });
  });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:afterSettle", () => begin(document));
})();
