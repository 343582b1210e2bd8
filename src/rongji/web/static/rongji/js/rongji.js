/* Small behaviours of the pages: the side panel of a figure, charts from data in the page. No inline script anywhere. */
(function () {
  "use strict";

  var panel = document.getElementById("figure-panel");

  function closePanel() {
    if (!panel) { return; }
    panel.classList.remove("is-open");
    panel.setAttribute("aria-hidden", "true");
    document.querySelectorAll("button.figure.is-open").forEach(function (item) { item.classList.remove("is-open"); });
  }

  function openFigure(button) {
    if (!panel) { return; }
    closePanel();
    button.classList.add("is-open");
    panel.classList.add("is-open");
    panel.setAttribute("aria-hidden", "false");
    var address = panel.dataset.address + "?key=" + encodeURIComponent(button.dataset.figure);
    window.htmx.ajax("GET", address, { target: "#figure-panel-body", swap: "innerHTML" });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button.figure[data-figure]");
    if (button) { openFigure(button); return; }
    if (event.target.closest("[data-close-panel]")) { closePanel(); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { closePanel(); }
  });

  /* charts: <div class="chart" data-chart="id of a script of type application/json"> */
  function drawCharts(root) {
    if (!window.echarts) { return; }
    root.querySelectorAll("[data-chart]").forEach(function (box) {
      var data = document.getElementById(box.dataset.chart);
      if (!data || box.dataset.drawn) { return; }
      box.dataset.drawn = "1";
      var chart = window.echarts.init(box, null, { renderer: "svg" });
      var option = JSON.parse(data.textContent);
      option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
      option.animation = false;
      /* HTML tooltips would need inline styles, which the content security policy forbids */
      option.tooltip = Object.assign({ renderMode: "richText", trigger: "axis" }, option.tooltip || {});
      chart.setOption(option);
      window.addEventListener("resize", function () { chart.resize(); });
    });
  }
  document.addEventListener("DOMContentLoaded", function () { drawCharts(document); });
  document.addEventListener("htmx:afterSwap", function (event) { drawCharts(event.target); });
})();
