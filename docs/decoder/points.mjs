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

export function pointsDecoder(columns, moving) {
  const lanes = [...HEAD, ...columns];
  const cells = new Map();
  let bytes, at, words, nextWord;
  const byte = () => bytes[at++];
  const u32 = () => byte() + byte() * 256 + byte() * 65536 + byte() * 16777216;
  const varint = (scale = 1, b = byte()) => (b < 128 ? b * scale : (b - 128) * scale + varint(scale * 128));
  const varints = (count) => Array.from({ length: count }, () => varint());
  const utf8 = (length) => new TextDecoder().decode(bytes.subarray(at, (at += length)));
  const places = (gaps, next = 0) => gaps.map((gap) => (next += gap + 1) - 1);
  const word = (code) => (code === 0 ? null : words[code === 1 ? nextWord++ : code - 2]);
  function plane(count) {
    if (count === 0) return [];
    const mode = byte();
    if (mode === 0) return varints(count);
    const codes = new Array(count).fill(varint());
    if (mode === 2) for (const place of places(varints(varint()))) codes[place] = varint();
    return codes;
  }
  function set(universe, expected = () => false) {
    const mode = byte();
    const said = new Array(universe).fill((mode & 3) === 1);
    if ((mode & 3) === 2) for (const place of places(varints(varint()))) said[place] = true;
    if ((mode & 3) === 3)
      for (let i = 0, b; i < universe; i++) said[i] = (((b = i % 8 ? b : byte()) >> (i % 8)) & 1) === 1;
    return [...said.keys()].filter((i) => said[i] !== (mode >= 4 && expected(i)));
  }
  function whole(rows, state) {
    for (const { name, type } of rows.length > 0 ? lanes : []) {
      let [x, y] = [0, 0];
      const codes = plane(rows.length);
      const codesY = type === 'position' ? plane(rows.length) : [];
      rows.forEach((row, i) => {
        const code = codes[i];
        if (type === 'validAt') row.validAt = x += signed(code);
        else if (type === 'number') row[name] = code === 0 ? null : (x += signed(code - 1));
        else if (type === 'position')
          row[name] = code === 0 ? null : [(x += signed(code - 1)), (y += signed(codesY[i]))];
        else row[name] = type === 'text' ? word(code) : code;
        if (type === 'validAt') Object.assign(row.memory, { every: 0, since: x });
        if (type === 'position') row.memory.motion = [0, 0, 0, 0, 0];
      });
      if (state && type === 'validAt')
        plane(rows.length).forEach((code, i) => (rows[i].memory.every = signed(code)));
      if (!state || type !== 'position' || !moving) continue;
      plane(rows.length).forEach((code, i) => (rows[i].memory.since -= signed(code)));
      for (let k = 0; k < 5; k++)
        plane(rows.length).forEach((code, i) => (rows[i].memory.motion[k] = signed(code)));
    }
    return rows;
  }
  function changed(all) {
    for (const { name, type } of all.length > 0 ? lanes : []) {
      const rows = set(all.length).map((i) => all[i]);
      const codes = plane(rows.length);
      const codesY = type === 'position' ? plane(rows.length) : [];
      rows.forEach((row, i) => {
        const [last, code, memory] = [row[name], codes[i], row.memory];
        if (type === 'validAt') row.validAt += memory.every + signed(code);
        if (type === 'validAt') memory.every = row.validAt - last;
        else if (type === 'number') row[name] = code === 0 ? null : (last ?? 0) + signed(code - 1);
        else if (type === 'position')
          row[name] = code === 0 ? stop(row) : move(row, last, [signed(code - 1), signed(codesY[i])]);
        else row[name] = type === 'text' ? word(code) : code;
      });
    }
  }
  function stop(row) {
    Object.assign(row.memory, { since: row.validAt, motion: [0, 0, 0, 0, 0] });
    return null;
  }
  function move(row, last, miss) {
    const { since, motion } = row.memory;
    const dt = (row.validAt - since) / 1000;
    stop(row);
    if (last === null) return miss;
    if (!moving || !(dt > 0 && dt <= 120)) return last.map((place, axis) => place + miss[axis]);
    const to = last.map((place, axis) => place + motion[axis] / 16 + (motion[axis + 2] / 1024) * dt);
    const now = to.map((place, axis) => Math.floor(place + 0.5) + miss[axis]);
    const by = now.map((place, axis) => place - to[axis]);
    const age = by.some((quanta) => Math.abs(quanta) > 8) ? Math.min(motion[4], 2) : motion[4];
    const offsets = by.map((quanta) => Math.floor(0.5 - (1 - ALPHA[age]) * 16 * quanta));
    const speeds = by.map((quanta, axis) =>
      Math.floor(motion[axis + 2] + (BETA[age] / dt) * 1024 * quanta + 0.5),
    );
    const kept = speeds.map((speed) => Math.max(-16777216, Math.min(16777216, speed)));
    row.memory.motion = [...offsets, ...kept, Math.min(age + 1, 7)];
    return now;
  }
  function puts(count, state) {
    const slots = places(plane(count));
    const [shared, rests] = [varints(count), varints(count)];
    let key = '';
    const rows = slots.map((slot, i) => ({
      key: (key = key.slice(0, shared[i]) + utf8(rests[i])),
      memory: { slot },
    }));
    return whole(rows, state);
  }

  return {
    rows: () => [...cells.values()].flatMap((cell) => cell.rows),
    apply(frame) {
      [bytes, at] = [frame, 0];
      if (byte() !== 1) throw new Error('frame version');
      const kind = byte();
      if (u32() !== frame.length || kind > 1) throw new Error('not a whole key or delta frame');
      const [layer, schema, world, label, cell] = [
        utf8(varint()),
        u32(),
        utf8(varint()),
        byte(),
        utf8(varint()),
      ];
      const [rateS, tick, base, knownAt, count] = varints(5);
      words = varints(varint()).map((length) => ({ length }));
      [words, nextWord] = [words.map(({ length }) => utf8(length)), 0];
      let rows;
      if (kind === 0) {
        rows = puts(count, true);
        for (const field of ['age', 'gap']) plane(count).forEach((code, i) => (rows[i].memory[field] = code));
        for (const { memory } of rows) memory.tick = tick - memory.age;
      } else {
        const held = cells.get(cell) ?? { tick: -1, rows: [] };
        if (base - 1 > held.tick || tick <= held.tick) throw new Error('gap: ask for a key frame');
        if (varint() !== held.rows.length) throw new Error('another state: ask for a key frame');
        const ends = set(held.rows.length);
        plane(ends.length);
        const due = ({ memory }, i) => !ends.includes(i) && memory.tick + memory.gap === tick;
        const patched = set(held.rows.length, (i) => due(held.rows[i], i)).map((i) => held.rows[i]);
        for (const { memory } of patched) Object.assign(memory, { gap: tick - memory.tick, tick });
        changed(patched);
        const put = puts(varint(), false);
        for (const { memory } of put) Object.assign(memory, { tick, gap: 0 });
        rows = [...held.rows.filter((_, i) => !ends.includes(i)), ...put].sort(
          (a, b) => a.memory.slot - b.memory.slot,
        );
      }
      cells.set(cell, { tick, rows });
      return { layer, schema, world, label, cell, rateS, tick, knownAt };
    },
  };
}
