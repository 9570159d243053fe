// Voice notes as far as their heads go: nobody listens to them.
const element = (id: readonly number[], body: readonly number[]): number[] => [
  ...id,
  0x40 | (body.length >> 8),
  body.length & 0xff,
  ...body,
];
const letters = (text: string): number[] => [...Buffer.from(text, 'latin1')];

const track = (kind: number): number[] =>
  element(
    [0xae],
    [...element([0xd7], [1]), ...element([0x83], [kind]), ...element([0x86], letters('A_OPUS'))],
  );

/** As a browser records it: neither the segment nor its clusters know their length. @param kinds of tracks: 1 picture, 2 sound */
export function smallestWebm(kinds: readonly number[] = [2], docType = 'webm'): Buffer {
  const unknown = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
  return Buffer.from([
    ...element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], letters(docType))),
    ...[0x18, 0x53, 0x80, 0x67],
    ...unknown,
    ...element([0x15, 0x49, 0xa9, 0x66], element([0x4d, 0x80], letters('test'))),
    ...element([0x16, 0x54, 0xae, 0x6b], kinds.flatMap(track)),
    ...[0x1f, 0x43, 0xb6, 0x75],
    ...unknown,
    ...element([0xa3], [0x81, 0, 0, 0x80, 1, 2, 3]),
  ]);
}

function box(name: string, body: readonly number[]): number[] {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 8);
  return [...size, ...letters(name), ...body];
}

/** @param handlers of tracks: `soun`, `vide` */
export function smallestMp4(handlers: readonly string[] = ['soun']): Buffer {
  const tracks = handlers.flatMap((handler) =>
    box('trak', box('mdia', box('hdlr', [0, 0, 0, 0, 0, 0, 0, 0, ...letters(handler), 0, 0]))),
  );
  return Buffer.from([...box('ftyp', letters('M4A ')), ...box('moov', tracks), ...box('mdat', [1, 2, 3])]);
}
