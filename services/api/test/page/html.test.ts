import { expect, it } from 'vitest';
import { html } from '../../src/page/html.ts';

it('escapes what comes from the air, in text and in attributes', () => {
  const name = `"><script>alert('x')</script>&`;
  expect(html`<p title="${name}">${name}</p>`.html).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>',
  );
});

it('keeps HTML made by itself, alone and in lists', () => {
  const items = [html`<b>${1}</b>`, html`<b>${'<'}</b>`];
  expect(html`<p>${items}${null}</p>`.html).toBe('<p><b>1</b><b>&lt;</b></p>');
});

it('shows control characters and turns of direction instead of obeying them', () => {
  expect(html`${'A\u202eB\u0000C\u2066D\u200fE'}`.html).toBe('A\ufffdB\ufffdC\ufffdD\ufffdE');
});

it('leaves names in other scripts alone', () => {
  expect(html`${'龙口 · 청진 · Ærø'}`.html).toBe('龙口 · 청진 · Ærø');
});
