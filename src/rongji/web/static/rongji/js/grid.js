/* A table of cells like a spreadsheet: type, walk with the arrows, paste a block, undo; what is wrong stands under its row.

   <div data-grid data-config="id of the columns" data-check="address" data-save="address"> holds the table; without this
   script the page offers the form and the Excel template instead. Nothing typed is kept in the browser. */
(function () {
  "use strict";

  var box = document.querySelector("[data-grid]");
  if (!box) { return; }
  var config = JSON.parse(document.getElementById(box.dataset.config).textContent);
  var columns = config.columns;
  var body = box.querySelector("tbody");
  var said = document.querySelector("[data-grid-said]");
  var counter = document.querySelector("[data-grid-count]");
  var saveButton = document.querySelector("[data-grid-save]");
  var checkButton = document.querySelector("[data-grid-check]");
  var undone = [], done = [];
  var before = "";          // what the cell said when it was entered
  var editing = false;      // inside a cell, or walking from cell to cell
  var busy = false, saved = true;

  /* --- rows and cells ------------------------------------------------------------------------------------------- */
  function cellAt(row, column) {
    var line = lines()[row];
    return line ? line.querySelector("input[data-column='" + column + "']") : null;
  }
  function lines() { return Array.prototype.slice.call(body.querySelectorAll("tr[data-line]")); }
  function placeOf(input) {
    return { row: lines().indexOf(input.closest("tr")), column: Number(input.dataset.column) };
  }

  function addLine() {
    var line = document.createElement("tr");
    line.dataset.line = "";
    var head = document.createElement("th");
    head.scope = "row";
    var remove = document.createElement("button");
    remove.type = "button";
    remove.tabIndex = -1;
    remove.dataset.removeLine = "";
    head.append(remove);
    line.append(head);
    columns.forEach(function (column, number) {
      var cell = document.createElement("td");
      var input = document.createElement("input");
      input.dataset.column = number;
      input.autocomplete = "off";
      input.spellcheck = false;
      input.maxLength = column.most;
      if (column.number) { input.className = "is-number"; input.inputMode = "decimal"; }
      if (column.list) { input.setAttribute("list", column.list); }
      if (column.usual) { input.placeholder = column.usual; }
      cell.append(input);
      line.append(cell);
    });
    body.append(line);
    return line;
  }

  function number() {
    lines().forEach(function (line, row) {
      line.querySelector("[data-remove-line]").textContent = row + 1;
      line.querySelector("[data-remove-line]").setAttribute("aria-label", "删去第 " + (row + 1) + " 行");
      line.querySelectorAll("input").forEach(function (input) {
        input.setAttribute("aria-label", "第 " + (row + 1) + " 行 " + columns[Number(input.dataset.column)].label);
      });
    });
  }

  function reach(count) {
    var missing = count - lines().length;
    for (var added = 0; added < missing; added += 1) { addLine(); }
    if (missing > 0) { number(); }
  }

  function filled() {
    return lines().map(function (line, row) { return { row: row, answers: answersOf(line) }; })
      .filter(function (item) { return item.answers; });
  }

  /* the answers of a row by field; null for a blank one. What is usual stands in where a cell is left blank. */
  function answersOf(line) {
    var answers = {}, any = false;
    line.querySelectorAll("input").forEach(function (input) {
      var column = columns[Number(input.dataset.column)], text = input.value.trim();
      if (text) { any = true; }
      answers[column.id] = text || column.usual || "";
    });
    return any ? answers : null;
  }

  /* --- changes, undone and done again ---------------------------------------------------------------------------- */
  function put(changes) {
    changes = changes.filter(function (item) { return item.before !== item.after; });
    if (!changes.length) { return; }
    apply(changes, "after");
    done.push(changes);
    undone = [];
  }

  function apply(changes, side) {
    changes.forEach(function (item) {
      reach(item.row + 1);
      var input = cellAt(item.row, item.column);
      input.value = item[side];
      clear(input);
    });
    tell();
  }

  function back(from, to, side) {
    var changes = from.pop();
    if (!changes) { return; }
    to.push(changes);
    apply(changes, side);
    var first = cellAt(changes[0].row, changes[0].column);
    first.focus();
    before = first.value;
  }

  /* what was typed into a cell becomes one change; the beginning of a word that only one choice has becomes the word */
  function commit(input) {
    var column = columns[Number(input.dataset.column)];
    var text = input.value.trim();
    if (text && column.choices && column.choices.indexOf(text) < 0) {
      var meant = column.choices.filter(function (word) { return word.indexOf(text) >= 0; });
      if (meant.length === 1) { input.value = meant[0]; }
    }
    if (input.value === before) { return; }
    var place = placeOf(input);
    done.push([{ row: place.row, column: place.column, before: before, after: input.value }]);
    undone = [];
    before = input.value;
    tell();
  }

  /* --- walking ---------------------------------------------------------------------------------------------------- */
  function go(row, column) {
    if (row < 0 || column < 0 || column >= columns.length) { return; }
    reach(Math.min(row + 1, config.most));
    var input = cellAt(row, column);
    if (!input) { return; }
    input.focus();
    input.select();
    input.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  body.addEventListener("focusin", function (event) {
    if (!event.target.matches("input")) { return; }
    before = event.target.value;
    editing = false;
    if (event.target.closest("tr") === body.lastElementChild) { reach(Math.min(lines().length + 1, config.most)); }
  });
  body.addEventListener("focusout", function (event) { if (event.target.matches("input")) { commit(event.target); } });
  body.addEventListener("input", function (event) { editing = true; saved = false; clear(event.target); });
  body.addEventListener("dblclick", function () { editing = true; });

  body.addEventListener("keydown", function (event) {
    if (!event.target.matches("input") || event.isComposing || event.keyCode === 229) { return; }
    var place = placeOf(event.target), key = event.key;
    if (event.ctrlKey || event.metaKey) { shortcut(event, place); return; }
    if (event.altKey) { return; }
    if (key === "F2") { editing = true; event.target.setSelectionRange(event.target.value.length, event.target.value.length); }
    else if (key === "Escape") { event.target.value = before; editing = false; event.target.select(); clear(event.target); }
    else if (key === "Enter") { event.preventDefault(); commit(event.target); go(place.row + (event.shiftKey ? -1 : 1), place.column); }
    else if (key === "ArrowDown" || key === "ArrowUp") {
      if (editing && event.target.hasAttribute("list")) { return; }
      event.preventDefault();
      commit(event.target);
      go(place.row + (key === "ArrowDown" ? 1 : -1), place.column);
    }
    else if (key === "ArrowLeft" && walks(event.target, 0)) { event.preventDefault(); go(place.row, place.column - 1); }
    else if (key === "ArrowRight" && walks(event.target, event.target.value.length)) { event.preventDefault(); go(place.row, place.column + 1); }
    else if ((key === "Delete" || key === "Backspace") && !editing && event.target.value) {
      event.preventDefault();
      put([{ row: place.row, column: place.column, before: event.target.value, after: "" }]);
      before = "";
    }
  });

  function walks(input, end) {
    return !editing || (input.selectionStart === end && input.selectionEnd === end);
  }

  function shortcut(event, place) {
    var key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) { event.preventDefault(); commit(event.target); back(done, undone, "before"); }
    else if (key === "y" || (key === "z" && event.shiftKey)) { event.preventDefault(); back(undone, done, "after"); }
    else if (key === "enter") { event.preventDefault(); commit(event.target); save(); }
    else if (key === "d" && place.row > 0) {
      event.preventDefault();
      put([{ row: place.row, column: place.column, before: event.target.value, after: cellAt(place.row - 1, place.column).value }]);
      before = event.target.value;
    }
  }

  var LARGER = /[（(]\s*(?:单位)?\s*[:：]?\s*[十百千万亿]/;

  /* --- a block from a spreadsheet ---------------------------------------------------------------------------------- */
  body.addEventListener("paste", function (event) {
    var text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) { return; }
    event.preventDefault();
    var place = placeOf(event.target);
    var block = parsed(text);
    var under = headed(block[0]);
    var larger = under && block[0].find(function (cell, across) { return under[across] >= 0 && columns[under[across]].number && LARGER.test(cell); });
    if (larger) { say("“" + larger.trim() + "”不是按个、按元说的，没有粘贴；请换算后改掉表头里的单位再粘贴。", true); return; }
    if (under) { block = block.slice(1); }
    block = block.filter(function (line) { return line.some(function (cell) { return cell.trim() !== ""; }); });
    if (place.row + block.length > config.most) { say("一次最多 " + config.most + " 行，这一块有 " + block.length + " 行，请用 Excel 模板导入。", true); return; }
    put(changesOf(block, place, under));
    before = event.target.value;
    say("粘贴了 " + block.length + " 行" + (under ? "，按表头对好了列" : "") + "。");
    send(box.dataset.check);
  });

  function changesOf(block, place, under) {
    var changes = [];
    reach(place.row + block.length);
    block.forEach(function (line, down) {
      line.forEach(function (cell, across) {
        var column = under ? under[across] : place.column + across;
        if (column === undefined || column < 0 || column >= columns.length) { return; }
        var row = place.row + down;
        changes.push({ row: row, column: column, before: cellAt(row, column).value, after: cell.replace(/\s*\n\s*/g, " ").trim() });
      });
    });
    return changes;
  }

  /* cells of text that a spreadsheet has put on the clipboard: tabs between them, quotes around those with breaks */
  function parsed(text) {
    var rows = [[]], cell = "", quoted = false;
    for (var at = 0; at < text.length; at += 1) {
      var sign = text[at];
      if (quoted) {
        if (sign !== "\"") { cell += sign; }
        else if (text[at + 1] === "\"") { cell += "\""; at += 1; }
        else { quoted = false; }
      }
      else if (sign === "\"" && cell === "") { quoted = true; }
      else if (sign === "\t") { rows[rows.length - 1].push(cell); cell = ""; }
      else if (sign === "\n") { rows[rows.length - 1].push(cell); cell = ""; rows.push([]); }
      else { cell += sign; }
    }
    rows[rows.length - 1].push(cell);
    return rows;
  }

  /* the columns that the first line of a block names, when most of it are our headings */
  function headed(line) {
    var found = line.map(function (cell) {
      var bare = cell.replace(/\s|[（(].*[)）]/g, "");
      return columns.findIndex(function (column) { return column.names.indexOf(bare) >= 0; });
    });
    var known = found.filter(function (column) { return column >= 0; }).length;
    return known * 2 > line.filter(function (cell) { return cell.trim(); }).length ? found : null;
  }

  /* --- what the register says to it --------------------------------------------------------------------------------- */
  function clear(input) {
    saved = false;
    var line = input.closest("tr");
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    input.closest("td").className = "";
    var below = line.nextElementSibling;
    if (below && below.matches("[data-told]")) {
      below.querySelectorAll("[data-about='" + input.dataset.column + "'], [data-about='']").forEach(function (item) { item.remove(); });
      if (!below.querySelector("li")) { below.remove(); }
    }
  }

  function forget() {
    body.querySelectorAll("tr[data-told]").forEach(function (line) { line.remove(); });
    body.querySelectorAll("td.is-wrong, td.is-doubtful").forEach(function (cell) { cell.className = ""; });
    body.querySelectorAll("[aria-invalid]").forEach(function (input) { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); });
  }

  function mark(findings, rows) {
    forget();
    var all = lines(), first = null;
    findings.forEach(function (finding) {
      var line = all[rows[finding.row]];
      if (!line) { return; }
      var column = columns.findIndex(function (item) { return item.id === finding.field; });
      var item = document.createElement("li");
      item.id = "told-" + rows[finding.row] + "-" + column;
      item.dataset.about = column < 0 ? "" : column;
      item.className = finding.error ? "" : "is-doubtful";
      item.textContent = finding.sentence;
      listUnder(line).append(item);
      var input = line.querySelector("input[data-column='" + column + "']");
      if (!input) { return; }
      input.closest("td").className = finding.error ? "is-wrong" : "is-doubtful";
      if (finding.error) { input.setAttribute("aria-invalid", "true"); first = first || input; }
      input.setAttribute("aria-describedby", item.id);
    });
    return first;
  }

  function listUnder(line) {
    var below = line.nextElementSibling;
    if (below && below.matches("[data-told]")) { return below.querySelector("ul"); }
    var row = document.createElement("tr"), cell = document.createElement("td");
    var said = document.createElement("div"), list = document.createElement("ul");
    row.dataset.told = "";
    row.className = "rj-grid-told";
    cell.colSpan = columns.length + 1;
    said.setAttribute("role", "alert");
    said.append(list);
    cell.append(said);
    row.append(cell);
    line.after(row);
    return list;
  }

  /* --- sending --------------------------------------------------------------------------------------------------------- */
  function send(address) {
    var rows = filled();
    if (busy) { return Promise.resolve(null); }
    if (!rows.length) { say("表里还没有内容。", true); return Promise.resolve(null); }
    busy = true;
    saveButton.disabled = checkButton.disabled = true;
    return fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": config.token, "Accept": "application/json" },
      body: JSON.stringify({ rows: rows.map(function (item) { return item.answers; }) })
    }).then(function (answer) {
      if (answer.redirected || answer.headers.get("Content-Type").indexOf("json") < 0) {
        throw new Error(answer.status === 403 ? "没有保存：您没有这个权限，或者登录已经过期。表里的内容还在。" : "登录已经过期，请在另一个窗口登录后再点保存，表里的内容还在。");
      }
      return answer.json();
    }).then(function (told) {
      var wrong = mark(told.findings || [], rows.map(function (item) { return item.row; }));
      say(told.words, !told.ok);
      if (wrong) { wrong.focus(); wrong.select(); }
      return told;
    }).catch(function (trouble) {
      say(trouble instanceof TypeError ? "网络不通，没有保存，表里的内容还在，请稍后重试。" : trouble.message, true);
      return null;
    }).finally(function () {
      busy = false;
      saveButton.disabled = checkButton.disabled = false;
      tell();
    });
  }

  function save() {
    send(box.dataset.save).then(function (told) {
      if (told && told.address) { saved = true; window.location.assign(told.address); }
    });
  }

  function say(words, isBad) {
    said.textContent = words;
    said.className = isBad ? "rj-bad" : "rj-good";
  }

  function tell() {
    var count = filled().length;
    counter.textContent = count;
    saveButton.disabled = busy || !count;
  }

  /* --- buttons ----------------------------------------------------------------------------------------------------------- */
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-grid-save]")) { save(); }
    if (event.target.closest("[data-grid-check]")) { send(box.dataset.check); }
    if (event.target.closest("[data-grid-undo]")) { back(done, undone, "before"); }
    var fill = event.target.closest("[data-fill-down]");
    if (fill) { fillDown(Number(fill.dataset.fillDown)); }
    var remove = event.target.closest("[data-remove-line]");
    if (remove) { empty(lines().indexOf(remove.closest("tr"))); }
  });

  /* every blank cell of a column in a row that says anything gets what the first of them says */
  function fillDown(column) {
    var rows = filled().map(function (item) { return item.row; });
    var first = rows.find(function (row) { return cellAt(row, column).value.trim(); });
    if (first === undefined) { say("“" + columns[column].label + "”这一列还没有内容可以往下填。", true); return; }
    put(rows.filter(function (row) { return row > first && !cellAt(row, column).value.trim(); }).map(function (row) {
      return { row: row, column: column, before: "", after: cellAt(first, column).value };
    }));
  }

  /* a row taken out: those below move up, as one change */
  function empty(row) {
    var all = lines(), changes = [];
    for (var at = row; at < all.length; at += 1) {
      columns.forEach(function (_, column) {
        var next = at + 1 < all.length ? cellAt(at + 1, column).value : "";
        changes.push({ row: at, column: column, before: cellAt(at, column).value, after: next });
      });
    }
    forget();
    put(changes);
    cellAt(row, 0).focus();
  }

  window.addEventListener("beforeunload", function (event) { if (!saved && filled().length) { event.preventDefault(); } });
  reach(config.rows);
  tell();
  saved = true;
  cellAt(0, 0).focus({ preventScroll: true });
})();
