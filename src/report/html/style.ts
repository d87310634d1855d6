/** The page's style: light and dark, on a phone, on paper. No fonts and no pictures are loaded. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d1c1a; --soft: #6a665e; --faint: #a39e93; --rule: #e7e3da; --wash: #f3f0e9;
  --bad: #b3261e; --bad-wash: #fbeae8; --good: #2b6b45; --good-wash: #e7f2ea; --unsure: #8a5a00; --unsure-wash: #faf0dc;
  --c1: #2a5bd7; --c2: #c2571a; --c3: #1f8a70; --c4: #8a4fbf; --c5: #a8821a; --c6: #c03a6b; --c7: #4d7c0f; --c8: #5b6472;
  --sans: "Inter Variable", Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "JetBrains Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131416; --card: #1a1c1f; --ink: #e8e6e1; --soft: #9c9a94; --faint: #6c6b67; --rule: #2c2e32; --wash: #202226;
    --bad: #ff8a80; --bad-wash: #3a2020; --good: #7fd6a0; --good-wash: #1b2e23; --unsure: #f0c060; --unsure-wash: #33290f;
    --c1: #82a7ff; --c2: #ff9d5c; --c3: #5fd3b5; --c4: #c79bf2; --c5: #e3c062; --c6: #ff86ae; --c7: #a3cf5f; --c8: #a9b1bd;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 var(--sans); font-feature-settings: "tnum", "cv05"; font-variant-numeric: tabular-nums;
  text-rendering: optimizeLegibility; -webkit-font-smoothing: antialiased;
}
main, .bar { max-width: 1160px; margin: 0 auto; padding: 0 28px; }
.bar { display: flex; gap: 6px 20px; align-items: baseline; flex-wrap: wrap; padding-top: 22px; padding-bottom: 16px; color: var(--soft); font-size: 13px; }
.bar b { color: var(--ink); font-weight: 600; letter-spacing: -0.01em; }
.bar nav { margin-left: auto; display: flex; gap: 4px 18px; flex-wrap: wrap; }
a { color: inherit; text-decoration-color: var(--faint); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
h1 { font-size: clamp(28px, 4.6vw, 44px); line-height: 1.1; letter-spacing: -0.028em; font-weight: 640; margin: 14px 0 10px; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 16px; line-height: 1.3; letter-spacing: -0.01em; font-weight: 620; margin: 0 0 6px; }
h3 { font-size: 13px; font-weight: 600; margin: 0 0 8px; letter-spacing: -0.003em; }
p { margin: 0 0 10px; }
.badge { display: inline-flex; align-items: center; gap: 7px; font-size: 13px; font-weight: 600; padding: 3px 11px 3px 9px; border-radius: 99px; }
.badge::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: currentColor; }
.story q { quotes: "“" "”"; }
.is-bad { color: var(--bad); background: var(--bad-wash); }
.is-good { color: var(--good); background: var(--good-wash); }
.is-unsure { color: var(--unsure); background: var(--unsure-wash); }
header.top { padding: 26px 0 20px; }
.scenario { color: var(--soft); font-size: 17px; margin: 0; overflow-wrap: anywhere; }
.story { font-size: clamp(17px, 1.9vw, 20px); line-height: 1.5; letter-spacing: -0.011em; max-width: 44em; margin: 22px 0 0; overflow-wrap: anywhere; text-wrap: pretty; }
.story em { font-style: normal; color: var(--bad); font-weight: 560; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 0; margin: 28px 0 0; border-top: 1px solid var(--rule); padding-top: 3px; }
.facts div { padding: 13px 18px 12px 0; min-width: 0; }
.facts dt { font-size: 12px; color: var(--soft); margin: 0; }
.facts dd { margin: 2px 0 0; font-size: 16px; line-height: 1.35; font-weight: 560; letter-spacing: -0.012em; overflow-wrap: anywhere; }
.facts small { display: block; font-size: 12px; font-weight: 400; color: var(--soft); letter-spacing: 0; }
section { display: grid; grid-template-columns: 210px minmax(0, 1fr); gap: 8px 40px; padding: 30px 0 32px; border-top: 1px solid var(--rule); }
section > .note h2 { color: var(--ink); }
section > .note { color: var(--soft); font-size: 13px; line-height: 1.5; }
section > .note p { margin: 0 0 8px; max-width: 36em; }
article > h2.finding { font-size: 21px; letter-spacing: -0.018em; padding: 34px 0 4px; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 500; color: var(--soft); font-size: 12px; padding: 0 14px 7px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; vertical-align: bottom; }
td { padding: 8px 14px 8px 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: break-word; }
tr:last-child td { border-bottom: 0; }
td.code { overflow-wrap: anywhere; min-width: 170px; }
td.name { overflow-wrap: anywhere; min-width: 96px; }
td.who { white-space: nowrap; max-width: 180px; overflow: hidden; text-overflow: ellipsis; }
td.n, th.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td:last-child, th:last-child { padding-right: 0; }
.scroll { overflow-x: auto; -webkit-overflow-scrolling: touch; }
code, .code, pre { font-family: var(--mono); font-size: 12.5px; font-feature-settings: normal; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.faint { color: var(--faint); }
.bad { color: var(--bad); }
.good { color: var(--good); }
.gap { margin-top: 26px; }
ol.steps { list-style: none; margin: 0; padding: 0; }
ol.steps li { display: grid; grid-template-columns: 30px 66px minmax(0, 1fr); gap: 0 10px; padding: 10px 0; border-bottom: 1px solid var(--rule); }
ol.steps li:last-child { border-bottom: 0; }
ol.steps .who { font-weight: 560; }
ol.steps .does { overflow-wrap: anywhere; }
ol.steps .then { color: var(--soft); font-size: 13.5px; }
ol.steps .does.end { color: var(--bad); font-weight: 560; }
.num { display: inline-grid; place-items: center; min-width: 21px; height: 21px; padding: 0 5px; border-radius: 11px; font-size: 12px; font-weight: 600; background: var(--ink); color: var(--paper); }
.num.minor { background: none; color: var(--faint); }
.num.end { background: var(--bad); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 15px 17px 13px; min-width: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 345px), 1fr)); gap: 16px; }
.chart { break-inside: avoid; margin: 0; }
.chart svg { display: block; width: 100%; height: auto; overflow: visible; cursor: pointer; }
.chart h3 { margin: 0 0 1px; }
.chart p { font-size: 12px; color: var(--soft); margin: 0 0 8px; line-height: 1.4; }
.key { list-style: none; margin: 8px 0 0; padding: 0; font-size: 12.5px; display: grid; gap: 2px; }
.key li { display: grid; grid-template-columns: 22px minmax(0, 1fr) auto; gap: 7px; align-items: center; }
.key svg { width: 22px; height: 8px; }
.key span { overflow-wrap: anywhere; }
.key b { font-weight: 560; }
svg text { font-family: var(--sans); fill: var(--soft); font-size: 11px; }
svg .grid { stroke: var(--rule); }
svg .axis { stroke: var(--faint); }
svg .block { fill: var(--wash); }
svg .limit { stroke: var(--bad); stroke-dasharray: 2 3; }
svg text.limit { fill: var(--bad); stroke: var(--card); stroke-width: 3.5px; stroke-dasharray: none; paint-order: stroke; }
svg .line { fill: none; stroke-width: 1.9; stroke-linejoin: round; stroke-linecap: round; }
svg .dot { stroke: var(--card); stroke-width: 1.2; }
svg .cursor { stroke: var(--ink); stroke-width: 1; opacity: 0.55; }
svg .mark { fill: var(--ink); }
svg text.mark { fill: var(--paper); font-size: 9.5px; font-weight: 600; text-anchor: middle; }
svg text.end { text-anchor: end; }
svg text.middle { text-anchor: middle; }
.s1 { stroke: var(--c1); } .s2 { stroke: var(--c2); } .s3 { stroke: var(--c3); } .s4 { stroke: var(--c4); }
.s5 { stroke: var(--c5); } .s6 { stroke: var(--c6); } .s7 { stroke: var(--c7); } .s8 { stroke: var(--c8); }
.f1 { fill: var(--c1); } .f2 { fill: var(--c2); } .f3 { fill: var(--c3); } .f4 { fill: var(--c4); }
.f5 { fill: var(--c5); } .f6 { fill: var(--c6); } .f7 { fill: var(--c7); } .f8 { fill: var(--c8); }
.d1 { stroke-dasharray: 6 3; } .d2 { stroke-dasharray: 2 3; }
.cascade svg { display: block; max-width: none; height: auto; }
.cascade .box { fill: var(--card); stroke: var(--rule); }
.cascade .box.health, .cascade .box.impact, .cascade .box.loss { stroke: var(--unsure); }
.cascade .box.violation { stroke: var(--bad); fill: var(--bad-wash); }
.cascade .box.market, .cascade .box.oracle { stroke: var(--faint); fill: var(--wash); }
.cascade text.label { fill: var(--ink); font-size: 13px; font-weight: 560; }
.cascade text.why { font-size: 11.5px; }
.cascade text.at { fill: var(--faint); font-size: 11px; text-anchor: end; }
.cascade .edge { fill: none; stroke: var(--faint); stroke-width: 1.3; }
.cascade .head { fill: var(--faint); }
.cascade .tag { fill: var(--wash); }
.cascade .tag.own { fill: var(--ink); }
.cascade .tag.violation { fill: var(--bad); }
.cascade text.tag { font-size: 10.5px; font-weight: 600; text-anchor: middle; fill: var(--soft); }
.cascade text.tag.own, .cascade text.tag.violation { fill: var(--paper); }
.path { list-style: none; display: flex; flex-wrap: wrap; gap: 10px 0; margin: 0; padding: 0; }
.path li { display: flex; align-items: center; }
.path li + li::before { content: "→"; color: var(--faint); padding: 0 12px; }
.path .card { padding: 9px 14px; }
.path b { display: block; font-weight: 600; }
.player { padding: 0; overflow: hidden; }
.player .deck { display: flex; align-items: center; gap: 10px; padding: 11px 14px; border-bottom: 1px solid var(--rule); }
.player button { font: inherit; font-size: 14px; line-height: 1; color: var(--ink); background: var(--wash); border: 1px solid var(--rule); border-radius: 7px; padding: 8px 11px; cursor: pointer; }
.player button:hover { border-color: var(--faint); }
.player button:disabled { opacity: 0.4; cursor: default; }
.player input[type="range"] { flex: 1; min-width: 60px; height: 18px; margin: 0; appearance: none; background: transparent; cursor: pointer; }
.player input[type="range"]::-webkit-slider-runnable-track { height: 3px; border-radius: 2px; background: var(--rule); }
.player input[type="range"]::-moz-range-track { height: 3px; border-radius: 2px; background: var(--rule); }
.player input[type="range"]::-webkit-slider-thumb { appearance: none; width: 15px; height: 15px; margin-top: -6px; border-radius: 50%; background: var(--ink); }
.player input[type="range"]::-moz-range-thumb { width: 15px; height: 15px; border: 0; border-radius: 50%; background: var(--ink); }
.player .where { font-size: 12.5px; color: var(--soft); white-space: nowrap; }
.player .strip { display: flex; gap: 2px; padding: 10px 16px 4px; overflow-x: auto; }
.player .strip button { flex: 1 0 7px; min-width: 7px; height: 18px; padding: 0; border-radius: 3px; border: 0; background: var(--rule); }
.player .strip button.step { background: var(--faint); }
.player .strip button.hurt { background: var(--bad); }
.player .strip button[aria-current="true"] { outline: 2px solid var(--ink); outline-offset: 1px; }
.player .now { padding: 14px 16px 4px; }
.player .now h3 { font-size: 15.5px; margin: 0 0 2px; overflow-wrap: anywhere; }
.player .panes { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); gap: 6px 30px; padding: 6px 16px 16px; }
.player h4 { font-size: 12px; font-weight: 500; color: var(--soft); margin: 12px 0 5px; }
.calls { list-style: none; margin: 0; padding: 0; font: 12px/1.6 var(--mono); }
.calls li { overflow-wrap: anywhere; padding: 1px 0 1px 0; text-indent: -14px; }
.calls .answer { color: var(--soft); }
.calls .reverted { color: var(--bad); }
.pairs { width: 100%; font-size: 13px; }
.pairs td { padding: 3px 0; border: 0; overflow-wrap: anywhere; }
.pairs td.n { padding-left: 14px; }
.pairs .up { color: var(--good); } .pairs .down { color: var(--bad); }
.pairs tr.changed td { background: var(--wash); }
.pairs tr.changed td:first-child { box-shadow: -6px 0 var(--wash); }
.pairs tr.changed td:last-child { box-shadow: 6px 0 var(--wash); }
.pairs.three { table-layout: fixed; }
.pairs.three td:nth-child(1) { width: 38%; }
.pairs.three td:nth-child(2) { width: 36%; }
.pairs.three td.n { white-space: normal; overflow-wrap: anywhere; }
.copy { display: flex; gap: 10px; align-items: center; background: var(--card); border: 1px solid var(--rule); border-radius: 9px; padding: 10px 12px 10px 15px; }
.copy code { flex: 1; overflow-wrap: anywhere; min-width: 0; }
.copy button { font: inherit; font-size: 12.5px; color: var(--soft); background: var(--wash); border: 1px solid var(--rule); border-radius: 6px; padding: 4px 10px; cursor: pointer; }
details { border-top: 1px solid var(--rule); margin-top: 14px; padding-top: 10px; }
summary { cursor: pointer; font-size: 13.5px; color: var(--soft); }
details pre { margin-top: 10px; max-height: 420px; overflow: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 9px; padding: 12px 14px; }
.source { margin: 0; padding: 0; list-style: none; display: grid; gap: 14px; }
.source pre { background: var(--card); border: 1px solid var(--rule); border-radius: 9px; padding: 11px 14px; margin-top: 6px; overflow-x: auto; white-space: pre; overflow-wrap: normal; }
.meter { display: inline-block; vertical-align: middle; width: 92px; height: 6px; margin-right: 9px; }
.meter rect { fill: var(--rule); } .meter .fill { fill: var(--c8); } .meter .fill.bad { fill: var(--bad); }
footer { max-width: 1160px; margin: 0 auto; padding: 8px 28px 60px; color: var(--soft); font-size: 12.5px; }
@media (max-width: 820px) {
  section { grid-template-columns: minmax(0, 1fr); gap: 14px; padding: 26px 0; }
  .player .panes { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 560px) {
  main, .bar, footer { padding-left: 17px; padding-right: 17px; }
  .bar nav { margin-left: 0; width: 100%; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  ol.steps li { grid-template-columns: 30px minmax(0, 1fr); }
  ol.steps .when { grid-column: 2; grid-row: 1; font-size: 12.5px; }
  ol.steps .what { grid-column: 2; }
  .player .deck { flex-wrap: wrap; }
  .player input[type="range"] { order: 5; flex: 1 0 100%; }
  .player .where { margin-left: auto; }
  .calls-of table, .calls-of tbody { display: block; }
  .calls-of tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 1px 12px; padding: 9px 0; border-bottom: 1px solid var(--rule); }
  .calls-of tr:first-child, .calls-of td:nth-child(3), .calls-of td:nth-child(4) { display: none; }
  .calls-of td { padding: 0; border: 0; min-width: 0; }
  .calls-of td:nth-child(1) { grid-column: 1; color: var(--soft); font-size: 12.5px; max-width: none; }
  .calls-of td:nth-child(2) { grid-column: 1; grid-row: 2; }
  .calls-of td:nth-child(5) { grid-column: 2; grid-row: 2; }
  .calls-of td:nth-child(5)::after { content: " of " attr(data-tried); color: var(--soft); }
  .calls-of td:nth-child(6) { grid-column: 2; grid-row: 1; }
  .calls-of td:nth-child(6) .meter { margin-right: 0; }
  .calls-of td:nth-child(7) { grid-column: 1 / -1; font-size: 12.5px; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --wash: #f4f4f2; }
  body { font-size: 11pt; }
  .bar nav, .player .deck, .player .strip, .copy button { display: none; }
  section { break-inside: auto; padding: 16px 0; }
  .card, ol.steps li, tr { break-inside: avoid; }
  svg .cursor { display: none; }
  .charts { grid-template-columns: 1fr 1fr; }
  .cascade svg { max-width: 100%; }
  a { text-decoration: none; }
  details pre { max-height: none; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
