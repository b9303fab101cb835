import { connect as connectMqtt, ErrorWithReasonCode } from 'mqtt';
import { lostError, refusedError, throttledError, type Connect, type Receiver } from './connection.ts';

/** Time for the connection to be made, ms. */
const CONNECT_MS = 15_000;
/** Return codes of CONNACK that mean a wrong name or no right (MQTT 3.1.1, 3.2.2.3; MQTT 5, 3.2.2.2), and "server unavailable". */
const REFUSED: ReadonlySet<number> = new Set([2, 4, 5, 0x85, 0x86, 0x87]);
const UNAVAILABLE: ReadonlySet<number> = new Set([3, 0x88, 0x89, 0x9f]);

/** Returns a client of an MQTT broker (`mqtt://`, `mqtts://`, `ws://`, `wss://`); what comes while there is no room is shed and counted. */
export function mqttClient(url: string, topics: readonly string[]): Connect {
  return (sink, signal) =>
    new Promise((resolve, reject) => {
      // Reconnecting is ours: its waits and its reasons are told with the feed's health.
      const client = connectMqtt(url, {
        reconnectPeriod: 0,
        connectTimeout: CONNECT_MS,
        keepalive: 60,
        clean: true,
      });
      let receiver: Receiver | null = null;
      let reason: Error | null = null;
      let settled = false;
      const end = (): void => void client.end(true);
      const settle = (): void => {
        if (settled) return;
        settled = true;
        signal.removeEventListener('abort', end);
        client.end(true);
        receiver?.close();
        if (reason === null) resolve('closed');
        else reject(reason);
      };
      signal.addEventListener('abort', end, { once: true });
      client.on('connect', () => {
        receiver = sink.open();
        client.subscribe([...topics], { qos: 0 }, (error) => {
          if (error == null) return;
          reason = refusedError(`the broker refused the topics: ${error.message}`);
          settle();
        });
      });
      client.on('message', (topic, payload) => {
        if (sink.full) sink.shed(1);
        else receiver?.message(payload, topic);
      });
      client.on('error', (error) => {
        reason = connectError(error);
        settle();
      });
      client.on('close', settle);
      client.on('end', settle);
    });
}

function connectError(error: Error): Error {
  const code = error instanceof ErrorWithReasonCode ? error.code : -1;
  if (REFUSED.has(code)) return refusedError(`the broker refused the connection: ${error.message}`);
  if (UNAVAILABLE.has(code)) return throttledError(`the broker is not available: ${error.message}`);
  return lostError(error.message, error);
}
