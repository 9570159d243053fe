// Small Shapefiles, written by the specification, for tests.

/** Points as a .shp. */
export function shpOf(points: readonly (readonly [number, number])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(100 + points.length * 28));
  view.setInt32(0, 9994);
  view.setInt32(24, view.byteLength / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, 1, true);
  points.forEach(([x, y], index) => {
    const at = 100 + index * 28;
    view.setInt32(at, index + 1);
    view.setInt32(at + 4, 10);
    view.setInt32(at + 8, 1, true);
    view.setFloat64(at + 12, x, true);
    view.setFloat64(at + 20, y, true);
  });
  return new Uint8Array(view.buffer);
}

/** One column of texts, as bytes of any encoding, as a .dbf. */
export function dbfOf(column: string, values: readonly Uint8Array[]): Uint8Array {
  const width = 20;
  const head = 32 + 32 + 1;
  const bytes = new Uint8Array(head + values.length * (width + 1) + 1).fill(0x20, head);
  const view = new DataView(bytes.buffer);
  bytes.set([3, 126, 7, 15]);
  view.setUint32(4, values.length, true);
  view.setUint16(8, head, true);
  view.setUint16(10, width + 1, true);
  bytes.set(new TextEncoder().encode(column), 32);
  bytes[32 + 11] = 'C'.charCodeAt(0);
  bytes[32 + 16] = width;
  bytes[head - 1] = 0x0d;
  values.forEach((value, index) => bytes.set(value, head + index * (width + 1) + 1));
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}
