// Shows a plan's progress as it happens. All else works without scripts, or by htmx.
(() => {
  "use strict";
  const follow = (place) => {
    const events = new EventSource(place.dataset.live);
    events.addEventListener("progress", (e) => { place.innerHTML = e.data; });
    events.addEventListener("end", (e) => {
      place.innerHTML = e.data;
      events.close();
      location.reload();
    });
  };
  const begin = (root) => root.querySelectorAll("[data-live]").forEach((place) => {
    if (place.dataset.followed) return;
    place.dataset.followed = "yes";
    follow(place);
  });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("htmx:afterSettle", () => begin(document));
})();
