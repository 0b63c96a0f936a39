// Searches the sections of an exported handbook: every word has to stand in a section, at the beginning of a word.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var field = document.getElementById("q"), count = document.getElementById("count"), list = document.getElementById("found");
  function folded(text) { return text.normalize("NFKC").toLowerCase().replace(/[\u2019\u2018]/g, "'"); }
  function words(text) { return folded(text).match(/[\p{L}\p{N}]+/gu) || []; }
  var sections = data.sections.map(function (row) {
    return { address: row[0], title: row[1], text: row[2], inTitle: words(row[1]), inText: words(row[2]) };
  });
  function times(all, word) {
    var n = 0;
    for (var i = 0; i < all.length; i++) if (all[i].startsWith(word)) n++;
    return n;
  }
  function snippet(text, wanted) {
    var low = folded(text), at = -1;
    if (low.length === text.length) wanted.forEach(function (word) {
      var found = low.indexOf(word);
      if (found >= 0 && (at < 0 || found < at)) at = found;
    });
    var start = Math.max(0, at - 60);
    while (start > 0 && text[start - 1] !== " ") start--;
    var cut = text.slice(start, start + 220);
    return (start > 0 ? "… " : "") + cut + (start + 220 < text.length ? " …" : "");
  }
  function show() {
    var wanted = words(field.value), hits = [];
    list.textContent = "";
    if (!wanted.length) { count.textContent = ""; return; }
    sections.forEach(function (one) {
      var score = 0;
      for (var i = 0; i < wanted.length; i++) {
        var here = 20 * times(one.inTitle, wanted[i]) + Math.min(10, times(one.inText, wanted[i]));
        if (!here) return;
        score += here;
      }
      hits.push([score / Math.sqrt(200 + one.inText.length), one]);
    });
    hits.sort(function (a, b) { return b[0] - a[0]; });
    hits.slice(0, 50).forEach(function (hit) {
      var item = document.createElement("li"), link = document.createElement("a"), words_ = document.createElement("p");
      link.href = hit[1].address;
      link.textContent = hit[1].title;
      words_.textContent = snippet(hit[1].text, wanted);
      item.append(link, words_);
      list.append(item);
    });
    var said = data.said, n = hits.length, form = said.forms[said.which[n < said.which.length ? n : 100 + n % 100]];
    count.textContent = n ? form.replace("{n}", n) : said.none;
  }
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", show);
  show();
})();
