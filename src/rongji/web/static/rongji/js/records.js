/* The list of registers narrows as one types; areas without any that fit are folded away. No inline script anywhere. */
(function () {
  "use strict";

  var box = document.querySelector("[data-find-register]");
  if (!box) { return; }
  box.addEventListener("input", function () {
    var words = box.value.trim().toLowerCase().split(/\s+/);
    document.querySelectorAll("[data-area]").forEach(function (area) {
      var any = false;
      area.querySelectorAll("[data-words]").forEach(function (row) {
        var said = row.dataset.words.toLowerCase();
        row.hidden = !words.every(function (word) { return said.indexOf(word) >= 0; });
        any = any || !row.hidden;
      });
      area.hidden = !any;
    });
  });
})();
