// Comfort only: everything works without it.
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  // A link into something folded opens it.
  const reveal = () => {
    const to = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    let moved = false;
    const inner = to.matches("article") && to.querySelector(":scope > details");
    if (inner && !inner.open) { inner.open = true; moved = true; }
    for (let n = to.parentElement; n; n = n.parentElement) if (n.localName === "details" && !n.open) { n.open = true; moved = true; }
    if (moved) to.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
  // j and k go from incident to incident.
  const stops = [...document.querySelectorAll("article.incident > details > summary")];
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || (e.key !== "j" && e.key !== "k")) return;
    const here = stops.indexOf(document.activeElement);
    const next = here < 0 ? (e.key === "j" ? 0 : stops.length - 1) : here + (e.key === "j" ? 1 : -1);
    if (!stops[next]) return;
    stops[next].focus();
    stops[next].scrollIntoView({ block: "nearest" });
  });
  // On paper nothing can be unfolded any more.
  const closed = [];
  addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("article.incident > details:not([open]), details.sentences:not([open])")) { closed.push(d); d.open = true; }
  });
  addEventListener("afterprint", () => { for (const d of closed.splice(0)) d.open = false; });
})();
