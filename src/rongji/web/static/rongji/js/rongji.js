/* Small behaviours of the pages: the side panel of a figure, entry by keyboard, charts. No inline script anywhere. */
(function () {
  "use strict";

  var panel = document.getElementById("figure-panel");
  var opener = null;

  /* --- the side panel of a figure ------------------------------------------------------------- */
  function closePanel() {
    if (!panel || !panel.classList.contains("is-open")) { return; }
    panel.classList.remove("is-open");
    panel.setAttribute("aria-hidden", "true");
    document.body.classList.remove("has-panel");
    unmark();
    if (opener && document.contains(opener)) { opener.focus({ preventScroll: true }); }
  }

  function unmark() {
    document.querySelectorAll("button.figure.is-open").forEach(function (item) { item.classList.remove("is-open"); });
  }

  function openKey(key) {
    var query = new URLSearchParams({ key: key, form: panel.dataset.form || "" });
    panel.classList.add("is-open");
    panel.setAttribute("aria-hidden", "false");
    document.body.classList.add("has-panel");
    panel.classList.add("is-waiting");
    unmark();
    document.querySelectorAll("button.figure[data-figure]").forEach(function (item) {
      if (item.dataset.figure === key && !panel.contains(item)) { item.classList.add("is-open"); }
    });
    window.htmx.ajax("GET", panel.dataset.address + "?" + query.toString(), { target: "#figure-panel-body", swap: "innerHTML" });
    panel.scrollTop = 0;
    if (opener && opener.dataset.figure === key) { opener.scrollIntoView({ block: "nearest", inline: "nearest" }); }
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button.figure[data-figure]");
    if (button && panel) {
      if (!panel.contains(button)) { opener = button; }
      openKey(button.dataset.figure);
      return;
    }
    if (event.target.closest("[data-close-panel]")) { closePanel(); }
    var insert = event.target.closest("[data-insert]");
    if (insert) { insertToken(insert); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { closePanel(); }
    if (event.key === "Enter" && event.target.matches("input[data-entry]")) { moveDown(event); }
  });

  /* --- entry: Enter goes to the same column of the next row ------------------------------------ */
  function moveDown(event) {
    event.preventDefault();
    var fields = Array.prototype.slice.call(document.querySelectorAll("input[data-entry], select[data-entry]"));
    var row = event.target.closest("tr");
    var next = fields.slice(fields.indexOf(event.target) + 1).find(function (field) {
      return field.closest("tr") !== row && (field.name === event.target.name || field.name === "tier");
    });
    if (next) { next.focus(); if (next.select) { next.select(); } } else { event.target.blur(); }
  }

  /* --- texts: put a figure's token where the cursor is; find figures by their words ------------- */
  function insertToken(button) {
    var field = document.querySelector(button.dataset.into);
    if (!field || field.readOnly) { return; }
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("input", function (event) {
    var list = event.target.dataset && event.target.dataset.filter;
    if (!list) { return; }
    var words = event.target.value.trim().toLowerCase();
    document.querySelectorAll(list + " > *").forEach(function (item) {
      item.hidden = words !== "" && item.textContent.toLowerCase().indexOf(words) < 0;
    });
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change]")) { event.target.form.submit(); }
    if (event.target.matches("[data-file-name]")) {
      var file = event.target.files[0];
      document.querySelector(event.target.dataset.fileName).textContent = file ? file.name : "还没有选择文件";
    }
  });

  /* --- evidence: the list of what is registered stands once in the page and is filled in when it is opened ------ */
  document.addEventListener("toggle", function (event) {
    var list = event.target.open && event.target.querySelector("select[data-options-of]");
    var known = list && document.querySelector(list.dataset.optionsOf);
    if (!known) { return; }
    list.replaceChildren.apply(list, Array.from(known.children, function (item) { return item.cloneNode(true); }));
    list.hidden = list.length < 2;
  }, true);

  /* --- answers that are refusals ------------------------------------------------------------------ */
  document.addEventListener("htmx:beforeSwap", function (event) {
    var answer = event.detail.xhr;
    if (answer.responseURL.indexOf("/accounts/login/") > 0) { event.detail.shouldSwap = false; window.location.reload(); return; }
    if (answer.status < 400) { return; }
    if (answer.getResponseHeader("X-Rongji-Partial")) { event.detail.shouldSwap = true; event.detail.isError = false; return; }
    say(wordsOf(answer));
  });
  document.addEventListener("htmx:afterRequest", function () { if (panel) { panel.classList.remove("is-waiting"); } });
  document.addEventListener("htmx:sendError", function () { say("网络不通，刚才的改动没有保存，请稍后重试。"); });

  function wordsOf(answer) {
    var page = new DOMParser().parseFromString(answer.responseText, "text/html");
    var words = page.querySelector(".rj-refused-words");
    return words ? words.textContent.trim() : "没有办成，请刷新页面后重试。";
  }

  function say(words) {
    var bar = document.getElementById("notice");
    if (!bar) { return; }
    bar.textContent = words;
    bar.hidden = false;
    window.setTimeout(function () { bar.hidden = true; }, 8000);
  }

  /* --- charts: <div class="chart" data-chart="id of a script of type application/json"> ---------------- */
  function drawCharts(root) {
    if (!window.echarts) { return; }
    root.querySelectorAll("[data-chart]").forEach(function (box) {
      var data = document.getElementById(box.dataset.chart);
      if (!data || box.dataset.drawn) { return; }
      box.dataset.drawn = "1";
      var chart = window.echarts.init(box, null, { renderer: "canvas" });
      var option = JSON.parse(data.textContent);
      option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
      option.animation = false;
      /* HTML tooltips would need inline styles, which the content security policy forbids */
      option.tooltip = Object.assign({ renderMode: "richText", trigger: "axis", axisPointer: { type: "shadow" } }, option.tooltip || {});
      chart.setOption(option);
      new ResizeObserver(function () { chart.resize(); }).observe(box);
    });
  }
  /* --- what scrolls sideways and holds nothing to stop at is a stop of its own, so that the arrow keys reach it ------ */
  var STOPS = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  var watched = new ResizeObserver(function (changes) { changes.forEach(function (change) { makeStop(change.target); }); });

  function makeStop(box) {
    var isStop = box.scrollWidth > box.clientWidth && !box.querySelector(STOPS);
    if (isStop === box.hasAttribute("tabindex")) { return; }
    if (!isStop) { ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); }); return; }
    var heading = (box.closest(".card, section") || document).querySelector("h1, h2, h3, .card-title");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", (heading ? heading.textContent.trim() + "，" : "") + "可左右滚动的表");
  }

  function watchScrolls(root) {
    root.querySelectorAll(".table-responsive").forEach(function (box) { watched.observe(box); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    drawCharts(document);
    watchScrolls(document);
    var asked = new URLSearchParams(window.location.search).get("open");
    if (asked && panel) { openKey(asked); }
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    drawCharts(event.target);
    watchScrolls(event.target);
    if (event.target.id === "figure-panel-body") { panel.focus({ preventScroll: true }); }
  });
})();
