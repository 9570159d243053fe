// Decodes key and delta frames of a layer of points with numbers, codes and texts. Written from ../frames.md alone, in
// its order; no imports. `columns` are those of the stream's class in declared order: [{name, type}]. Values stay in
// quanta: positions 1e-5°, numbers and times multiples of the column's step, codes of enums 0 null, index + 1.
const HEAD = ['validAt', 'issuedAt', 'regionCode', 'source', 'quality', 'synthetic'];
const TYPES = ['validAt', 'time', 'text', 'text', 'enum', 'bit'];
const ALPHA = [1, 1, 0.8333, 0.7, 0.6, 0.5238, 0.4643, 0.4167];
const BETA = [1, 1, 0.5, 0.3, 0.2, 0.1429, 0.1071, 0.0833];
const utf8 = new TextDecoder();

export const signed = (code) => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
const ascending = (gaps) => {
  let last = -1;
  return gaps.map((gap) => (last += gap + 1));
};

export class PointsDecoder {
  cells = new Map();

  constructor(columns, moving) {
    this.lanes = [...HEAD.map((name, i) => ({ name, type: TYPES[i] })), ...columns];
    this.moving = moving;
  }

  // §1 Primitives
  byte = () => this.bytes[this.at++];
  u32 = () => this.byte() + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24;
  varint = (byte = this.byte()) => (byte < 128 ? byte : byte - 128 + 128 * this.varint());
  varints = (count) => Array.from({ length: count }, () => this.varint());
  gaps = () => ascending(this.varints(this.varint()));
  text = (length = this.varint()) => utf8.decode(this.bytes.subarray(this.at, (this.at += length)));
  word = (code) => (code === 0 ? null : this.words[code === 1 ? this.nextWord++ : code - 2]);

  plane(count) {
    const mode = count === 0 ? 0 : this.byte();
    if (mode === 0) return this.varints(count);
    const codes = new Array(count).fill(this.varint());
    if (mode === 2) for (const at of this.gaps()) codes[at] = this.varint();
    return codes;
  }

  /** The rows a row set names. */
  set(rows, isExpected = () => false) {
    const mode = this.byte();
    const list = new Set((mode & 3) === 2 ? this.gaps() : []);
    const mask = (mode & 3) === 3 ? Array.from({ length: Math.ceil(rows.length / 8) }, this.byte) : [];
    const isNamed = (i) => (mode & 3) === 1 || list.has(i) || ((mask[i >> 3] >> (i & 7)) & 1) === 1;
    return rows.filter((row, i) => isNamed(i) !== (mode >= 4 && isExpected(row)));
  }

  // §2 Frame
  open(frame) {
    Object.assign(this, { bytes: frame, at: 0, nextWord: 0 });
    const [version, kind, length] = [this.byte(), this.byte(), this.u32()];
    if (version !== 1 || length !== frame.length) throw new Error('not a whole frame of version 1');
    const [layer, schema, world] = [this.text(), this.u32(), this.text()];
    const [label, cell, [rateS, tick, base, knownAt, rows]] = [this.byte(), this.text(), this.varints(5)];
    this.words = this.varints(this.varint()).map((bytes) => this.text(bytes));
    return { kind, layer, schema, world, label, cell, rateS, tick, baseTick: base - 1, knownAt, rows };
  }

  /** Applies a key or delta frame → its header, of a delta with the rows it removed as [key, reason]. */
  apply(frame) {
    const header = this.open(frame);
    const { kind, cell, tick, baseTick } = header;
    const held = this.cells.get(cell) ?? { tick: -1, rows: [] };
    const fits = kind === 0 || (kind === 1 && baseTick <= held.tick && held.tick < tick);
    if (!fits) throw new Error('does not follow what is held: ask for a key frame');
    const rows = kind === 0 ? this.puts(header.rows, tick, true) : this.delta(held.rows, header);
    this.cells.set(cell, { tick, rows: rows.sort((a, b) => a.slot - b.slot) });
    return header;
  }

  delta(held, header) {
    if (this.varint() !== held.length) throw new Error('another state: ask for a key frame');
    const ended = new Set(this.set(held));
    const reasons = this.plane(ended.size);
    header.removed = [...ended].map(({ key }, i) => [key, reasons[i]]);
    const left = held.filter((row) => !ended.has(row));
    const changed = this.set(held, (row) => !ended.has(row) && row.tick + row.gap === header.tick);
    for (const row of changed) Object.assign(row, { gap: header.tick - row.tick, tick: header.tick });
    if (changed.length > 0) this.changes(changed);
    return [...left, ...this.puts(this.varint(), header.tick, false)];
  }

  puts(count, tick, hasState) {
    const slots = ascending(this.plane(count));
    const rows = this.keys(count).map((key, i) => ({ key, slot: slots[i], raw: {}, tick, gap: 0 }));
    this.whole(rows, hasState);
    if (hasState) this.plane(count).forEach((ago, i) => (rows[i].tick -= ago));
    if (hasState) this.plane(count).forEach((gap, i) => (rows[i].gap = gap));
    return rows;
  }

  keys(count) {
    const [shared, rests] = [this.varints(count), this.varints(count)];
    let key = '';
    return rests.map((length, i) => (key = key.slice(0, shared[i]) + this.text(length)));
  }

  // §4 Lanes
  whole(rows, hasState) {
    const state = () => (hasState ? this.plane(rows.length).map(signed) : rows.map(() => 0));
    for (const lane of this.lanes) {
      this.values(lane, rows, true);
      if (lane.type === 'validAt') state().forEach((interval, i) => (rows[i].interval = interval));
      if (lane.type !== 'position' || !this.moving) continue;
      const [since, ...filter] = Array.from({ length: 6 }, state);
      rows.forEach((row, i) => (row.motion = [row.raw.validAt - since[i], ...filter.map((of) => of[i])]));
    }
  }

  changes(rows) {
    for (const lane of this.lanes) this.values(lane, this.set(rows), false);
  }

  /** Of a put the base is the row before, of a change the last value of the row itself. */
  values(lane, rows, isPut) {
    const { name, type } = lane;
    const [codes, codesY] = [this.plane(rows.length), type === 'position' ? this.plane(rows.length) : []];
    let before = type === 'position' ? [0, 0] : 0;
    rows.forEach((row, i) => {
      const base = row.raw[name] ?? before;
      row.raw[name] = this.value(lane, row, [base, codes[i], codesY[i]]);
      if (isPut) before = row.raw[name] ?? before;
    });
  }

  value({ name, type }, row, [base, code, codeY]) {
    if (type === 'text') return this.word(code);
    if (type === 'validAt') return base + (row.interval = (row.interval ?? 0) + signed(code));
    if (type === 'number' || type === 'time') return code === 0 ? null : base + signed(code - 1);
    if (type !== 'position') return code;
    const miss = [signed(code - 1), signed(codeY)];
    return code === 0 ? null : this.move(row, { last: row.raw[name], base, miss });
  }

  // §5 Motion
  move(row, { last, base, miss }) {
    const [since, ...state] = row.motion ?? [];
    const dt = (row.raw.validAt - since) / 1000;
    row.motion = [row.raw.validAt, 0, 0, 0, 0, 0];
    if (!this.moving || !last || !(dt > 0 && dt <= 120)) return [base[0] + miss[0], base[1] + miss[1]];
    const to = last.map((p, axis) => p + state[axis] / 16 + (state[axis + 2] / 1024) * dt);
    const now = to.map((p, axis) => Math.floor(p + 0.5) + miss[axis]);
    const m = now.map((p, axis) => p - to[axis]);
    const age = m.some((by) => Math.abs(by) > 8) ? Math.min(state[4], 2) : state[4];
    const offsets = m.map((by) => Math.floor(0.5 - (1 - ALPHA[age]) * 16 * by));
    const speeds = m.map((by, axis) => Math.floor(state[axis + 2] + (BETA[age] / dt) * 1024 * by + 0.5));
    const kept = speeds.map((speed) => Math.max(-(2 ** 24), Math.min(2 ** 24, speed)));
    row.motion = [row.raw.validAt, ...offsets, ...kept, Math.min(age + 1, 7)];
    return now;
  }

  rows() {
    return [...this.cells.values()].flatMap(({ rows }) => rows.map(({ key, raw }) => ({ key, ...raw })));
  }
}
