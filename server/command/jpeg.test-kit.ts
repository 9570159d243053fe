// A picture as far as its segments go: nobody looks at it.
const segment = (marker: number, text: string): number[] => [
  ...[0xff, marker, 0, text.length + 2],
  ...Buffer.from(text),
];

/** @param traces segments of applications and comments before the picture */
export function smallestJpeg(
  traces: readonly (readonly [marker: number, text: string])[] = [],
): Uint8Array<ArrayBuffer> {
  return new Uint8Array([
    ...[0xff, 0xd8],
    ...traces.flatMap(([marker, text]) => segment(marker, text)),
    ...segment(0xdb, 'tables'),
    ...segment(0xda, 'scan'),
    ...[1, 2, 3, 0xff, 0xd9],
  ]);
}
