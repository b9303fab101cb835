/** The style of what only the pages of ports have. */
export const PORT_STYLE = `.local { font-weight: 400; }
.there { color: var(--soft); }
.deeds { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; align-items: center; margin: 1rem 0 0; }
.deed { padding: 0.4rem 1rem; border-radius: 0.3rem; background: var(--link); color: var(--paper); font-weight: 600; text-decoration: none; }
.ports-map svg { display: block; width: 100%; height: auto; max-height: 28rem; border: 1px solid var(--line); border-radius: 0.4rem; background: #dde6ec; }
.ports-map .map-of-ports { height: min(26rem, 60vh); }
.port-dot { fill: #fff; stroke: #5c2a00; stroke-width: 1.5; } .port-dot.watched { fill: #a83a00; stroke: #fff; }
table.ports { min-width: 0; width: 100%; }
.ports .synthetic { margin: 0 0 0 0.4rem; font-weight: 400; }
`;
