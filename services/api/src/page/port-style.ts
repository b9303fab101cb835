/** The style of what only the pages of ports have. */
export const PORT_STYLE = `body.embed { padding: 0 0.75rem 0.5rem; } .embed h1 { font-size: 1.2rem; margin-top: 0.75rem; } .embed footer { margin-top: 1rem; }
.local { font-weight: 400; }
.there { color: var(--soft); }
.deeds { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin: 1rem 0 0; }
.deed { padding: 0.4rem 1rem; border-radius: 0.3rem; background: var(--link); color: var(--paper); font-weight: 600; text-decoration: none; }
.ports-map svg { display: block; width: 100%; height: auto; max-height: 28rem; border: 1px solid var(--line); border-radius: 0.4rem; background: #dde6ec; }
.ports-map .map-of-ports { height: min(26rem, 60vh); }
.port-dot { fill: #fff; stroke: #5c2a00; stroke-width: 1.5; } .port-dot.watched { fill: #a83a00; stroke: #fff; }
.week-chart .band { fill: none; stroke: var(--line); } .week-chart .heard { fill: var(--soft); opacity: 0.55; }
.look-0 { fill: var(--link); } .look-1 { fill: url(#look-1); } .look-2 { fill: url(#look-2); } .look-3 { fill: url(#look-3); }
.look-4 { fill: none; stroke: var(--soft); }
.ground-1 { fill: var(--high); } .ground-2 { fill: var(--medium); } .ground-3 { fill: var(--made-ink); }
.week-chart pattern path { stroke: var(--card); stroke-width: 1.5; } .spot { fill: var(--card); }
.week-chart .ban { stroke: var(--critical); stroke-width: 1.5; stroke-dasharray: 4 3; } .week-chart .ban-words { fill: var(--critical); font-weight: 700; }
.keys { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; } .chart .key svg { display: inline-block; width: 16px; border: 0; border-radius: 0; margin-right: 0.35rem; vertical-align: -1px; }
.bans > li + li { margin-top: 0.75rem; } .bans p { margin: 0.25rem 0; }
table.ports { min-width: 0; width: 100%; }
.ports .synthetic { margin: 0 0 0 0.4rem; font-weight: 400; }
`;
