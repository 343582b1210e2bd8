/* Findings and the places they are about, linked both ways; filters; what the reviewer accepts. Without a script the
   page still shows everything: marks and findings are plain links. */
(function () {
  "use strict";

  var ORDER = ["contradiction", "question", "rounding", "holds"];

  function all(root, selector) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function fileOf(node) { return node.closest(".au-file"); }
  function claimsOf(mark) { return mark.dataset.claims.split(" "); }
  function isGrave(verdict) { return verdict === "contradiction" || verdict === "question"; }

  /* --- filters ---------------------------------------------------------------------------------- */
  function filter(file) {
    var wanted = {};
    all(file, ".au-chip").forEach(function (chip) { wanted[chip.dataset.verdict] = chip.getAttribute("aria-pressed") === "true"; });
    var choice = file.querySelector("select[data-checks]");
    var check = choice ? choice.value : "";
    var shown = {};
    var count = 0;
    all(file, ".au-card").forEach(function (card) {
      var fits = wanted[card.dataset.verdict] && (!check || card.dataset.check === check);
      card.hidden = !fits;
      if (fits) { shown[card.id] = card.dataset.verdict; count += 1; }
    });
    all(file, "[data-claims]").forEach(function (mark) { dress(mark, shown); });
    var none = file.querySelector(".au-none");
    if (none) { none.hidden = count > 0; }
    var selected = file.querySelector(".au-card.is-selected");
    if (selected && selected.hidden) { clear(file); } else { drawLinks(file); }
  }

  function dress(mark, shown) {
    var verdicts = claimsOf(mark).map(function (claim) { return shown[claim]; }).filter(Boolean);
    var gravest = ORDER.find(function (verdict) { return verdicts.indexOf(verdict) >= 0; }) || "off";
    ORDER.concat("off").forEach(function (name) { mark.classList.toggle("is-" + name, name === gravest); });
    mark.tabIndex = isGrave(gravest) ? 0 : -1;
  }

  /* --- one finding and its figures ---------------------------------------------------------------- */
  function clear(file) {
    all(file, ".is-linked").forEach(function (mark) { mark.classList.remove("is-linked"); mark.removeAttribute("data-number"); });
    all(file, ".au-badge").forEach(function (badge) { badge.remove(); });
    all(file, ".au-card.is-selected").forEach(function (card) { card.classList.remove("is-selected"); });
    file.classList.remove("shows-paper");
    drawLinks(file);
  }

  function placesOf(file, card) {
    var seen = [];
    all(card, "[data-mark]").forEach(function (link) {
      var mark = document.getElementById(link.dataset.mark);
      if (mark && seen.indexOf(mark) < 0) { seen.push(mark); }
    });
    return seen;
  }

  function select(card, target) {
    var file = fileOf(card);
    clear(file);
    card.classList.add("is-selected");
    all(file, "[data-claims]").forEach(function (mark) {
      mark.classList.toggle("is-linked", claimsOf(mark).indexOf(card.id) >= 0);
    });
    all(card, "[data-mark]").forEach(function (link) {
      var mark = document.getElementById(link.dataset.mark);
      var number = link.querySelector(".au-n");
      if (mark && number && !mark.dataset.number) { numberOf(mark, number.textContent); }
    });
    var first = target || placesOf(file, card)[0];
    file.classList.toggle("shows-paper", Boolean(first) && Boolean(target));
    drawLinks(file);
    bring(file.querySelector(".au-list"), card);
    if (first) { bring(file.querySelector(".au-paper"), first); }
  }

  /* The number of a figure beside it; on the picture of a page it is drawn. */
  function numberOf(mark, words) {
    mark.dataset.number = words;
    if (mark.tagName !== "rect") { return; }
    var x = Number(mark.getAttribute("x")) + Number(mark.getAttribute("width"));
    var y = Number(mark.getAttribute("y"));
    var badge = node("g", { "class": "au-badge", "aria-hidden": "true" });
    badge.appendChild(node("circle", { cx: x, cy: y, r: 5.2 }));
    var text = node("text", { x: x, y: y + 2.6, "text-anchor": "middle" });
    text.textContent = words;
    badge.appendChild(text);
    mark.ownerSVGElement.appendChild(badge);
  }

  /* Scroll what scrolls, and the window only when the thing would still be out of sight. */
  function bring(pane, node) {
    if (!pane || !node) { return; }
    var box = pane.getBoundingClientRect();
    var own = node.getBoundingClientRect();
    var isFar = Math.abs(own.top - box.top) > 2 * window.innerHeight;
    var calm = isFar || window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    if (pane.scrollHeight > pane.clientHeight + 2) {
      if (own.top < box.top + 24 || own.bottom > box.bottom - 24) {
        pane.scrollTo({ top: pane.scrollTop + own.top - box.top - pane.clientHeight * 0.35, behavior: calm });
      }
      var wide = node.closest(".au-table-wrap");
      var frame = wide && wide.getBoundingClientRect();
      if (frame && (own.left < frame.left || own.right > frame.right)) { wide.scrollLeft += own.left - frame.left - frame.width / 2; }
    } else if (pane.classList.contains("au-paper") && fileOf(pane).classList.contains("shows-paper")) {
      window.scrollTo({ top: window.scrollY + own.top - window.innerHeight * 0.22, behavior: calm });
    }
  }

  function drawLinks(file) {
    var old = file.querySelector(".au-links");
    if (old) { old.remove(); }
    var card = file.querySelector(".au-card.is-selected");
    var paper = file.querySelector(".au-paper");
    if (!card || !paper || window.innerWidth <= 900) { return; }
    var marks = placesOf(file, card);
    if (marks.length < 2) { return; }
    var frame = paper.getBoundingClientRect();
    var sheet = (paper.querySelector(".au-document") || paper).getBoundingClientRect();
    var rail = Math.max(6, sheet.left - frame.left - 9) + paper.scrollLeft;
    var points = marks.map(function (mark) {
      var box = mark.getClientRects()[0] || mark.getBoundingClientRect();
      return { x: box.left - frame.left + paper.scrollLeft, y: box.top + box.height - frame.top + paper.scrollTop + 1.5 };
    });
    var heights = points.map(function (point) { return point.y; });
    var lines = ["M" + rail + " " + Math.min.apply(null, heights) + "V" + Math.max.apply(null, heights)];
    points.forEach(function (point) { lines.push("M" + rail + " " + point.y + "H" + (point.x - 2)); });
    var drawing = node("svg", { "class": "au-links is-" + card.dataset.verdict, width: paper.scrollWidth, height: 1, "aria-hidden": "true" });
    drawing.appendChild(node("path", { d: lines.join("") }));
    points.forEach(function (point) { drawing.appendChild(node("circle", { cx: point.x - 2, cy: point.y, r: 2.6 })); });
    paper.appendChild(drawing);
  }

  function node(name, attributes) {
    var made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  /* --- what the reviewer thinks of it -------------------------------------------------------------- */
  function decide(button) {
    var card = button.closest(".au-card");
    var was = button.getAttribute("aria-pressed") === "true";
    all(card, "[data-decide]").forEach(function (other) { other.setAttribute("aria-pressed", String(other === button && !was)); });
    card.classList.toggle("is-accepted", !was && button.dataset.decide === "accept");
    card.classList.toggle("is-rejected", !was && button.dataset.decide === "reject");
    document.dispatchEvent(new CustomEvent("audit:decided"));
  }

  function decisions(root) {
    return all(root, ".au-card.is-accepted, .au-card.is-rejected").map(function (card) {
      var file = fileOf(card);
      var note = card.querySelector("textarea");
      return {
        file: file.dataset.file,
        digest: file.dataset.digest,
        claim: card.dataset.claim,
        accepted: card.classList.contains("is-accepted"),
        note: note ? note.value.trim() : ""
      };
    });
  }

  /* --- events ---------------------------------------------------------------------------------------- */
  document.addEventListener("click", function (event) {
    var target = event.target;
    var chip = target.closest(".au-chip");
    if (chip) {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter(fileOf(chip));
      return;
    }
    if (target.closest(".au-back")) { clear(fileOf(target)); return; }
    var button = target.closest("[data-decide]");
    if (button) { decide(button); return; }
    if (target.closest("textarea, select, label")) { return; }
    var link = target.closest("[data-mark]");
    if (link) {
      event.preventDefault();
      select(link.closest(".au-card"), document.getElementById(link.dataset.mark));
      return;
    }
    var mark = target.closest("[data-claims]");
    if (mark) { event.preventDefault(); chosenFrom(mark); return; }
    var named = target.closest('.au-causes a[href^="#"]');
    if (named) {
      event.preventDefault();
      reveal(document.getElementById(named.getAttribute("href").slice(1)));
      return;
    }
    var card = target.closest(".au-card");
    if (card && String(window.getSelection()) === "") { select(card, window.innerWidth > 900 ? undefined : null); }
  });

  /* A figure of several findings: each click goes on to the next of them. */
  function chosenFrom(mark) {
    var cards = claimsOf(mark).map(function (claim) { return document.getElementById(claim); })
      .filter(function (card) { return card && !card.hidden; })
      .sort(function (a, b) { return ORDER.indexOf(a.dataset.verdict) - ORDER.indexOf(b.dataset.verdict); });
    if (!cards.length) { return; }
    var now = cards.findIndex(function (card) { return card.classList.contains("is-selected"); });
    select(cards[(now + 1) % cards.length], mark);
  }

  /* A finding that a filter hides is shown again when it is asked for. */
  function reveal(card) {
    if (!card) { return; }
    var file = fileOf(card);
    if (card.hidden) {
      var chip = file.querySelector('.au-chip[data-verdict="' + card.dataset.verdict + '"]');
      if (chip) { chip.setAttribute("aria-pressed", "true"); }
      var choice = file.querySelector("select[data-checks]");
      if (choice) { choice.value = ""; }
      filter(file);
    }
    select(card);
    card.focus({ preventScroll: true });
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("select[data-checks]")) { filter(fileOf(event.target)); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.target.closest("textarea, input, select") || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var file = fileOf(event.target) || all(document, ".au-file").find(function (item) { return !item.hidden; });
    if (!file) { return; }
    var key = event.key;
    if (key === "Escape") { clear(file); return; }
    if (key === "j" || key === "k") { event.preventDefault(); step(file, key === "j" ? 1 : -1); return; }
    var card = file.querySelector(".au-card.is-selected");
    if (key === "Enter" && event.target.matches(".au-card")) { event.preventDefault(); select(event.target); return; }
    if (!card) { return; }
    if (key === "n") { event.preventDefault(); nextPlace(file, card); }
    if (key === "a" || key === "x") {
      var button = card.querySelector('[data-decide="' + (key === "a" ? "accept" : "reject") + '"]');
      if (button) { event.preventDefault(); decide(button); }
    }
  });

  function step(file, by) {
    var cards = all(file, ".au-card").filter(function (card) { return !card.hidden; });
    if (!cards.length) { return; }
    var now = cards.findIndex(function (card) { return card.classList.contains("is-selected"); });
    var next = cards[now < 0 ? (by > 0 ? 0 : cards.length - 1) : Math.min(cards.length - 1, Math.max(0, now + by))];
    select(next);
    next.focus({ preventScroll: true });
  }

  function nextPlace(file, card) {
    var marks = placesOf(file, card);
    if (!marks.length) { return; }
    var now = marks.findIndex(function (mark) { return mark.classList.contains("is-next"); });
    marks.forEach(function (mark) { mark.classList.remove("is-next"); });
    var next = marks[(now + 1) % marks.length];
    next.classList.add("is-next");
    bring(file.querySelector(".au-paper"), next);
  }

  function start(root) {
    all(root, ".au-file").forEach(function (file) { filter(file); });
  }

  var waiting = 0;
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () { all(document, ".au-file").forEach(drawLinks); }, 120);
  });
  document.addEventListener("DOMContentLoaded", function () {
    start(document);
    var asked = window.location.hash.length > 1 && document.getElementById(window.location.hash.slice(1));
    if (asked && asked.classList.contains("au-card")) { reveal(asked); }
  });

  window.rongjiAudit = { start: start, decisions: decisions, select: select };
})();
