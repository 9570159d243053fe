import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { clientFrame, FrameReader, opcodes } from './websocket.ts';

/** A server's frame, as the standard draws it. */
function serverFrame(opcode: number, payload: Uint8Array): Uint8Array {
  const { length } = payload;
  if (length < 126) return Uint8Array.from([0x80 | opcode, length, ...payload]);
  const head =
    length < 65_536
      ? Buffer.from([0x80 | opcode, 126, 0, 0])
      : Buffer.from([0x80 | opcode, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeUInt32BE(length, 6);
  return Buffer.concat([head, payload]);
}

interface Got {
  readonly opcode: number;
  readonly length: number;
  readonly bytes: number[];
}

function reader(wanted = Infinity): { read: FrameReader; got: Got[] } {
  const got: Got[] = [];
  const read = new FrameReader({
    wants: () => wanted,
    message: (opcode, length, bytes) => got.push({ opcode, length, bytes: [...bytes] }),
  });
  return { read, got };
}

const payloads = [0, 1, 125, 126, 65_535, 65_536].map((length) =>
  Uint8Array.from({ length }, (_, at) => (at * 7) & 255),
);

it.each([1, 2, 3, 1000, 70_000, 1e9])('reads frames of every length from chunks of %d bytes', (size) => {
  const stream = Buffer.concat(payloads.map((payload) => serverFrame(opcodes.binary, payload)));
  const { read, got } = reader();
  for (let at = 0; at < stream.length; at += size) read.push(stream.subarray(at, at + size));
  expect(got.map(({ length }) => length)).toEqual(payloads.map(({ length }) => length));
  expect(
    got.every(({ bytes }, index) => Buffer.from(bytes).equals(Buffer.from(payloads[index] as Uint8Array))),
  ).toBe(true);
});

it.each([5, 1e9])('hands on the wanted bytes only and counts the rest, chunks of %d', (size) => {
  const stream = Buffer.concat(
    [...payloads, ...payloads].map((payload) => serverFrame(opcodes.text, payload)),
  );
  const { read, got } = reader(10);
  for (let at = 0; at < stream.length; at += size) read.push(stream.subarray(at, at + size));
  expect(got.map(({ length }) => length)).toEqual([...payloads, ...payloads].map(({ length }) => length));
  expect(got.map(({ bytes }) => bytes)).toEqual(
    [...payloads, ...payloads].map((payload) => [...payload.subarray(0, 10)]),
  );
});

it('refuses fragments and masks', () => {
  expect(() => reader().read.push(Uint8Array.from([0x02, 1, 0]))).toThrow('fragmented');
  expect(() => reader().read.push(Uint8Array.from([0x82, 0x81, 0, 0, 0, 0, 0]))).toThrow('masked');
});

it('writes frames a server reads', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const texts: string[] = [];
  const said = new Promise<void>((resolve) => {
    server.on('connection', (socket) => {
      socket.on('message', (text: Buffer) => {
        texts.push(text.toString());
        if (texts.length === 2) resolve();
      });
    });
  });
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  await once(client, 'open');
  const { _socket: raw } = client as unknown as { _socket: NodeJS.WritableStream };
  raw.write(clientFrame(opcodes.text, '42["hi"]'));
  raw.write(clientFrame(opcodes.text, '好'.repeat(100)));
  await said;
  expect(texts).toEqual(['42["hi"]', '好'.repeat(100)]);
  client.terminate();
  server.close();
});
