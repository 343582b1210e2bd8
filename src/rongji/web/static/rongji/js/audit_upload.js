/* Uploads for the audit: one file after another with its progress, results side by side, the opinion from what was accepted. */
(function () {
  "use strict";

  var form = document.getElementById("audit-upload");
  if (!form) { return; }
  var field = document.getElementById("audit-documents");
  var tabs = document.getElementById("audit-files");
  var results = document.getElementById("audit-results");
  var tools = document.getElementById("audit-tools");
  var about = document.getElementById("audit-about");
  var waiting = [];
  var running = false;
  var MEGABYTE = 1024 * 1024;

  form.classList.add("has-script");

  /* --- choosing and dropping ------------------------------------------------------------------------ */
  field.addEventListener("change", function () { take(field.files); field.value = ""; });
  form.addEventListener("submit", function (event) { event.preventDefault(); take(field.files); });
  ["dragover", "dragleave", "drop"].forEach(function (name) {
    form.addEventListener(name, function (event) {
      event.preventDefault();
      form.classList.toggle("is-over", name === "dragover");
      if (name === "drop") { take(event.dataTransfer.files); }
    });
  });

  function take(files) {
    Array.prototype.forEach.call(files, function (file) { waiting.push({ file: file, tab: newTab(file.name) }); });
    if (waiting.length) { next(); }
  }

  /* --- one file after another ------------------------------------------------------------------------ */
  function next() {
    if (running || !waiting.length) { return; }
    running = true;
    var item = waiting.shift();
    if (item.file.size > Number(form.dataset.limit) * MEGABYTE) {
      refused(item, "文件超过 " + form.dataset.limit + " MB，请去掉图片或拆成几个文件。");
      return;
    }
    var request = new XMLHttpRequest();
    var sent = new FormData();
    sent.append("documents", item.file);
    request.open("POST", form.getAttribute("action") || window.location.pathname);
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.setRequestHeader("X-Rongji-Part", "1");
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) { return; }
      var percent = Math.floor(100 * event.loaded / event.total);
      state(item.tab, percent < 100 ? "上传 " + percent + "%" : "正在核对…");
    };
    request.onload = function () { answered(item, request); };
    request.onerror = function () { refused(item, "网络不通，这个文件没有核对，请稍后重试。"); };
    state(item.tab, "正在核对…");
    request.send(sent);
  }

  function answered(item, request) {
    if (request.responseURL.indexOf("/accounts/login/") > 0) { window.location.reload(); return; }
    var page = new DOMParser().parseFromString(request.responseText, "text/html");
    var result = page.querySelector("[data-audited]");
    if (request.status >= 400 || !result) {
      var words = page.querySelector(".rj-refused-words");
      refused(item, words ? words.textContent.trim() : "没有办成，请刷新页面后重试。");
      return;
    }
    result = document.importNode(result, true);
    results.appendChild(result);
    adopt(item.tab, result);
    finished(item.tab);
  }

  function refused(item, words) {
    var box = document.createElement("div");
    box.className = "alert alert-danger";
    box.setAttribute("role", "alert");
    box.textContent = "“" + item.file.name + "”：" + words;
    var result = document.createElement("div");
    result.className = "rj-audited";
    result.appendChild(box);
    results.appendChild(result);
    item.tab.result = result;
    item.tab.classList.add("is-refused");
    state(item.tab, "没有核对");
    finished(item.tab);
  }

  function finished(tab) {
    var shown = tabs.querySelector("[aria-selected=true]");
    if (!shown) { show(tab); } else { tab.result.hidden = true; }
    running = false;
    next();
  }

  /* --- results side by side ---------------------------------------------------------------------------- */
  function newTab(name) {
    var tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", "false");
    var label = document.createElement("span");
    label.className = "rj-audit-name";
    label.textContent = name;
    var words = document.createElement("span");
    words.className = "rj-audit-state";
    words.textContent = "等待";
    tab.append(label, words);
    tab.addEventListener("click", function () { if (tab.result) { show(tab); } });
    tabs.appendChild(tab);
    tabs.hidden = false;
    if (about) { about.hidden = true; }
    form.classList.add("is-small");
    return tab;
  }

  function adopt(tab, result) {
    tab.result = result;
    var bad = Number(result.dataset.contradictions);
    var asked = Number(result.dataset.questions);
    tab.classList.toggle("is-bad", bad > 0);
    tab.classList.toggle("is-refused", result.hasAttribute("data-refused"));
    var words = bad ? "矛盾 " + bad : asked ? "存疑 " + asked : "没有矛盾";
    state(tab, result.hasAttribute("data-refused") ? "读不了" : words);
    tools.hidden = false;
    window.rongjiAudit.start(result);
  }

  function show(tab) {
    Array.prototype.forEach.call(tabs.children, function (other) {
      other.setAttribute("aria-selected", String(other === tab));
      if (other.result) { other.result.hidden = other !== tab; }
    });
  }

  function state(tab, words) { tab.querySelector(".rj-audit-state").textContent = words; }

  /* --- what was accepted ---------------------------------------------------------------------------------- */
  function audited() { return Array.prototype.slice.call(results.querySelectorAll("[data-audited]")); }

  document.addEventListener("audit:decided", function () {
    var count = window.rongjiAudit.decisions(results).filter(function (item) { return item.accepted; }).length;
    tools.querySelector("[data-write-opinion]").disabled = count === 0;
    tools.querySelector("[data-accepted]").textContent = count ? " · 采纳 " + count + " 条" : "";
  });

  tools.addEventListener("submit", function () {
    tools.querySelectorAll("[data-made]").forEach(function (field) { field.remove(); });
    audited().forEach(function (result) {
      var notes = {};
      window.rongjiAudit.decisions(result).forEach(function (item) { if (item.accepted) { notes[item.claim] = item.note; } });
      if (!Object.keys(notes).length) { return; }
      add("seal", result.querySelector("[data-seal]").value);
      add("accepted", JSON.stringify(notes));
    });
  });

  function add(name, value) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    field.dataset.made = "1";
    tools.appendChild(field);
  }

  tools.querySelector("[data-download-json]").addEventListener("click", function () {
    var files = audited().map(function (result) { return JSON.parse(result.querySelector("script[type='application/json']").textContent); });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify({ files: files }, null, 1)], { type: "application/json" }));
    link.download = "核对结果.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  window.addEventListener("beforeunload", function (event) {
    if (window.rongjiAudit.decisions(results).length && !tools.dataset.leaving) { event.preventDefault(); }
  });
  tools.addEventListener("submit", function () {
    tools.dataset.leaving = "1";  /* a download leaves the page where it is */
    window.setTimeout(function () { delete tools.dataset.leaving; }, 3000);
  });

  /* the page as it came without a script: give its results their tabs */
  document.addEventListener("DOMContentLoaded", function () {
    audited().forEach(function (result) {
      var tab = newTab(result.querySelector(".au-file").dataset.file);
      adopt(tab, result);
      finished(tab);
    });
  });
})();
