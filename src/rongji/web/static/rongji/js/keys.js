/* Work by keyboard: / finds, j and k walk through a list, x ticks, Enter opens, ? says what the keys do. No inline script anywhere.

   [data-search]   the box that / goes to
   [data-list]     a list; its [data-row] items are walked through, a[data-main] (or the first link) is what Enter opens
   #keys           the <dialog> that explains the keys of the page
*/
(function () {
  "use strict";

  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  }

  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("[data-list] [data-row]"), function (row) {
      return row.offsetParent !== null;
    });
  }

  function chosen() {
    return document.activeElement ? document.activeElement.closest("[data-row]") : null;
  }

  function choose(row) {
    if (!row) { return; }
    if (!row.hasAttribute("tabindex")) { row.setAttribute("tabindex", "-1"); }
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function walk(step) {
    var all = rows();
    var at = all.indexOf(chosen());
    choose(at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + step))]);
  }

  function open(row) {
    var link = row && (row.querySelector("a[data-main]") || row.querySelector("a[href]"));
    if (link) { link.click(); }
  }

  function tick(row) {
    var mark = row.querySelector("[data-tick]");
    if (mark) { mark.checked = !mark.checked; mark.dispatchEvent(new Event("change", { bubbles: true })); }
  }

  function box() { return document.querySelector("[data-search]"); }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) { return; }
    var help = document.getElementById("keys");
    if (help && help.open) { return; }
    if (isTyping(event.target)) { leaveBox(event); return; }
    if (event.key === "/" && box()) { event.preventDefault(); box().focus(); box().select(); }
    else if (event.key === "j" || event.key === "k") { event.preventDefault(); walk(event.key === "j" ? 1 : -1); }
    else if (event.key === "Enter" && event.target === chosen()) { event.preventDefault(); open(event.target); }
    else if (event.key === "x" && chosen()) { tick(chosen()); }
    else if (event.key === "?" && help) { event.preventDefault(); help.showModal(); }
  });

  /* from the search box, down leads into what was found; Escape leaves it */
  function leaveBox(event) {
    if (!event.target.matches("[data-search]")) { return; }
    if (event.key === "ArrowDown") { event.preventDefault(); choose(rows()[0]); }
    if (event.key === "Escape") { event.target.blur(); }
    if (event.key === "Enter" && rows().length === 1) { event.preventDefault(); open(rows()[0]); }
  }

  document.addEventListener("click", function (event) {
    var shown = event.target.closest("[data-shows]");
    if (shown) { only(shown); }
    if (event.target.closest("[data-open-keys]")) { document.getElementById("keys").showModal(); }
    if (event.target.closest("[data-close-keys]")) { document.getElementById("keys").close(); }
  });

  /* chips above a timeline: show one kind of event, or all */
  function only(button) {
    var wanted = button.dataset.shows;
    document.querySelectorAll("[data-shows]").forEach(function (item) {
      item.setAttribute("aria-pressed", item === button ? "true" : "false");
    });
    document.querySelectorAll("[data-kind]").forEach(function (item) {
      item.hidden = wanted !== "" && item.dataset.kind !== wanted;
    });
    document.querySelectorAll("[data-year]").forEach(function (group) {
      group.hidden = group.querySelector("[data-kind]:not([hidden])") === null;
    });
  }
})();
