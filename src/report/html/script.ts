/**
 * What the page does: it steps through runs, moves the charts' cursors along, and copies commands. It makes elements and text
 * nodes only, never markup out of data, and asks nobody for anything.
 */
export const SCRIPT = `
(() => {
  "use strict";
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const round = (value, digits) => value.toLocaleString("en-US", { maximumSignificantDigits: digits });
  const fixed = (value, digits) => value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const show = (value, unit) => {
    if (value === null || value === undefined) return "–";
    if (unit === "USD" && Math.abs(value) < 0.005) return "$0.00";
    if (unit === "USD") return (value < 0 ? "-$" : "$") + fixed(Math.abs(value), 2);
    if (unit === "percent") return fixed(value, 1) + " %";
    if (unit === "times") return round(value, 4);
    return round(value, 7) + " " + unit;
  };
  const change = (value, before, unit) => {
    if (value === null || before === null || value === before || value === undefined || before === undefined) return "";
    const by = value - before;
    const size = Math.abs(by);
    if (unit === "USD" && size < 0.005) return "";
    // the value beside it has the unit of a token
    const plain = unit === "USD" || unit === "percent" || unit === "times";
    return (by > 0 ? "+" : "-") + (plain ? show(size, unit) : round(size, 6));
  };
  const titles = {
    price: "Fair prices", feed: "Feeds", quote: "Prices on the chain", health: "Health factors", margin: "Margins",
    shortfall: "Shortfalls", share: "Shares", profit: "Profit and loss", depth: "Depth", balance: "Balances",
  };
  const order = ["price", "feed", "quote", "health", "margin", "shortfall", "share", "profit", "balance"];

  const play = (player) => {
    const run = JSON.parse(player.querySelector("script").textContent);
    const { frames, series } = run;
    const part = (name) => player.querySelector('[data-part="' + name + '"]');
    const range = player.querySelector("input");
    const article = player.closest("article") || document;
    const cursors = [...article.querySelectorAll("svg[data-chart]")];
    const last = frames.length - 1;
    let at = 0;

    const ticks = frames.map((frame, index) => {
      const tick = make("button", frame.n > 0 ? "step" : "");
      tick.type = "button";
      tick.title = "block " + frame.b + ": " + frame.t;
      tick.setAttribute("aria-label", tick.title);
      tick.tabIndex = -1;
      tick.addEventListener("click", () => go(index));
      part("strip").append(tick);
      return tick;
    });
    ticks[last].classList.add("hurt");

    const calls = (frame) => {
      const box = part("calls");
      box.replaceChildren();
      if (frame.c.length === 0) return;
      box.append(make("h4", "", "Calls"));
      const list = make("ul", "calls");
      for (const [depth, text, answer, reverted] of frame.c) {
        const line = make("li", reverted ? "reverted" : "");
        line.style.paddingLeft = 14 + depth * 15 + "px";
        line.append(make("span", "", text));
        if (answer !== "" || reverted) line.append(make("span", reverted ? "reverted" : "answer", (reverted ? " ✗ " : " → ") + answer));
        list.append(line);
      }
      if (frame.m > 0) list.append(make("li", "answer", "and " + frame.m + " more"));
      box.append(list);
    };
    const flows = (frame) => {
      const box = part("flows");
      box.replaceChildren();
      if (frame.f.length === 0) return;
      box.append(make("h4", "", "What moved"));
      const table = make("table", "pairs");
      for (const [from, to, amount] of frame.f) {
        const row = make("tr");
        row.append(make("td", "", from + " → " + to), make("td", "n", amount));
        table.append(row);
      }
      box.append(table);
    };
    const values = () => {
      const box = part("values");
      box.replaceChildren();
      for (const kind of order) {
        const lines = series.filter((one) => one[0] === kind);
        if (lines.length === 0) continue;
        box.append(make("h4", "", titles[kind]));
        const table = make("table", "pairs three");
        for (const [, of, asset, unit, all] of lines) {
          let held = at;
          while (held > 0 && all[held] === null && kind === "margin") held -= 1;
          const moved = at === 0 ? "" : change(all[at], all[at - 1], unit);
          const row = make("tr", moved === "" ? "" : "changed");
          const name = kind === "balance" || kind === "quote" ? of + (asset === "native coin" ? ", native coin" : kind === "quote" ? ", " + asset : "") : of;
          row.append(make("td", "", name), make("td", "n", show(all[held], unit)), make("td", "n " + (moved.startsWith("+") ? "up" : "down"), moved));
          table.append(row);
        }
        box.append(table);
      }
    };
    const go = (index) => {
      at = Math.max(0, Math.min(last, index));
      const frame = frames[at];
      range.value = String(at);
      part("where").textContent = "block " + frame.b + " · " + (at + 1) + " of " + frames.length;
      part("title").textContent = (frame.n > 0 ? frame.n + "  " : "") + frame.t;
      part("detail").textContent = [frame.d, frame.w].filter((text) => text !== "").join(" · ");
      ticks.forEach((tick, index) => tick.setAttribute("aria-current", String(index === at)));
      calls(frame);
      flows(frame);
      values();
      for (const chart of cursors) {
        const x = Number(chart.dataset.left) + (last === 0 ? 0 : at / last) * Number(chart.dataset.inner);
        const cursor = chart.querySelector(".cursor");
        cursor.setAttribute("x1", String(x));
        cursor.setAttribute("x2", String(x));
      }
      for (const button of player.querySelectorAll("[data-go]")) {
        button.disabled = button.dataset.go.endsWith("back") ? at === 0 : at === last;
      }
    };
    const otherBlock = (way) => {
      const block = frames[at].b;
      let index = at;
      while (index + way >= 0 && index + way <= last && frames[index].b === block) index += way;
      // the last event of the block before; the first of the next
      return index;
    };
    const moves = {
      back: () => go(at - 1), on: () => go(at + 1), "block-back": () => go(otherBlock(-1)), "block-on": () => go(otherBlock(1)),
    };
    for (const button of player.querySelectorAll("[data-go]")) button.addEventListener("click", () => moves[button.dataset.go]());
    range.addEventListener("input", () => go(Number(range.value)));
    player.addEventListener("keydown", (event) => {
      if (event.target === range) return;
      if (event.key === "ArrowLeft") moves[event.shiftKey ? "block-back" : "back"]();
      else if (event.key === "ArrowRight") moves[event.shiftKey ? "block-on" : "on"]();
    });
    for (const chart of cursors) {
      chart.addEventListener("click", (event) => {
        const { left, width } = chart.getBoundingClientRect();
        const x = ((event.clientX - left) / width) * Number(chart.dataset.width) - Number(chart.dataset.left);
        go(Math.round((x / Number(chart.dataset.inner)) * last));
      });
    }
    // where it broke
    go(last);
  };
  for (const player of document.querySelectorAll("[data-player]")) play(player);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = "copied";
    });
  }
})();
`;
