/* The page that stands alone: one file at a time, printing, and the reviewer's decisions as a file. */
(function () {
  "use strict";

  var files = Array.prototype.slice.call(document.querySelectorAll(".au-file"));
  var lines = Array.prototype.slice.call(document.querySelectorAll(".files tbody tr"));
  var save = document.querySelector("[data-save]");

  function show(id) {
    if (files.length < 2 || !files.some(function (file) { return file.id === id; })) { return; }
    files.forEach(function (file) { file.hidden = file.id !== id; });
    lines.forEach(function (line) { line.classList.toggle("is-current", line.dataset.file === id); });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) { window.print(); return; }
    if (event.target.closest("[data-save]")) { download(); return; }
    var link = event.target.closest(".files a");
    if (link) { show(link.getAttribute("href").slice(1)); }
  });

  /* decisions live in the page only: whoever leaves without having saved them is asked */
  var unsaved = false;
  document.addEventListener("audit:decided", function () {
    save.disabled = window.rongjiAudit.decisions(document).length === 0;
    unsaved = !save.disabled;
  });
  window.addEventListener("beforeunload", function (event) { if (unsaved) { event.preventDefault(); } });

  function download() {
    var told = JSON.stringify({ decisions: window.rongjiAudit.decisions(document) }, null, 1);
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([told], { type: "application/json" }));
    link.download = "审核取舍.json";
    link.click();
    unsaved = false;
    URL.revokeObjectURL(link.href);
  }

  window.addEventListener("beforeprint", function () { files.forEach(function (file) { file.hidden = false; }); });
  window.addEventListener("afterprint", function () {
    var current = lines.find(function (line) { return line.classList.contains("is-current"); });
    if (current) { show(current.dataset.file); }
  });

  var asked = window.location.hash.slice(1).split("-")[0];
  if (files.length > 1) { show(files.some(function (file) { return file.id === asked; }) ? asked : files[0].id); }
})();
