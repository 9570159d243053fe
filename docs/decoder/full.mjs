// Decodes every frame of the cockpit: key, delta and batch, all column types. Written from ../frames.md alone;
// no imports. `layer` is {slug, moving, columns: [{name, type, step?, codes?}]}, with the columns of the stream's class
// in declared order. Readable rather than fast.
const REASONS = ['expired', 'cancelled', 'superseded', 'gone', 'moved'];
const QUALITIES = ['good', 'suspect', 'bad', 'estimated', 'manual', 'simulated'];
const SHAPES = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];
const DEPTHS = [0, 1, 1, 2, 2, 3];
const ALPHA = [1, 1, 0.8333, 0.7, 0.6, 0.5238, 0.4643, 0.4167];
const BETA = [1, 1, 0.5, 0.3, 0.2, 0.1429, 0.1071, 0.0833];
const unzigzag = (code) => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);

class Bytes {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.end = bytes.length;
  }
  byte() {
    if (this.at >= this.end) throw new Error('the frame ends too early');
    return this.bytes[this.at++];
  }
  u32() {
    return this.byte() + this.byte() * 256 + this.byte() * 65536 + this.byte() * 16777216;
  }
  varint() {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }
  varints(count) {
    if (count > this.end - this.at) throw new Error('a count does not fit the frame');
    return Array.from({ length: count }, () => this.varint());
  }
  text(length = this.varint()) {
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
  plane(count) {
    if (count === 0) return [];
    const mode = this.byte();
    if (mode === 0) return this.varints(count);
    const codes = new Array(count).fill(this.varint());
    if (mode === 2) {
      let next = 0;
      const places = this.varints(this.varint()).map((gap) => (next += gap + 1) - 1);
      for (const place of places) codes[place] = this.varint();
    }
    return codes;
  }
  /** Indices below `universe`; `expected(i)` where the set may be said by failed expectations. */
  set(universe, expected) {
    const mode = this.byte();
    const said = new Array(universe).fill(false);
    let next = 0;
    if ((mode & 3) === 1) said.fill(true);
    if ((mode & 3) === 2) for (const gap of this.varints(this.varint())) said[(next += gap + 1) - 1] = true;
    if ((mode & 3) === 3) {
      for (let byte = 0; byte < universe; byte += 8) {
        for (let bits = this.byte(), i = byte; bits > 0; bits >>= 1, i++) said[i] = (bits & 1) === 1;
      }
    }
    const indices = [];
    for (let i = 0; i < universe; i++) if (said[i] !== (mode >= 4 && expected(i))) indices.push(i);
    return indices;
  }
  words() {
    this.list = this.varints(this.varint()).map((length) => ({ length }));
    for (const word of this.list) word.text = this.text(word.length);
    this.nextWord = 0;
  }
  word(code) {
    return code === 0 ? null : this.list[code === 1 ? this.nextWord++ : code - 2].text;
  }
  keys(count) {
    const shared = this.varints(count);
    const rests = this.varints(count);
    let key = '';
    return rests.map((length, i) => (key = key.slice(0, shared[i]) + this.text(length)));
  }
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

export function readHeader(frame) {
  const from = new Bytes(frame);
  const version = from.byte();
  if (version !== 1) throw new Error(`frame version ${version}`);
  const kind = ['key', 'delta', 'batch'][from.byte()];
  if (from.u32() !== frame.length) throw new Error('not the whole frame');
  const tail = new Bytes(frame.subarray(frame.length - 4));
  if (tail.u32() !== crc32(frame.subarray(0, frame.length - 4))) throw new Error('checksum');
  from.end -= 4;
  const [layer, schema, world] = [from.text(), from.u32(), from.text()];
  const label = ['public', 'internal', 'sensitive'][from.byte()];
  const cell = from.text();
  const [rateS, tick, base, knownAt, rows] = from.varints(5);
  return {
    version,
    kind,
    layer,
    schema,
    world,
    label,
    cell,
    rateS,
    tick,
    baseTick: base - 1,
    knownAt,
    rows,
    from,
  };
}

const HEAD = [
  { name: 'validAt', type: 'validAt' },
  { name: 'issuedAt', type: 'time', step: 1 },
  { name: 'regionCode', type: 'text' },
  { name: 'source', type: 'text' },
  { name: 'quality', type: 'enum', codes: QUALITIES },
  { name: 'synthetic', type: 'bit' },
];

export class Decoder {
  constructor(layer) {
    this.lanes = [...HEAD, ...layer.columns];
    this.moving = layer.moving;
    this.cells = new Map();
  }

  /** Applies a key or delta frame → its header. */
  apply(frame) {
    const header = readHeader(frame);
    const { from, tick } = header;
    this.from = from;
    const held = this.cells.get(header.cell) ?? { tick: -1, rows: [] };
    from.words();
    if (header.kind === 'key') {
      const rows = this.puts(header.rows, true);
      const [ages, gaps] = [from.plane(rows.length), from.plane(rows.length)];
      rows.forEach((row, i) => Object.assign(row, { tick: tick - ages[i], gap: gaps[i] }));
      this.cells.set(header.cell, { tick, rows });
      return header;
    }
    if (header.baseTick > held.tick || tick <= held.tick) throw new Error('gap: ask for a key frame');
    if (from.varint() !== held.rows.length) throw new Error('another state: ask for a key frame');
    const ends = from.set(held.rows.length);
    header.removed = from.plane(ends.length).map((reason, i) => [held.rows[ends[i]].key, REASONS[reason]]);
    const ending = new Set(ends);
    const due = (i) => !ending.has(i) && held.rows[i].tick + held.rows[i].gap === tick;
    const patched = from.set(held.rows.length, due).map((i) => held.rows[i]);
    for (const row of patched) Object.assign(row, { gap: tick - row.tick, tick });
    if (patched.length > 0) for (const lane of this.lanes) this.patch(lane, patched);
    const puts = this.puts(from.varint(), false);
    for (const row of puts) Object.assign(row, { tick, gap: 0 });
    const rows = [...held.rows.filter((_, i) => !ending.has(i)), ...puts].sort((a, b) => a.slot - b.slot);
    this.cells.set(header.cell, { tick, rows });
    return header;
  }

  /** All rows as {key, validAt, …, values} by key. */
  rows() {
    const all = [...this.cells.values()].flatMap(({ rows }) => rows);
    return new Map(all.map((row) => [row.key, this.show(row)]));
  }

  /** The observations of a batch frame (of a layer with all columns). */
  batch(frame) {
    const { from, rows } = readHeader(frame);
    this.from = from;
    from.words();
    const keys = from.keys(from.varint()).map((key) => ({ key, raw: {} }));
    const shown = [];
    for (let round = 0; shown.length < rows; round++) {
      const picked = round === 0 ? keys : from.set(keys.length).map((i) => keys[i]);
      const revisions = from.plane(picked.length);
      for (const lane of this.lanes) {
        if (round === 0) this.put(lane, picked, false);
        else this.patch(lane, picked);
      }
      picked.forEach((row, i) => shown.push({ ...this.show(row), revision: revisions[i] }));
    }
    return shown;
  }

  puts(count, state) {
    if (count === 0) return [];
    const { from } = this;
    let next = 0;
    const slots = from.plane(count).map((gap) => (next += gap + 1) - 1);
    const keys = from.keys(count);
    const rows = slots.map((slot, i) => ({ slot, key: keys[i], raw: {} }));
    for (const lane of this.lanes) this.put(lane, rows, state);
    return rows;
  }

  put(lane, rows, state) {
    if (rows.length === 0) return;
    const { from } = this;
    let [base, baseY] = [0, 0];
    const differences = (row, code) =>
      (row.raw[lane.name] = code === 0 ? null : (base += unzigzag(code - 1)));
    switch (lane.type) {
      case 'validAt':
        from.plane(rows.length).forEach((code, i) => (rows[i].raw.validAt = base += unzigzag(code)));
        for (const row of rows) row.interval = 0;
        if (state) from.plane(rows.length).forEach((code, i) => (rows[i].interval = unzigzag(code)));
        return;
      case 'number':
      case 'time':
        return from.plane(rows.length).forEach((code, i) => differences(rows[i], code));
      case 'position': {
        const [codes, codesY] = [from.plane(rows.length), from.plane(rows.length)];
        rows.forEach((row, i) => {
          row.raw[lane.name] =
            codes[i] === 0 ? null : [(base += unzigzag(codes[i] - 1)), (baseY += unzigzag(codesY[i]))];
          row.motion = { at: row.raw.validAt, state: [0, 0, 0, 0, 0] };
        });
        if (!state || !this.moving) return;
        from.plane(rows.length).forEach((code, i) => (rows[i].motion.at -= unzigzag(code)));
        for (let k = 0; k < 5; k++) {
          from.plane(rows.length).forEach((code, i) => (rows[i].motion.state[k] = unzigzag(code)));
        }
        return;
      }
      default:
        this.whole(lane, rows);
    }
  }

  patch(lane, all) {
    const { from } = this;
    const rows = from.set(all.length).map((i) => all[i]);
    if (rows.length === 0) return;
    switch (lane.type) {
      case 'validAt':
        return from.plane(rows.length).forEach((code, i) => {
          const last = rows[i].raw.validAt;
          rows[i].raw.validAt = last + rows[i].interval + unzigzag(code);
          rows[i].interval = rows[i].raw.validAt - last;
        });
      case 'number':
      case 'time':
        return from.plane(rows.length).forEach((code, i) => {
          const { raw } = rows[i];
          raw[lane.name] = code === 0 ? null : (raw[lane.name] ?? 0) + unzigzag(code - 1);
        });
      case 'position': {
        const [codes, codesY] = [from.plane(rows.length), from.plane(rows.length)];
        return rows.forEach((row, i) => this.move(row, lane.name, [codes[i], codesY[i]]));
      }
      default:
        this.whole(lane, rows);
    }
  }

  move(row, name, [code, codeY]) {
    const last = row.raw[name];
    const { at: since, state } = row.motion;
    const at = row.raw.validAt;
    row.motion = { at, state: [0, 0, 0, 0, 0] };
    if (code === 0) return void (row.raw[name] = null);
    const miss = [unzigzag(code - 1), unzigzag(codeY)];
    const dt = (at - since) / 1000;
    if (last === null) return void (row.raw[name] = miss);
    if (!this.moving || !(dt > 0 && dt <= 120))
      return void (row.raw[name] = [last[0] + miss[0], last[1] + miss[1]]);
    const to = [0, 1].map((axis) => last[axis] + state[axis] / 16 + (state[axis + 2] / 1024) * dt);
    const now = to.map((place, axis) => Math.floor(place + 0.5) + miss[axis]);
    const beside = now.map((place, axis) => place - to[axis]);
    const age = beside.some((by) => Math.abs(by) > 8) ? Math.min(state[4], 2) : state[4];
    const speed = (v) => Math.max(-16777216, Math.min(16777216, Math.floor(v + 0.5)));
    row.motion.state = [
      ...beside.map((by) => Math.floor(0.5 - (1 - ALPHA[age]) * 16 * by)),
      ...beside.map((by, axis) => speed(state[axis + 2] + (BETA[age] / dt) * 1024 * by)),
      Math.min(age + 1, 7),
    ];
    row.raw[name] = now;
  }

  /** Types whose patches carry whole values. */
  whole(lane, rows) {
    const { from } = this;
    const set = (row, value) => (row.raw[lane.name] = value);
    const flat = { strings: 'strings', geometry: 'geometry', cells: 'block' }[lane.type];
    if (!flat) {
      const read = {
        text: (code) => from.word(code),
        enum: (code) => (code === 0 ? null : lane.codes[code - 1]),
        flags: (code) => (code === 0 ? null : code - 1),
        bit: (code) => code === 1,
      }[lane.type];
      return from.plane(rows.length).forEach((code, i) => set(rows[i], read(code)));
    }
    const codes = from.varints(from.varint())[Symbol.iterator]();
    const next = () => codes.next().value;
    for (const row of rows) {
      const kind = next();
      set(row, kind === 0 ? null : this[flat](next, kind, row.raw[lane.name]));
    }
  }

  strings(next, kind) {
    return Array.from({ length: kind - 1 }, () => this.from.word(next()));
  }

  geometry(next, kind) {
    if (kind === 7)
      return { type: 'TilesetFeature', tileset: this.from.word(next()), id: this.from.word(next()) };
    let [x, y] = [0, 0];
    const part = (depth) => {
      if (depth > 0) return Array.from({ length: next() }, () => part(depth - 1));
      x += unzigzag(next());
      y += unzigzag(next());
      return [x / 100000, y / 100000];
    };
    return { type: SHAPES[kind - 1], coordinates: part(DEPTHS[kind - 1]) };
  }

  block(next, kind, last) {
    if (kind === 1) {
      const [nx, ny] = [next(), next()];
      let base = 0;
      const cell = (code) => (code === 0 ? null : (base += unzigzag(code - 1)));
      return { nx, ny, quanta: Array.from({ length: nx * ny }, () => cell(next())) };
    }
    const quanta = [...last.quanta];
    for (let at = 0; at < quanta.length;) {
      at += next();
      for (let given = next(); given > 0; given--, at++) {
        const code = next();
        quanta[at] = code === 0 ? null : (quanta[at] ?? 0) + unzigzag(code - 1);
      }
    }
    return { ...last, quanta };
  }

  /** The row for people: integers become values in their units. */
  show(row) {
    const shown = { key: row.key, values: {} };
    for (const lane of this.lanes) {
      const into = HEAD.includes(lane) ? shown : shown.values;
      into[lane.name] = inUnits(lane, row.raw[lane.name]);
    }
    return shown;
  }
}

function inUnits({ type, step }, raw) {
  if (raw === null || raw === undefined) return null;
  // 1 / step is whole for decimal steps: dividing gives 0.3 where multiplying gives 0.30000000000000004.
  const per = Math.round(1 / step);
  if (type === 'number') return Math.abs(per * step - 1) < 1e-9 ? raw / per : raw * step;
  if (type === 'time') return raw * step;
  if (type === 'position') return raw.map((quantum) => quantum / 100000);
  if (type === 'cells')
    return { nx: raw.nx, ny: raw.ny, values: raw.quanta.map((q) => (q === null ? null : q * step)) };
  return raw;
}
