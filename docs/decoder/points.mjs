// Decodes key and delta frames of a layer of points with numbers, codes and texts. Written from ../frames.md alone, in
// its order; no imports. `columns` are those of the stream's class in declared order: [{name, type}]. Values stay in
// quanta: position 1e-5°, numbers and times multiples of the column's step.
const HEAD = ['validAt', 'issuedAt', 'regionCode', 'source', 'quality', 'synthetic'];
const TYPES = ['validAt', 'time', 'text', 'text', 'enum', 'bit'];
const ALPHA = [1, 1, 0.8333, 0.7, 0.6, 0.5238, 0.4643, 0.4167];
const BETA = [1, 1, 0.5, 0.3, 0.2, 0.1429, 0.1071, 0.0833];

export const signed = (code) => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
const sum = (a, b) => a.map((value, axis) => value + b[axis]);
const ascending = (gaps) => {
  let next = 0;
  return gaps.map((gap) => (next += gap + 1) - 1);
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
  varints = (count) => Array.from({ length: count }, () => this.varint());
  word = (code) => (code === 0 ? null : this.words[code === 1 ? this.nextWord++ : code - 2]);

  varint() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  text(length = this.varint()) {
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }

  plane(count) {
    const mode = count === 0 ? 0 : this.byte();
    if (mode === 0) return this.varints(count);
    const codes = new Array(count).fill(this.varint());
    if (mode === 2) for (const at of ascending(this.varints(this.varint()))) codes[at] = this.varint();
    return codes;
  }

  set(universe, isExpected = () => false) {
    const mode = this.byte();
    const said = new Array(universe).fill((mode & 3) === 1);
    if ((mode & 3) === 2) for (const at of ascending(this.varints(this.varint()))) said[at] = true;
    if ((mode & 3) === 3) {
      const mask = Array.from({ length: Math.ceil(universe / 8) }, this.byte);
      said.forEach((_, i) => (said[i] = ((mask[i >> 3] >> (i & 7)) & 1) === 1));
    }
    return [...said.keys()].filter((i) => said[i] !== (mode >= 4 && isExpected(i)));
  }

  // §2 Frame
  open(frame) {
    Object.assign(this, { bytes: frame, at: 0, nextWord: 0 });
    const [version, kind, length] = [this.byte(), this.byte(), this.u32()];
    if (version !== 1 || length !== frame.length) throw new Error('not a whole frame of version 1');
    const [layer, schema, world, label, cell] = [
      this.text(),
      this.u32(),
      this.text(),
      this.byte(),
      this.text(),
    ];
    const [rateS, tick, base, knownAt, rows] = this.varints(5);
    this.words = this.varints(this.varint());
    this.words = this.words.map((bytes) => this.text(bytes));
    return { kind, layer, schema, world, label, cell, rateS, tick, baseTick: base - 1, knownAt, rows };
  }

  apply(frame) {
    const header = this.open(frame);
    const { kind, cell, tick, baseTick } = header;
    const held = this.cells.get(cell) ?? { tick: -1, rows: [] };
    if (kind > 1) throw new Error('no frame of state');
    if (kind === 1 && (baseTick > held.tick || tick <= held.tick))
      throw new Error('gap: ask for a key frame');
    const rows = kind === 0 ? this.key(header) : this.delta(held.rows, header);
    this.cells.set(cell, { tick, rows: rows.sort((a, b) => a.slot - b.slot) });
    return header;
  }

  key({ rows: count, tick }) {
    const rows = this.puts(count, true);
    this.plane(count).forEach((age, i) => (rows[i].tick = tick - age));
    this.plane(count).forEach((gap, i) => (rows[i].gap = gap));
    return rows;
  }

  delta(held, header) {
    const { tick } = header;
    if (this.varint() !== held.length) throw new Error('another state: ask for a key frame');
    const ends = this.set(held.length);
    header.removed = this.plane(ends.length).map((reason, i) => [held[ends[i]].key, reason]);
    const isDue = (i) => !ends.includes(i) && held[i].tick + held[i].gap === tick;
    const changed = this.set(held.length, isDue).map((i) => held[i]);
    for (const row of changed) Object.assign(row, { gap: tick - row.tick, tick });
    if (changed.length > 0) for (const lane of this.lanes) this.changes(lane, changed);
    const fresh = this.puts(this.varint(), false);
    for (const row of fresh) Object.assign(row, { tick, gap: 0 });
    return [...held.filter((_, i) => !ends.includes(i)), ...fresh];
  }

  keys(count) {
    const [shared, rests] = [this.varints(count), this.varints(count)];
    let key = '';
    return rests.map((length, i) => (key = key.slice(0, shared[i]) + this.text(length)));
  }

  puts(count, hasState) {
    const slots = ascending(this.plane(count));
    const rows = this.keys(count).map((key, i) => ({ key, slot: slots[i], raw: {} }));
    if (count > 0) for (const lane of this.lanes) this.put(lane, rows, hasState);
    return rows;
  }

  // §4 Lanes
  put(lane, rows, hasState) {
    this.values(lane, rows, true);
    const next = (act) => this.plane(rows.length).forEach((code, i) => act(rows[i], signed(code)));
    if (hasState && lane.type === 'validAt') next((row, interval) => (row.interval = interval));
    if (!hasState || lane.type !== 'position' || !this.moving) return;
    next((row, before) => (row.motion.at -= before));
    for (let k = 0; k < 5; k++) next((row, integer) => (row.motion.state[k] = integer));
  }

  changes(lane, all) {
    const rows = this.set(all.length).map((i) => all[i]);
    if (rows.length > 0) this.values(lane, rows, false);
  }

  /** Of a put the base is the row before, of a change the last value of the row itself. */
  values(lane, rows, isPut) {
    const { name, type } = lane;
    const [codes, codesY] = [this.plane(rows.length), type === 'position' ? this.plane(rows.length) : []];
    let before = type === 'position' ? [0, 0] : 0;
    rows.forEach((row, i) => {
      const [last, code] = [row.raw[name] ?? null, codes[i]];
      let value = null;
      if (type === 'validAt') {
        value = (isPut ? before : last + row.interval) + signed(code);
        row.interval = isPut ? 0 : value - last;
      } else if (type === 'number' || type === 'time') {
        if (code > 0) value = (isPut ? before : (last ?? 0)) + signed(code - 1);
      } else if (type === 'position') {
        const miss = code === 0 ? null : [signed(code - 1), signed(codesY[i])];
        value = isPut ? miss && sum(before, miss) : this.move(row, last, miss);
        if (isPut) row.motion = { at: row.raw.validAt, state: [0, 0, 0, 0, 0] };
      } else value = this.plain(lane, code);
      row.raw[name] = value;
      before = value ?? before;
    });
  }

  /** Enum codes stay 0 null, index + 1. */
  plain({ type }, code) {
    return type === 'text' ? this.word(code) : code;
  }

  // §5 Motion
  move(row, last, miss) {
    const { at: since, state } = row.motion;
    const dt = (row.raw.validAt - since) / 1000;
    row.motion = { at: row.raw.validAt, state: [0, 0, 0, 0, 0] };
    if (miss === null || last === null) return miss;
    if (!this.moving || !(dt > 0 && dt <= 120)) return sum(last, miss);
    const to = last.map((p, axis) => p + state[axis] / 16 + (state[axis + 2] / 1024) * dt);
    const now = to.map((p, axis) => Math.floor(p + 0.5) + miss[axis]);
    const m = now.map((p, axis) => p - to[axis]);
    const age = m.some((by) => Math.abs(by) > 8) ? Math.min(state[4], 2) : state[4];
    const offsets = m.map((by) => Math.floor(0.5 - (1 - ALPHA[age]) * 16 * by));
    const speeds = m.map((by, axis) => Math.floor(state[axis + 2] + (BETA[age] / dt) * 1024 * by + 0.5));
    const kept = speeds.map((speed) => Math.max(-(2 ** 24), Math.min(2 ** 24, speed)));
    row.motion.state = [...offsets, ...kept, Math.min(age + 1, 7)];
    return now;
  }

  rows() {
    return [...this.cells.values()].flatMap(({ rows }) => rows.map(({ key, raw }) => ({ key, ...raw })));
  }
}
