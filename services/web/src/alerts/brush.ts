/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/**
 * Lets the reader choose a longer time on the histogram than one bar: by dragging across bars, or by Shift and the arrow keys
 * and then Enter. It leads to the same addresses as the bars themselves.
 */
export function addBrush(): void {
  const figure = document.getElementById('histogram');
  const drawing = figure?.querySelector('svg');
  const bars = [...(figure?.querySelectorAll<SVGAElement>('a[data-from]') ?? [])];
  if (figure === null || drawing === null || drawing === undefined || bars.length < 2) return;
  const said = document.createElement('p');
  said.className = 'data';
  said.setAttribute('role', 'status');
  said.textContent = HOW;
  figure.append(said);

  let anchor = -1;
  let end = -1;
  const mark = () => {
    const [first, last] = [Math.min(anchor, end), Math.max(anchor, end)];
    for (const [index, bar] of bars.entries())
      bar.classList.toggle('brushed', anchor >= 0 && index >= first && index <= last);
    said.textContent =
      anchor < 0 || first === last
        ? HOW
        : `${nameOf(bars[first])} to ${nameOf(bars[last])}: press Enter or let go.`;
  };
  const clear = () => {
    anchor = end = -1;
    mark();
  };
  const go = () => {
    const [first, last] = [Math.min(anchor, end), Math.max(anchor, end)];
    location.assign(addressOf(bars[first], bars[last]));
  };
  /** The bar at a place on the screen, else the nearest. */
  const barAt = (x: number): number => {
    const middles = bars.map((bar) => {
      const { left, right } = bar.getBoundingClientRect();
      return Math.abs((left + right) / 2 - x);
    });
    return middles.indexOf(Math.min(...middles));
  };

  drawing.addEventListener('dragstart', (event) => event.preventDefault());
  drawing.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    anchor = end = barAt(event.clientX);
  });
  addEventListener('pointermove', (event) => {
    if (anchor < 0 || event.buttons === 0) return;
    end = barAt(event.clientX);
    mark();
  });
  addEventListener('pointerup', () => {
    if (anchor >= 0 && anchor !== end) go();
    else if (anchor >= 0) clear();
  });
  // A drag that ends on the bar of its own begin is a click; any other is none.
  drawing.addEventListener('click', (event) => {
    if (anchor >= 0 && anchor !== end) event.preventDefault();
  });
  drawing.addEventListener('keydown', (event) => {
    const at = bars.indexOf(event.target as SVGAElement);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    if (at < 0) return;
    if (step !== 0) {
      event.preventDefault();
      const next = Math.max(0, Math.min(bars.length - 1, at + step));
      if (event.shiftKey) [anchor, end] = [anchor < 0 ? at : anchor, next];
      else anchor = end = -1;
      mark();
      bars[next].focus();
    } else if (event.key === 'Enter' && anchor >= 0 && anchor !== end) {
      event.preventDefault();
      go();
    } else if (event.key === 'Escape') clear();
  });
}

const HOW = 'For a longer time drag across bars, or hold Shift with the arrow keys on a bar.';

function nameOf(bar: SVGAElement): string {
  return (bar.getAttribute('aria-label') ?? '').replace(/: [\d,]+$/, '');
}

/** The address of the first bar with the end of the last. */
function addressOf(first: SVGAElement, last: SVGAElement): string {
  const address = new URL(first.getAttribute('href') ?? '/', location.href);
  const to = new URL(last.getAttribute('href') ?? '/', location.href).searchParams.get('to');
  if (to !== null) address.searchParams.set('to', to);
  return address.href;
}
