/* Forms in a small window: a [data-form-door] fetches one into #form-dialog, Escape or [data-close-form] shuts it.
   Without this script the door is a link to the form as a page of its own. */
(function () {
  "use strict";

  var dialog = document.getElementById("form-dialog");
  var opener = null;
  if (!dialog || !dialog.showModal) { return; }

  document.addEventListener("click", function (event) {
    var door = event.target.closest("[data-form-door]");
    if (door) { opener = door; }
    if (event.target.closest("[data-close-form]")) { dialog.close(); }
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id === "form-dialog-body" && !dialog.open) { dialog.showModal(); }
  });

  /* after a refusal the field that it is about; htmx has by then put the focus back where it was */
  document.addEventListener("htmx:afterSettle", function () {
    var wrong = dialog.open && dialog.querySelector(".is-invalid");
    if (wrong) { wrong.focus(); }
  });

  dialog.addEventListener("close", function () {
    document.getElementById("form-dialog-body").replaceChildren();
    if (opener && document.contains(opener)) { opener.focus(); }
  });

  /* looking somebody up: down leads from the field into the list, Enter or a click takes one, Escape closes the list */
  document.addEventListener("keydown", function (event) {
    var pick = event.target.closest("[data-pick]");
    if (!pick) { return; }
    var all = Array.prototype.slice.call(pick.querySelectorAll("[data-picked]"));
    var at = all.indexOf(event.target);
    if (event.key === "ArrowDown" && all.length) { event.preventDefault(); all[Math.min(all.length - 1, at + 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (all[at - 1] || pick.querySelector("input")).focus(); }
    else if (event.key === "Escape" && all.length) { event.preventDefault(); event.stopPropagation(); close(pick); }
  }, true);

  document.addEventListener("click", function (event) {
    var one = event.target.closest("[data-picked]");
    if (!one) { return; }
    var pick = one.closest("[data-pick]");
    pick.querySelector("input").value = one.dataset.picked;
    close(pick);
  });

  function close(pick) {
    pick.querySelector(".rj-pick-list").replaceChildren();
    pick.querySelector("input").focus();
  }

  /* mark many: a box that ticks every box of its list, and a count of those ticked */
  document.addEventListener("change", function (event) {
    var all = event.target.closest("[data-tick-all]");
    var form = event.target.closest("form");
    if (all) {
      form.querySelectorAll("[data-tick]").forEach(function (box) { box.checked = all.checked; });
    }
    var count = form && form.querySelector("[data-ticked]");
    if (count) { count.textContent = form.querySelectorAll("[data-tick]:checked").length; }
  });
})();
