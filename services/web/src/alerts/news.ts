/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Changes come in crowds; they are counted together after so long, ms. */
const SETTLE_MS = 400;
/** A stream that the browser gave up is opened anew after so long, ms. */
const AGAIN_MS = 10_000;

/**
 * Tells quietly of alerts that came since the page was made. Nothing moves: the badge lies over the page and leads to the
 * newest alerts. While nobody looks at the page its stream is closed, because browsers open few to one server.
 */
export function addNews(): void {
  const badge = document.getElementById('news');
  const { stream: address, list } = badge?.dataset ?? {};
  if (badge === null || address === undefined || list === undefined) return;
  const shown = new Set(
    [...document.querySelectorAll<HTMLElement>('[data-alert]')].map(({ dataset }) => dataset['alert'] ?? ''),
  );
  const opened = new Set<string>();
  let stream: EventSource | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;

  /** Which of those that opened the view shows, only its list can tell; after a pause also which opened meanwhile. */
  const count = async (afterPause = false) => {
    settling = undefined;
    const answer = await fetch(list).catch(() => null);
    if (answer?.ok !== true) return;
    const { items } = (await answer.json()) as { items: readonly { readonly id: string }[] };
    const known = items.findIndex(({ id }) => shown.has(id));
    if (afterPause && known > 0) for (const { id } of items.slice(0, known)) opened.add(id);
    const fresh = items.filter(({ id }) => opened.has(id) && !shown.has(id)).length;
    if (fresh > 0) tell(badge, fresh);
  };
  const soon = () => {
    settling ??= setTimeout(() => void count(), SETTLE_MS);
  };
  const open = () => {
    stream = new EventSource(address);
    stream.addEventListener('alert', ({ data }) => {
      const { change, alert } = JSON.parse(String(data)) as { change: string; alert: { id: string } };
      if (change !== 'opened') return;
      opened.add(alert.id);
      soon();
    });
    stream.addEventListener('open', () => {
      badge.dataset['live'] = 'true';
    });
    stream.addEventListener('error', () => {
      badge.dataset['live'] = 'false';
      // The browser itself comes back after a broken line, but not after an answer that was none.
      if (stream?.readyState === EventSource.CLOSED)
        setTimeout(() => void (document.hidden || reopen()), AGAIN_MS);
    });
  };
  const reopen = () => {
    stream?.close();
    open();
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return stream?.close();
    reopen();
    void count(true);
  });
  addEventListener('pagehide', () => stream?.close());
  if (!document.hidden) open();
}

function tell(badge: HTMLElement, fresh: number): void {
  const link = document.createElement('a');
  const address = new URL(location.href);
  address.searchParams.delete('cursor');
  address.hash = '';
  link.href = address.href;
  link.textContent = `${fresh} new ${fresh === 1 ? 'alert' : 'alerts'}: show`;
  badge.replaceChildren(link);
}
