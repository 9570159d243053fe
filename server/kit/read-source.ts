// Where the command line reads a feed's bytes from: a file, an HTTP address, an MQTT topic.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock } from './clock.ts';
import { reasonOf } from './http-reader.ts';
import { connectMqttBroker } from './mqtt-client.ts';
import { createTestContext } from './test-context.ts';

/** One thing to parse by itself: a document, or one message of a topic. */
export interface SourcePiece {
  readonly bytes: Uint8Array;
  /** File, address or topic. */
  readonly from: string;
  readonly receivedAt: number;
}

export interface ReadLimits {
  readonly clock: Clock;
  /** How long streams and topics are listened to; answers that end are not cut. */
  readonly forS: number;
  readonly maxBytes: number;
}

/** `url`: a path, `file:`, `http(s)://…`, `mqtt(s)://host:port/topic/filter`. @throws CodedError feed/*, record/too-large */
export async function readSource(url: string, limits: ReadLimits): Promise<SourcePiece[]> {
  if (/^https?:\/\//i.test(url)) return [await readHttp(url, limits)];
  if (/^mqtts?:\/\//i.test(url)) return readTopic(url, limits);
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  try {
    return [{ bytes: new Uint8Array(await readFile(path)), from: path, receivedAt: limits.clock.now() }];
  } catch (error) {
    throw new CodedError('feed/unreachable', `file ${path}: ${reasonOf(error)}`);
  }
}

/** Reads to the end, or for `forS` seconds what a stream says. */
async function readHttp(url: string, { clock, forS, maxBytes }: ReadLimits): Promise<SourcePiece> {
  const abort = new AbortController();
  const timer = clock.after(forS * 1000, () => abort.abort());
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) throw new CodedError('feed/status', `${url}: status ${response.status}`);
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw new CodedError('record/too-large', `${url}: more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if (!abort.signal.aborted) throw new CodedError('feed/unreachable', `${url}: ${reasonOf(error)}`);
    if (size === 0) throw new CodedError('feed/timeout', `${url}: nothing within ${forS} s`);
  } finally {
    timer.stop();
    abort.abort();
  }
  return { bytes: Buffer.concat(chunks), from: url, receivedAt: clock.now() };
}

async function readTopic(url: string, { clock, forS, maxBytes }: ReadLimits): Promise<SourcePiece[]> {
  const address = new URL(url);
  const filter = decodeURIComponent(address.pathname.slice(1) + address.hash);
  if (filter === '')
    throw new CodedError('feed/unreachable', `${url}: name the topic, for example ${address.origin}/gy/#`);
  const account = {
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
  };
  const test = createTestContext(null, { clock });
  const mqtt = connectMqttBroker({
    url: `${address.protocol}//${address.host}`,
    clock,
    log: test.context.log,
    clientId: `cockpit-feed-${process.pid}`,
    ...(account.user === '' ? {} : { account }),
  });
  const pieces: SourcePiece[] = [];
  let size = 0;
  try {
    await mqtt.subscribe(test.context, filter, ({ payload, topic, receivedAt }) => {
      size += payload.length;
      if (size <= maxBytes) pieces.push({ bytes: Uint8Array.from(payload), from: topic, receivedAt });
    });
    await clock.sleep(forS * 1000);
  } finally {
    await mqtt.stop();
  }
  const failure = test.failures[0];
  if (pieces.length === 0 && failure) throw new CodedError(failure.code, failure.detail);
  return pieces;
}
