"use strict";
/* The page is whole without this. It sorts tables, shows one of them by choice, opens what
   a link points at and lights up ties. It writes nothing down anywhere. */
(function () {
  var doc = document, root = doc.documentElement, explore = doc.getElementById("explore");
  var word = explore ? explore.dataset : {};
  root.classList.add("js");

  function make(name, text, parent) {
    var e = doc.createElement(name);
    if (text) e.textContent = text;
    if (parent) parent.appendChild(e);
    return e;
  }
  function all(selector, from) {
    return Array.prototype.slice.call((from || doc).querySelectorAll(selector));
  }
  function number(cell) {
    var d = cell.querySelector("data");
    return d ? Number(d.value) : NaN;
  }

  /* Hidden cells stay at the end, whichever way a table is sorted. */
  function sort(table, column, down) {
    var rows = all("tbody tr", table), body = table.tBodies[0], numeric = false;
    rows.forEach(function (r) { numeric = numeric || !isNaN(number(r.cells[column])); });
    rows.sort(function (a, b) {
      var x = a.cells[column], y = b.cells[column], order;
      if (numeric) {
        x = number(x); y = number(y);
        if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y) || a.dataset.r - b.dataset.r;
        order = x - y;
      } else {
        order = x.textContent.localeCompare(y.textContent, root.lang);
      }
      return (down ? -order : order) || a.dataset.r - b.dataset.r;
    });
    rows.forEach(function (r) { body.appendChild(r); });
    all("thead th", table).forEach(function (th, i) {
      if (i === column) th.setAttribute("aria-sort", down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
  }
  function sortable(table) {
    all("thead th", table).forEach(function (th, i) {
      var text = th.textContent, button;
      th.textContent = "";
      button = make("button", text, th);
      button.type = "button";
      button.title = (word.sort || "") + " " + text;
      button.addEventListener("click", function () {
        sort(table, i, th.getAttribute("aria-sort") === "ascending" ||
             (!th.hasAttribute("aria-sort") && th.classList.contains("r")));
      });
    });
  }

  /* Choosing: one table, perhaps only the rows with one value of one column. What is shown
     is a copy of what the page has, so nothing can be combined that was not released. */
  function choose(place) {
    var tables = all("main table"), bar = make("div", "", place), out, pick, filters;
    if (!tables.length) return;
    bar.className = "pick";
    pick = select(bar, word.table, tables.map(function (t) {
      return t.dataset.title;
    }));
    filters = make("span", "", bar);
    filters.className = "pick";
    out = make("div", "", place);
    function show() {
      var copy = tables[pick.value].cloneNode(true), box;
      out.textContent = "";
      box = make("div", "", out);
      box.className = "scroll";
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", pick.options[pick.selectedIndex].text);
      box.appendChild(copy);
      all("thead th", copy).forEach(function (th) {
        var b = th.querySelector("button");
        th.textContent = b ? b.textContent : th.textContent;
        th.removeAttribute("aria-sort");
      });
      var sorted = all("tbody tr", copy).sort(function (a, b) { return a.dataset.r - b.dataset.r; });
      sorted.forEach(function (r) { copy.tBodies[0].appendChild(r); });
      sortable(copy);
      bars(copy);
      filter(copy);
    }
    function filter(copy) {
      filters.textContent = "";
      var keys = all("thead th", copy).map(function (th, i) {
        return th.classList.contains("r") ? -1 : i;
      }).filter(function (i) { return i >= 0; }).slice(0, 3);
      var selects = keys.map(function (i) {
        var values = [];
        all("tbody tr", copy).forEach(function (r) {
          var v = r.cells[i].textContent;
          if (values.indexOf(v) < 0) values.push(v);
        });
        if (values.length < 2 || values.length > 200) return null;
        return select(filters, all("thead th", copy)[i].textContent, [word.all].concat(values));
      });
      function apply() {
        all("tbody tr", copy).forEach(function (r) {
          r.hidden = selects.some(function (s, n) {
            return s && s.value > 0 && r.cells[keys[n]].textContent !== s.options[s.selectedIndex].text;
          });
        });
      }
      selects.forEach(function (s) { if (s) s.addEventListener("change", apply); });
    }
    pick.addEventListener("change", show);
    show();
  }
  function bars(table) {
    all("thead th", table).forEach(function (th, i) {
      if (th.dataset.c !== "share") return;
      all("tbody tr", table).forEach(function (r) {
        var v = number(r.cells[i]), bar;
        if (isNaN(v)) return;
        bar = doc.createElement("span");
        bar.className = "bar";
        bar.style.width = (6 * v).toFixed(3) + "em";
        r.cells[i].insertBefore(bar, r.cells[i].firstChild);
      });
    });
  }
  function select(parent, label, options) {
    var l = make("label", label, parent), s = make("select", "", l);
    options.forEach(function (text, i) { make("option", text, s).value = i; });
    return s;
  }

  /* Ties: a choice for the keyboard, the pointer on a node for the eye. */
  function ties(figure) {
    var wide = figure.querySelector("svg"), names = all(".node", wide).map(function (n) {
      return (n.querySelector("title") || n.querySelector("text")).textContent;
    });
    var bar = doc.createElement("div"), s;
    bar.className = "pick";
    figure.insertBefore(bar, wide);
    s = select(bar, word.ties || "", [word.all].concat(names));
    function light(k) {
      all("svg", figure).forEach(function (svg) {
        var with_it = {};
        all("path[data-k]", svg).forEach(function (p) {
          var ends = p.dataset.k.split(" "), on = k < 0 || ends.indexOf(String(k)) >= 0;
          p.classList.toggle("off", !on);
          if (on) { with_it[ends[0]] = 1; with_it[ends[1]] = 1; }
        });
        all(".node", svg).forEach(function (n) {
          n.classList.toggle("off", k >= 0 && n.dataset.k !== String(k) && !with_it[n.dataset.k]);
        });
      });
    }
    s.addEventListener("change", function () { light(s.value - 1); });
    all(".node", figure).forEach(function (n) {
      n.addEventListener("mouseenter", function () { light(Number(n.dataset.k)); });
      n.addEventListener("mouseleave", function () { light(s.value - 1); });
    });
  }

  /* A link to what is closed opens it. */
  function open() {
    var id = location.hash.slice(1), e = id && doc.getElementById(id);
    for (; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  }

  /* From a number to its row, wherever the number stands. */
  function follow(e) {
    var at = e.target.closest(".n,[data-s]"), place, table, box, row;
    if (!at || at.closest("table")) return;
    place = (at.dataset.s ? at : at.querySelector("[data-s]")).dataset.s.split(":");
    table = doc.querySelector("main section:not(#explore) table[data-table='" + place[0] + "']");
    if (!table) return;
    e.preventDefault();
    box = table.closest("details");
    row = table.querySelector("tr[data-r='" + place[1] + "']");
    all(".here").forEach(function (r) { r.classList.remove("here"); });
    location.hash = box.id;
    box.open = true;
    box.querySelector("summary").focus({ preventScroll: true });
    if (row) {
      row.classList.add("here");
      row.scrollIntoView({ block: "center" });
    }
  }

  doc.querySelector("main").addEventListener("click", follow);
  if (explore) choose(doc.getElementById("chooser"));
  all("main table").forEach(function (t) { if (!t.closest("#explore")) sortable(t); });
  var network = doc.getElementById("f-network");
  if (network) ties(network);
  window.addEventListener("hashchange", open);
  window.addEventListener("beforeprint", function () {
    all("details.quotes").forEach(function (d) { d.open = true; });
  });
  open();
})();
