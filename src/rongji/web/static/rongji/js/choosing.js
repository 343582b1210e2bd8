/* The recorder's page of a choosing session: number, Enter, Enter; other screens' choices come in while nobody types. */
(function () {
  "use strict";

  var EVERY = 2000;

  function number() { return document.getElementById("post-number"); }
  function asking() { return document.querySelector("[data-choosing-ask]"); }

  function again() {
    var place = document.getElementById("choosing-ask");
    var field = number();
    if (place) { place.replaceChildren(); }
    if (field) { field.value = ""; field.focus(); }
  }

  document.addEventListener("click", function (event) { if (event.target.closest("[data-choosing-back]")) { again(); } });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && (asking() || document.activeElement === number())) { again(); }
  });

  /* Only once htmx knows the new form may it get the focus: an Enter before that would leave the page. */
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "choosing" && event.target.id !== "choosing-ask") { return; }
    var wanted = asking() ? asking().querySelector("[type=submit]") : number();
    if (wanted) { wanted.focus(); }
  });

  window.setInterval(function () {
    var page = document.querySelector("#choosing > [data-step]");
    var field = number();
    var open = document.querySelector("dialog[open]");
    if (!page || open || asking() || (field && field.value !== "")) { return; }
    window.htmx.trigger(page, "check");
  }, EVERY);
})();
