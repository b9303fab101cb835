import { expect, it } from 'vitest';
import { startApi } from '../api.ts';

const OTHER = 'https://notebook.example.org';

it('lets no other site read by default', async () => {
  const api = await startApi();
  try {
    const answer = await api.get('/v1/alerts', { origin: OTHER });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  } finally {
    await api.close();
  }
});

it('lets the sites read that the operator named, with a key but never with cookies, and no others', async () => {
  const api = await startApi({ corsOrigins: [OTHER] });
  try {
    const answer = await api.get('/v1/alerts', { origin: OTHER });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': OTHER,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'origin, accept',
    });
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    const stranger = await api.get('/v1/alerts', { origin: 'https://notebook.example.org.evil.example' });
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined();
    expect(stranger.headers.vary).toBe('origin, accept');
    const asked = await api.app.inject({
      method: 'OPTIONS',
      url: '/v1/watchlists',
      headers: { origin: OTHER, 'access-control-request-method': 'POST' },
    });
    expect([asked.statusCode, asked.headers['access-control-allow-methods']]).toEqual([
      204,
      'GET, HEAD, POST, PUT, DELETE',
    ]);
  } finally {
    await api.close();
  }
});
