/* The picture of the stations by keyboard: an arrow goes to the nearest station in its direction. No inline script. */
(function () {
  "use strict";

  var picture = document.querySelector("[data-network]");
  if (!picture) { return; }
  var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var spots = Array.prototype.slice.call(picture.querySelectorAll("a[data-x]"));

  /* near and in front: what lies aside counts twice */
  function next(from, way) {
    var best = null, least = Infinity;
    spots.forEach(function (spot) {
      var across = spot.dataset.x - from.dataset.x, down = spot.dataset.y - from.dataset.y;
      var ahead = across * way[0] + down * way[1], aside = Math.abs(across * way[1]) + Math.abs(down * way[0]);
      if (ahead <= 0.5 || aside > ahead * 2.5) { return; }
      if (ahead + 2 * aside < least) { least = ahead + 2 * aside; best = spot; }
    });
    return best;
  }

  picture.addEventListener("keydown", function (event) {
    var from = event.target.closest("a[data-x]"), way = ways[event.key];
    if (!from || !way) { return; }
    event.preventDefault();
    var to = next(from, way);
    if (to) { to.focus(); }
  });
})();
