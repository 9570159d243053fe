// Decodes every frame of the cockpit: what points.mjs reads, and batches, all column types, checksums and units. Written
// from ../frames.md alone. `layer` is {moving, columns: [{name, type, step?, codes?}]}, with the columns of the stream's
// class in declared order (of a batch: all). Readable rather than fast.
import { crc32 } from 'node:zlib';
import { PointsDecoder, signed } from './points.mjs';

const QUALITIES = ['good', 'suspect', 'bad', 'estimated', 'manual', 'simulated'];
const SHAPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];
const DEPTHS = [0, 1, 1, 2, 2, 3];
const HEAD = 6;

export class Decoder extends PointsDecoder {
  strings = (next, kind) => Array.from({ length: kind - 1 }, () => this.word(next()));

  constructor({ columns, moving }) {
    super(columns, moving);
    this.lanes[1].step = 1;
    this.lanes[4].codes = QUALITIES;
  }

  open(frame) {
    const body = frame.subarray(0, -4);
    const said = new DataView(frame.buffer, frame.byteOffset + body.length, 4).getUint32(0, true);
    if (said !== crc32(body)) throw new Error('the checksum does not fit');
    return super.open(frame);
  }

  /** All rows as {key, validAt, …, values} by key. */
  rows() {
    return new Map(super.rows().map(({ key, ...raw }) => [key, this.show(key, raw)]));
  }

  /** §6: the observations of a batch frame. */
  batch(frame) {
    const { kind, rows: count } = this.open(frame);
    if (kind !== 2) throw new Error('no batch');
    const rows = this.keys(this.varint()).map((key) => ({ key, raw: {} }));
    const shown = [];
    for (let round = 0; shown.length < count; round++) {
      const picked = round === 0 ? rows : this.set(rows);
      const revisions = this.plane(picked.length);
      if (round === 0) this.whole(picked, false);
      else this.changes(picked);
      picked.forEach((row, i) => shown.push({ ...this.show(row.key, row.raw), revision: revisions[i] }));
    }
    return shown;
  }

  value(lane, row, [base, code, codeY]) {
    if (lane.type === 'enum') return code === 0 ? null : lane.codes[code - 1];
    if (lane.type === 'flags') return code === 0 ? null : code - 1;
    return lane.type === 'bit' ? code === 1 : super.value(lane, row, [base, code, codeY]);
  }

  /** Values of different lengths lie one after the other in a flat plane. */
  values(lane, rows, isPut) {
    const read = { strings: this.strings, geometry: this.geometry, cells: this.block }[lane.type];
    if (!read) return super.values(lane, rows, isPut);
    const codes = (rows.length === 0 ? [] : this.varints(this.varint())).values();
    const next = () => codes.next().value;
    for (const { raw } of rows) {
      const kind = next();
      raw[lane.name] = kind === 0 ? null : read.call(this, next, kind, raw[lane.name]);
    }
  }

  geometry(next, kind) {
    if (kind === 7) return { type: 'TilesetFeature', tileset: this.word(next()), id: this.word(next()) };
    let [x, y] = [0, 0];
    const part = (depth) => {
      if (depth > 0) return Array.from({ length: next() }, () => part(depth - 1));
      return [(x += signed(next())) / 100000, (y += signed(next())) / 100000];
    };
    return { type: SHAPES[kind - 1], coordinates: part(DEPTHS[kind - 1]) };
  }

  block(next, kind, last) {
    const [nx, ny] = kind === 1 ? [next(), next()] : [last.nx, last.ny];
    const quanta = kind === 1 ? [] : [...last.quanta];
    let before = 0;
    for (let at = 0; at < nx * ny;) {
      if (kind === 2) at += next();
      for (let given = kind === 2 ? next() : nx * ny; given > 0; given--, at++) {
        if (kind === 2) before = quanta[at] ?? 0;
        const code = next();
        quanta[at] = code === 0 ? null : (before += signed(code - 1));
      }
    }
    return { nx, ny, quanta };
  }

  /** The row for people: integers become values in their units. */
  show(key, raw) {
    const units = (lane) => [lane.name, inUnits(lane, raw[lane.name] ?? null)];
    const shown = (lanes) => Object.fromEntries(lanes.map(units));
    return { key, ...shown(this.lanes.slice(0, HEAD)), values: shown(this.lanes.slice(HEAD)) };
  }
}

function inUnits({ type, step }, raw) {
  if (raw === null) return null;
  // 0.3, not 0.30000000000000004
  if (type === 'number' || type === 'time') return Number((raw * step).toPrecision(15));
  if (type === 'position') return raw.map((quantum) => quantum / 100000);
  if (type !== 'cells') return raw;
  return { nx: raw.nx, ny: raw.ny, values: raw.quanta.map((q) => (q === null ? null : q * step)) };
}
