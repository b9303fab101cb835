import { expect, it } from 'vitest';
import { readTraceConfig } from '../src/config.ts';

it('sends traces nowhere unless it is told where', () => {
  expect(readTraceConfig({})).toBeUndefined();
  expect(readTraceConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: '', OTEL_SERVICE_NAME: 'x' })).toBeUndefined();
});

it('reads the variables of OpenTelemetry', () => {
  expect(
    readTraceConfig({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20eA==, x-team=sea',
      OTEL_SERVICE_NAME: 'offing-north',
    }),
  ).toEqual({
    endpoint: 'http://127.0.0.1:4318',
    headers: { authorization: 'Basic eA==', 'x-team': 'sea' },
    serviceName: 'offing-north',
  });
});

it.each([
  ['127.0.0.1:4318', ''],
  ['http://user:password@127.0.0.1:4318', ''],
  ['http://127.0.0.1:4318', 'SECRET'],
  ['http://127.0.0.1:4318', 'a=%ZZ'],
])('refuses %s with the headers %s, and repeats no value', (endpoint, headers) => {
  const read = () =>
    readTraceConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers });
  expect(read).toThrow(/OTEL_EXPORTER_OTLP_/);
  expect(read).not.toThrow(/password|SECRET|ZZ/);
});
