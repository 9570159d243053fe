// Decodes key and delta frames of a layer of points with numbers, codes and texts. Written from ../frames.md alone; no
// imports. `columns` are those of the stream's class in declared order: [{name, type, codes?}]. Values stay in quanta
// (position: 1e-5°; number: multiples of the column's step; time: of its stepMs).
const HEAD = [
  ['validAt', 'validAt'],
  ['issuedAt', 'number'],
  ['regionCode', 'text'],
  ['source', 'text'],
  ['quality', 'enum'],
  ['synthetic', 'enum'],
].map(([name, type]) => ({ name, type }));
const ALPHA = [1, 1, 0.8333, 0.7, 0.6, 0.5238, 0.4643, 0.4167];
const BETA = [1, 1, 0.5, 0.3, 0.2, 0.1429, 0.1071, 0.0833];
const signed = (code) => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
/** Ascending indices out of gaps. */
const places = (gaps) => {
  let next = 0;
  return gaps.map((gap) => (next += gap + 1) - 1);
};

export class PointsDecoder {
  cells = new Map();

  constructor(columns, moving) {
    this.lanes = [...HEAD, ...columns];
    this.moving = moving;
  }

  byte = () => this.bytes[this.at++];
  u32 = () => this.byte() + this.byte() * 256 + this.byte() * 65536 + this.byte() * 16777216;
  varint = (scale = 1, b = this.byte()) =>
    b < 128 ? b * scale : (b - 128) * scale + this.varint(scale * 128);
  varints = (count) => Array.from({ length: count }, () => this.varint());
  utf8 = (length) => new TextDecoder().decode(this.bytes.subarray(this.at, (this.at += length)));
  word = (code) => (code === 0 ? null : this.words[code === 1 ? this.nextWord++ : code - 2]);

  plane(count) {
    if (count === 0) return [];
    const mode = this.byte();
    if (mode === 0) return this.varints(count);
    const codes = new Array(count).fill(this.varint());
    if (mode === 2) for (const place of places(this.varints(this.varint()))) codes[place] = this.varint();
    return codes;
  }

  set(universe, expected = () => false) {
    const mode = this.byte();
    const said = new Array(universe).fill((mode & 3) === 1);
    if ((mode & 3) === 2) for (const place of places(this.varints(this.varint()))) said[place] = true;
    if ((mode & 3) === 3) {
      for (let i = 0, bits = 0; i < universe; i++, bits >>= 1) {
        if (i % 8 === 0) bits = this.byte();
        said[i] = (bits & 1) === 1;
      }
    }
    return [...said.keys()].filter((i) => said[i] !== (mode >= 4 && expected(i)));
  }

  puts(count, state) {
    const slots = places(this.plane(count));
    const [shared, rests] = [this.varints(count), this.varints(count)];
    let key = '';
    const rows = slots.map((slot, i) => {
      key = key.slice(0, shared[i]) + this.utf8(rests[i]);
      return { key, memory: { slot, every: 0, motion: [0, 0, 0, 0, 0] } };
    });
    if (count > 0) for (const lane of this.lanes) this.whole(lane, rows, state);
    return rows;
  }

  whole({ name, type }, rows, state) {
    const next = (act) => this.plane(rows.length).forEach((code, i) => act(rows[i], code));
    let [x, y] = [0, 0];
    if (type === 'validAt') {
      next((row, code) => (row.memory.since = row.validAt = x += signed(code)));
      if (state) next((row, code) => (row.memory.every = signed(code)));
      return;
    }
    const moved = type === 'number' || type === 'position';
    next(
      (row, code) =>
        (row[name] = moved ? (code === 0 ? null : (x += signed(code - 1))) : this.given(type, code)),
    );
    if (type !== 'position') return;
    next((row, code) => (row[name] = row[name] === null ? null : [row[name], (y += signed(code))]));
    if (!state || !this.moving) return;
    next((row, code) => (row.memory.since -= signed(code)));
    for (let k = 0; k < 5; k++) next((row, code) => (row.memory.motion[k] = signed(code)));
  }

  given(type, code) {
    return type === 'text' ? this.word(code) : code;
  }

  changes({ name, type }, all) {
    const rows = this.set(all.length).map((i) => all[i]);
    const codes = this.plane(rows.length);
    const codesY = type === 'position' ? this.plane(rows.length) : [];
    rows.forEach((row, i) => {
      const [last, code] = [row[name], codes[i]];
      if (type === 'validAt') {
        row.validAt += row.memory.every + signed(code);
        row.memory.every = row.validAt - last;
      } else if (type === 'number') row[name] = code === 0 ? null : (last ?? 0) + signed(code - 1);
      else if (type === 'position')
        row[name] = this.move(row, last, code === 0 ? null : [signed(code - 1), signed(codesY[i])]);
      else row[name] = this.given(type, code);
    });
  }

  move({ memory, validAt }, last, miss) {
    const { since, motion } = memory;
    const dt = (validAt - since) / 1000;
    Object.assign(memory, { since: validAt, motion: [0, 0, 0, 0, 0] });
    if (miss === null || last === null) return miss;
    if (!this.moving || !(dt > 0 && dt <= 120)) return last.map((place, axis) => place + miss[axis]);
    const to = last.map((place, axis) => place + motion[axis] / 16 + (motion[axis + 2] / 1024) * dt);
    const now = to.map((place, axis) => Math.floor(place + 0.5) + miss[axis]);
    const by = now.map((place, axis) => place - to[axis]);
    const age = by.some((quanta) => Math.abs(quanta) > 8) ? Math.min(motion[4], 2) : motion[4];
    const offsets = by.map((quanta) => Math.floor(0.5 - (1 - ALPHA[age]) * 16 * quanta));
    const speeds = by.map((quanta, axis) =>
      Math.floor(motion[axis + 2] + (BETA[age] / dt) * 1024 * quanta + 0.5),
    );
    const kept = speeds.map((speed) => Math.max(-16777216, Math.min(16777216, speed)));
    memory.motion = [...offsets, ...kept, Math.min(age + 1, 7)];
    return now;
  }

  rows() {
    return [...this.cells.values()].flatMap((cell) => cell.rows);
  }

  apply(frame) {
    Object.assign(this, { bytes: frame, at: 0, nextWord: 0 });
    if (this.byte() !== 1) throw new Error('frame version');
    const kind = this.byte();
    if (this.u32() !== frame.length || kind > 1) throw new Error('not a whole key or delta frame');
    const layer = this.utf8(this.varint());
    const schema = this.u32();
    const world = this.utf8(this.varint());
    const label = this.byte();
    const cell = this.utf8(this.varint());
    const [rateS, tick, base, knownAt, count] = this.varints(5);
    this.words = this.varints(this.varint());
    this.words = this.words.map((length) => this.utf8(length));
    const held = this.cells.get(cell) ?? { tick: -1, rows: [] };
    if (kind === 1 && (base - 1 > held.tick || tick <= held.tick))
      throw new Error('gap: ask for a key frame');
    this.cells.set(cell, { tick, rows: kind === 0 ? this.key(count, tick) : this.delta(held.rows, tick) });
    return { layer, schema, world, label, cell, rateS, tick, knownAt };
  }

  key(count, tick) {
    const rows = this.puts(count, true);
    this.plane(count).forEach((code, i) => (rows[i].memory.tick = tick - code));
    this.plane(count).forEach((code, i) => (rows[i].memory.gap = code));
    return rows;
  }

  delta(held, tick) {
    if (this.varint() !== held.length) throw new Error('another state: ask for a key frame');
    const ends = new Set(this.set(held.length));
    this.plane(ends.size);
    const due = (i) => !ends.has(i) && held[i].memory.tick + held[i].memory.gap === tick;
    const patched = this.set(held.length, due).map((i) => held[i]);
    for (const { memory } of patched) Object.assign(memory, { gap: tick - memory.tick, tick });
    if (patched.length > 0) for (const lane of this.lanes) this.changes(lane, patched);
    const put = this.puts(this.varint(), false);
    for (const { memory } of put) Object.assign(memory, { tick, gap: 0 });
    return [...held.filter((_, i) => !ends.has(i)), ...put].sort((a, b) => a.memory.slot - b.memory.slot);
  }
}
