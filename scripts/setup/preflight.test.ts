import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort, probePort, requireDisk, requirePort, requireWritable } from './preflight.mjs';

async function occupy(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}

test('a taken port is refused by its number, with another one to try', async () => {
  const port = await occupy();
  await expect(requirePort('127.0.0.1', port)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringMatching(
      new RegExp(`Port ${port} on 127.0.0.1 is already in use.*--port ${port + 1}`),
    ),
  });
});

test('a free port passes and stays free', async () => {
  const port = await freePort('127.0.0.1');
  await requirePort('127.0.0.1', port);
  expect(await probePort('127.0.0.1', port)).toEqual({ port });
});

test('an address of another machine is refused', async () => {
  await expect(requirePort('192.0.2.1', 8080)).rejects.toMatchObject({
    exitCode: 5,
    message: expect.stringContaining('192.0.2.1:8080'),
  });
});

test('a disk without room is refused with both figures, also for a folder that does not exist yet', async () => {
  await expect(requireDisk(path.join(tmpdir(), 'not', 'there'), 9e18)).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringMatching(/Only [\d.]+ GB free .* 9000000000\.0 GB are needed/),
  });
  await requireDisk(tmpdir(), 1);
});

test('a folder that cannot be made is refused', async () => {
  const inside = path.join(import.meta.filename, 'folder');
  await expect(requireWritable(inside)).rejects.toMatchObject({
    exitCode: 8,
    message: expect.stringContaining(`Cannot write to ${inside} (ENOTDIR)`),
  });
});
