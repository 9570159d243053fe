import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FileShelf } from './file-shelf.ts';
import { smallestJpeg } from './jpeg.test-kit.ts';
import { smallestMp4, smallestWebm } from './voice.test-kit.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const shelf = new FileShelf(path.join(folder, 'attachments'));

const chunk = (name: string, text: string): Buffer => {
  const body = Buffer.concat([Buffer.from(name), Buffer.from(text)]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, body, checksum]);
};
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

test('a JPEG loses what the camera wrote beside the picture, and nothing else', async () => {
  const traces = [
    [0xe1, 'Exif GPS 84.15 41.20'],
    [0xfe, 'a comment'],
    [0xed, 'Photoshop'],
  ] as const;
  const { hash, bytes } = await shelf.keep(Buffer.from(smallestJpeg(traces)));
  expect(bytes).toBe(smallestJpeg().length);
  expect((await shelf.read(hash)).bytes).toEqual(Buffer.from(smallestJpeg()));
});

test('a PNG loses its texts, times and EXIF', async () => {
  const [begin, pixels, end] = [chunk('IHDR', 'head'), chunk('IDAT', 'pixels'), chunk('IEND', '')];
  const kept = await shelf.keep(
    Buffer.concat([pngHead, begin, chunk('eXIf', 'GPS'), chunk('tEXt', 'me'), pixels, end]),
  );
  expect(kept.type).toBe('image/png');
  expect((await shelf.read(kept.hash)).bytes).toEqual(Buffer.concat([pngHead, begin, pixels, end]));
});

test('what hangs on behind the picture is left out, and the same picture is kept once', async () => {
  const plain = await shelf.keep(Buffer.from(smallestJpeg()));
  const again = await shelf.keep(Buffer.concat([smallestJpeg(), Buffer.from('<script>')]));
  expect(again).toEqual(plain);
  expect(readdirSync(path.join(folder, 'attachments')).filter((name) => name === plain.hash)).toHaveLength(1);
});

test.each([
  ['audio/webm', smallestWebm()],
  ['audio/mp4', smallestMp4()],
] as const)('a voice note is kept as it came, as %s by what it holds', async (type, bytes) => {
  const kept = await shelf.keep(bytes);
  expect(kept).toMatchObject({ type, bytes: bytes.length });
  expect(shelf.find(kept.hash)).toEqual(kept);
  expect((await shelf.read(kept.hash)).bytes).toEqual(bytes);
});

test('a voice note that nobody would listen to is too large', async () => {
  const bytes = Buffer.concat([smallestWebm(), Buffer.alloc(2 * 1024 * 1024)]);
  await expect(shelf.keep(bytes)).rejects.toMatchObject({ code: 'record/too-large' });
});

test.each([
  ['a drawing with a script in it', Buffer.from('<svg onload="x"/>')],
  ['nothing', Buffer.alloc(0)],
  ['a JPEG that is cut off', Buffer.from(smallestJpeg()).subarray(0, 16)],
  ['a JPEG without an end', Buffer.from(smallestJpeg()).subarray(0, -2)],
  ['a film', smallestWebm([2, 1])],
  ['a WebM without tracks', smallestWebm([])],
  ['Matroska of another kind', smallestWebm([2], 'matroska')],
  ['a WebM that is cut off', smallestWebm().subarray(0, 40)],
  ['an MP4 film', smallestMp4(['vide', 'soun'])],
  ['an MP4 without tracks', smallestMp4([])],
  ['an MP4 that is cut off', smallestMp4().subarray(0, 50)],
  ['a PNG that is cut off', Buffer.concat([pngHead, chunk('IHDR', 'head').subarray(0, 10)])],
])('%s is refused', async (_what, bytes) => {
  await expect(shelf.keep(bytes)).rejects.toMatchObject({ code: 'request/invalid' });
});

test('a hash that is a path leads nowhere', async () => {
  expect(shelf.find('../../etc/passwd')).toBeNull();
  await expect(shelf.read('0'.repeat(64))).rejects.toMatchObject({ code: 'request/not-found' });
});
