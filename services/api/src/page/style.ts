import { PORT_STYLE } from './port-style.ts';

/** The style of the pages: one column, system fonts, light and dark by the reader's setting. */
export const PAGE_STYLE = `:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --ink: #1c2126; --soft: #525a63; --line: #d5d2c9; --card: #ffffff;
  --link: #0b5394; --focus: #b45309;
  --info: #4b5563; --low: #1d5f8a; --medium: #7a5b00; --high: #a83a00; --critical: #a1122a;
  --made-paper: #efe7fb; --made-ink: #4c2889;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --ink: #e7e9ec; --soft: #a9b2bc; --line: #343c45; --card: #1a2027;
    --link: #8cc4ff; --focus: #fbbf24;
    --info: #b3bcc6; --low: #86c5f0; --medium: #e9c760; --high: #ff9d66; --critical: #ff8a98;
    --made-paper: #2f2447; --made-ink: #d6c4ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 60rem; padding: 0 1rem 2rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible {
  outline: 3px solid var(--focus); outline-offset: 2px;
}
.skip { position: absolute; left: -100vw; background: var(--card); padding: 0.5rem 1rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; z-index: 1; }
header {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; align-items: center; justify-content: space-between;
  border-bottom: 1px solid var(--line); padding: 0.75rem 0;
}
.brand {
  display: flex; align-items: center; gap: 0.5rem;
  color: var(--ink); font-size: 1.25rem; font-weight: 700; text-decoration: none;
}
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
nav a { display: inline-block; padding: 0.35rem 0; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 1.25rem 0 0.25rem; }
h1.sentence { font-size: 1.4rem; line-height: 1.4; margin: 0.25rem 0 0.75rem; max-width: 46rem; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 0.75rem; }
.one h2 { border-top: 1px solid var(--line); padding-top: 1rem; }
h3 { font-size: 1.05rem; font-weight: 600; line-height: 1.4; margin: 1rem 0 0.5rem; }
.alert h3 { margin: 0.25rem 0 0.5rem; }
h3 a { color: var(--ink); text-decoration-color: var(--line); text-underline-offset: 0.2em; }
h3 a:hover { text-decoration-color: currentColor; }
p, li { max-width: 46rem; }
.lead { color: var(--soft); margin: 0 0 1rem; }
form {
  display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end;
  border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); padding: 0.75rem 1rem;
}
label { display: grid; gap: 0.2rem; flex: 1 1 8.5rem; color: var(--soft); font-size: 0.875rem; }
input, select, textarea, button {
  font: inherit; font-size: 1rem; min-height: 2.5rem; width: 100%; min-width: 0; padding: 0.3rem 0.5rem;
  color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 0.3rem;
}
::placeholder { color: var(--soft); opacity: 1; }
button {
  width: auto; flex: 0 0 auto; padding: 0.3rem 1.25rem; font-weight: 600; cursor: pointer;
  color: var(--paper); background: var(--link); border-color: var(--link);
}
button.plain { color: var(--link); background: var(--paper); }
form.bare { border: 0; background: none; padding: 0.35rem 0; gap: 0.5rem; } form.bare button { font-size: 0.9rem; padding: 0.2rem 0.75rem; min-height: 2.25rem; }
form.watch > p, form.watch > .notice, form.watch > details { flex: 1 1 100%; margin: 0; }
form.watch details > label { margin-top: 0.4rem; }
nav [aria-current] { display: inline-block; padding: 0.35rem 0; font-weight: 600; }
label.check { display: flex; flex: 0 1 auto; gap: 0.5rem; align-items: center; color: var(--ink); }
label.check input { width: 1.1rem; min-height: 1.1rem; flex: none; margin: 0; }
.plain-list { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: 0.5rem; }
.data { color: var(--soft); font-size: 0.9rem; margin: 0.75rem 0 0; }
.alerts > li { max-width: none; }
.alerts { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; }
.alert { border: 1px solid var(--line); border-radius: 0.5rem; background: var(--card); padding: 0.75rem 1rem; }
.alert { border-left-width: 5px; }
.edge-info { border-left-color: var(--info); } .edge-low { border-left-color: var(--low); }
.edge-medium { border-left-color: var(--medium); } .edge-high { border-left-color: var(--high); }
.edge-critical { border-left-color: var(--critical); }
.alert.retracted h3 { text-decoration: line-through; }
.marks { display: flex; flex-wrap: wrap; gap: 0.25rem 0.9rem; align-items: center; margin: 0; font-size: 0.875rem; }
.rule { color: var(--soft); }
.severity { display: inline-flex; align-items: center; gap: 0.35rem; font-weight: 700; }
.severity svg { fill: currentColor; flex: none; }
.info { color: var(--info); } .low { color: var(--low); } .medium { color: var(--medium); }
.high { color: var(--high); } .critical { color: var(--critical); }
.synthetic {
  display: inline-block; margin: 0 0 0.5rem; padding: 0.1rem 0.5rem; border-radius: 0.3rem; font-size: 0.875rem;
  background: var(--made-paper); color: var(--made-ink); border: 1px dashed currentColor;
}
dl { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; margin: 0; font-size: 0.9rem; }
dl div { display: flex; flex-wrap: wrap; gap: 0 0.4rem; }
dt { color: var(--soft); } dt::after { content: ':'; }
dd { margin: 0; }
.trail { margin: 1rem 0 0.75rem; font-size: 0.9rem; }
.notice { border: 1px solid var(--focus); border-left-width: 5px; border-radius: 0.3rem; padding: 0.6rem 1rem; background: var(--card); }
.note, .none { color: var(--soft); font-size: 0.9rem; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
section > .scroll > table { min-width: 32rem; }
.scroll:focus-visible { outline: 3px solid var(--focus); }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; font-weight: 600; padding: 0.4rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.9rem 0.4rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 600; }
tbody th { font-weight: 600; }
th.number, td.number { text-align: right; }
td time, td.number { white-space: nowrap; }
.measures td:nth-child(2) { font-weight: 600; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
.versions { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
.versions p { margin: 0; }
figure { margin: 1.25rem 0; }
figcaption { color: var(--soft); font-size: 0.85rem; margin-top: 0.35rem; max-width: 46rem; }
.map-of-alerts { height: min(24rem, 60vh); margin: 1rem 0; }
.map img, .sea-picture img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 0.4rem; background: #dbe7ee; }
.chart svg { display: block; width: 100%; height: auto; max-width: 46rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; }
.chart text { fill: var(--soft); font-size: 12px; }
.chart .grid { stroke: var(--line); } .chart .tick { stroke: var(--soft); }
.chart .gap { fill: var(--critical); opacity: 0.12; }
.chart .gap-words { fill: var(--critical); font-weight: 600; }
.chart .threshold { stroke: var(--medium); stroke-width: 1.5; stroke-dasharray: 6 4; }
.chart .threshold-words { fill: var(--medium); font-weight: 600; }
.chart path { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
.chart .ship-0 { stroke: var(--link); } .chart .ship-1 { stroke: var(--high); stroke-dasharray: 7 3; } .chart .ship-2 { stroke: var(--info); stroke-dasharray: 2 3; }
.chart .dot { fill: var(--card); stroke-dasharray: none; }
.timeline svg { display: block; width: 100%; min-width: 40rem; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; }
.timeline text { fill: var(--ink); font-size: 12px; } .timeline .grid { stroke: var(--line); } .timeline .tick { stroke: var(--soft); }
.timeline .heard { fill: var(--soft); } .timeline .event { fill: var(--high); } .timeline .identity { fill: var(--line); }
.timeline a:focus-visible rect { stroke: var(--focus); stroke-width: 3; }
details { font-size: 0.9rem; margin-top: 0.25rem; } summary { cursor: pointer; color: var(--link); }
details ul { margin: 0.25rem 0 0; }
.empty { border: 1px dashed var(--line); border-radius: 0.5rem; padding: 1.5rem 1rem; text-align: center; }
.pages { margin-top: 1rem; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; color: var(--soft); font-size: 0.9rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.histogram { margin: 1rem 0; }
.histogram svg { display: block; width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: 0.4rem; }
.histogram text { fill: var(--soft); font-size: 12px; } .histogram .grid { stroke: var(--soft); }
.histogram .room { fill: transparent; } .histogram .bar { fill: var(--link); }
.histogram a:hover .room { fill: var(--line); } .histogram svg a:focus-visible { outline: none; }
.histogram a:focus-visible .room { fill: var(--line); stroke: var(--focus); stroke-width: 3; }
.histogram .brushed .room { fill: var(--line); } .histogram .brushed .bar { fill: var(--focus); }
.histogram svg { touch-action: pan-y; }
button.quiet {
  min-height: 2rem; padding: 0.1rem 0.75rem; margin: 0 0 0.5rem; font-size: 0.875rem; font-weight: 400;
  color: var(--link); background: transparent; border-color: var(--line);
}
.alert.selected { outline: 3px solid var(--focus); outline-offset: 1px; }
#news { position: fixed; right: 1rem; bottom: 1rem; z-index: 3; margin: 0; }
#news a { display: block; padding: 0.6rem 1rem; border-radius: 2rem; background: var(--link); color: var(--paper); font-weight: 600; }
.facets { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: 0 1.5rem; align-items: start; }
.facet h3 { font-size: 0.95rem; margin: 0.75rem 0 0.25rem; }
.facet ul { list-style: none; margin: 0; padding: 0; }
.facet li { display: flex; justify-content: space-between; gap: 0.75rem; padding: 0.15rem 0; font-size: 0.9rem; }
.facet a[aria-current] { font-weight: 700; } .facet a[aria-current]::before { content: '✓ '; }
.count { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
@media (min-width: 64rem) {
  body:has(.view) { max-width: 80rem; }
  .view { display: grid; grid-template-columns: minmax(0, 1fr) 16rem; gap: 2rem; align-items: start; }
  .to-facets { display: none; }
}
${PORT_STYLE}@media (min-width: 48rem) { label { flex-basis: 11rem; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@page { size: A4; margin: 15mm; }
@media print {
  :root { color-scheme: only light; --paper: #fff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  body:has(.view) { max-width: none; } .view { display: block; }
  table { font-size: 8.5pt; } th, td { padding-right: 0.4rem; } td time, td.number { white-space: normal; }
  .scroll { overflow: visible; } section > .scroll > table { min-width: 0; } .timeline svg { min-width: 0; }
  h1, h2, h3 { break-after: avoid; } figure, table, svg { break-inside: avoid; }
  form, .data, .pages, nav, button, .skip, .view-facets, #news { display: none; }
  .alert { break-inside: avoid; }
}
`;

/** The mark of the project: a horizon, and a ship in the offing. */
export const MARK_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#0b5394"/><path d="M3 19h26M9 15h14l-3 4h-8zM14 15V9l5 6" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>`;
