// Decodes every frame of the cockpit: what points.mjs reads, and batches, all column types, checksums and units. Written
// from ../frames.md alone. `layer` is {moving, columns: [{name, type, step?, codes?}]}, with the columns of the stream's
// class in declared order (of a batch: all). Readable rather than fast.
import { PointsDecoder, signed } from './points.mjs';

const KINDS = ['key', 'delta', 'batch'];
const LABELS = ['public', 'internal', 'sensitive'];
const REASONS = ['expired', 'cancelled', 'superseded', 'gone', 'moved'];
const QUALITIES = ['good', 'suspect', 'bad', 'estimated', 'manual', 'simulated'];
const SHAPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];
const DEPTHS = [0, 1, 1, 2, 2, 3];
const HEAD = 6;

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

export class Decoder extends PointsDecoder {
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

  /** Applies a key or delta frame → its header, with the rows it removed as [key, reason]. */
  apply(frame) {
    const { kind, label, removed = [], ...header } = super.apply(frame);
    const ended = removed.map(([key, reason]) => [key, REASONS[reason]]);
    return { ...header, kind: KINDS[kind], label: LABELS[label], removed: ended };
  }

  /** All rows as {key, validAt, …, values} by key. */
  rows() {
    const all = [...this.cells.values()].flatMap(({ rows }) => rows);
    return new Map(all.map((row) => [row.key, this.show(row)]));
  }

  /** §6: the observations of a batch frame. */
  batch(frame) {
    const { kind, rows: count } = this.open(frame);
    if (kind !== 2) throw new Error('no batch');
    const rows = this.keys(this.varint()).map((key) => ({ key, raw: {} }));
    const shown = [];
    for (let round = 0; shown.length < count; round++) {
      const picked = round === 0 ? rows : this.set(rows.length).map((i) => rows[i]);
      const revisions = this.plane(picked.length);
      for (const lane of this.lanes) {
        if (round === 0) this.put(lane, picked, false);
        else this.changes(lane, picked);
      }
      picked.forEach((row, i) => shown.push({ ...this.show(row), revision: revisions[i] }));
    }
    return shown;
  }

  plain({ type, codes }, code) {
    switch (type) {
      case 'text':
        return this.word(code);
      case 'enum':
        return code === 0 ? null : codes[code - 1];
      case 'flags':
        return code === 0 ? null : code - 1;
      case 'bit':
        return code === 1;
      default:
        throw new Error(`column type ${type}`);
    }
  }

  /** Values of different lengths lie one after the other in a flat plane. */
  values(lane, rows, isPut) {
    const read = { strings: this.strings, geometry: this.geometry, cells: this.block }[lane.type];
    if (!read || rows.length === 0) return super.values(lane, rows, isPut);
    const codes = this.varints(this.varint())[Symbol.iterator]();
    const next = () => codes.next().value;
    for (const { raw } of rows) {
      const kind = next();
      raw[lane.name] = kind === 0 ? null : read.call(this, next, kind, raw[lane.name]);
    }
  }

  strings(next, kind) {
    return Array.from({ length: kind - 1 }, () => this.word(next()));
  }

  geometry(next, kind) {
    if (kind === 7) return { type: 'TilesetFeature', tileset: this.word(next()), id: this.word(next()) };
    let [x, y] = [0, 0];
    const part = (depth) => {
      if (depth > 0) return Array.from({ length: next() }, () => part(depth - 1));
      x += signed(next());
      y += signed(next());
      return [x / 100000, y / 100000];
    };
    return { type: SHAPES[kind - 1], coordinates: part(DEPTHS[kind - 1]) };
  }

  block(next, kind, last) {
    if (kind === 1) {
      const [nx, ny] = [next(), next()];
      let before = 0;
      const cell = (code) => (code === 0 ? null : (before += signed(code - 1)));
      return { nx, ny, quanta: Array.from({ length: nx * ny }, () => cell(next())) };
    }
    const quanta = [...last.quanta];
    for (let at = 0; at < quanta.length;) {
      at += next();
      for (let given = next(); given > 0; given--, at++) {
        const code = next();
        quanta[at] = code === 0 ? null : (quanta[at] ?? 0) + signed(code - 1);
      }
    }
    return { ...last, quanta };
  }

  /** The row for people: integers become values in their units. */
  show({ key, raw }) {
    const shown = this.lanes.map((lane) => [lane.name, inUnits(lane, raw[lane.name])]);
    return {
      key,
      ...Object.fromEntries(shown.slice(0, HEAD)),
      values: Object.fromEntries(shown.slice(HEAD)),
    };
  }
}

function inUnits({ type, step }, raw) {
  if (raw === null || raw === undefined) return null;
  // 1 / step is whole for decimal steps: dividing gives 0.3 where multiplying gives 0.30000000000000004.
  const per = Math.round(1 / step);
  if (type === 'number') return Math.abs(per * step - 1) < 1e-9 ? raw / per : raw * step;
  if (type === 'time') return raw * step;
  if (type === 'position') return raw.map((quantum) => quantum / 100000);
  if (type !== 'cells') return raw;
  return { nx: raw.nx, ny: raw.ny, values: raw.quanta.map((q) => (q === null ? null : q * step)) };
}
