// Comfort only: every page works without it.
(() => {
  const typing = (e) => e.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const stops = () => [...document.querySelectorAll("[data-stop]")];
  const link = (n) => n.querySelector("a[href]");
  const press = (key) => {
    const all = [...document.querySelectorAll(`[data-key="${key}"]`)];
    const line = document.activeElement && document.activeElement.closest("[data-stop]");
    const found = (line && all.find((n) => line.contains(n))) || all[0];
    if (!found) return;
    // No key decides about a line where one is not: the first time it only leads there.
    const its = found.closest("[data-stop]");
    if (its && its !== line) { link(its).focus(); its.scrollIntoView({ block: "nearest" }); return; }
    if (found.localName === "summary") { found.parentElement.open = !found.parentElement.open; found.focus(); } else found.click();
  };
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const all = stops();
    const here = all.findIndex((s) => s.contains(document.activeElement));
    const go = (n) => {
      const next = all[Math.max(0, Math.min(all.length - 1, n))];
      if (next && link(next)) { link(next).focus(); next.scrollIntoView({ block: "nearest" }); }
    };
    if (e.key === "j") go(here + 1);
    else if (e.key === "k") go(here < 0 ? all.length - 1 : here - 1);
    else if (e.key === "/") { e.preventDefault(); document.getElementById("q").focus(); }
    else if (e.key === "?") document.getElementById("keys").showModal();
    else if ("ncsduxez".includes(e.key)) press(e.key);
  });
  // A link into something folded opens it.
  const reveal = () => {
    const to = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!to) return;
    for (let n = to; n; n = n.parentElement) if (n.localName === "details") n.open = true;
    to.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reveal);
  reveal();
  // A form is sent once; one that takes long says so.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (e) => {
      if (form.dataset.sent) { e.preventDefault(); return; }
      form.dataset.sent = "1";
      const status = form.querySelector("[role=status]");
      if (status && form.dataset.progress) status.textContent = form.dataset.progress;
    });
  }
  addEventListener("pageshow", () => { for (const f of document.querySelectorAll("form[data-sent]")) delete f.dataset.sent; });
  // Files may be dropped where they are asked for.
  for (const drop of document.querySelectorAll(".drop")) {
    const input = drop.querySelector("input[type=file]");
    drop.addEventListener("dragover", (e) => { e.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => { e.preventDefault(); drop.classList.remove("over"); input.files = e.dataTransfer.files; });
  }
})();
