// Whatever happens to a layer, the state of any moment is the table as it stood then.
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { MINUTE, START, change, closing, newCity, rowsOf, anyStep } from './recorded-city.test-kit.ts';
import { sealWindow } from './seal-window.ts';
import { readHeads } from './segment-file.ts';
import { silentLog } from './silent-log.test-kit.ts';
import { WindowLog, readWindow, windowsIn } from './window-file.ts';

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('after any puts, late values, patches and removals the state of any moment is the table as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep(fc), { minLength: 5, maxLength: 60 }), async (steps) => {
      const city = newCity();
      const table = city.table(vehiclePosition.slug);
      const known: { at: number; rows: string[] }[] = [];
      let at = START;
      let number = 100;
      for (const one of steps) {
        if (one.do === 'wait') at += one.seconds * 1000;
        else if (one.do === 'seal') {
          await city.windows.flush();
          city.seal();
          continue;
        } else change(table, one, at);
        at += 1000;
        number += 1;
        city.tick(number, at);
        known.push({ at, rows: rowsOf(table) });
      }
      await city.windows.flush();
      const reader = city.reader();
      for (const { at: moment, rows } of known) {
        const state = reader.at(vehiclePosition.slug, moment + 999);
        expect(state && rowsOf(state.table)).toEqual(rows);
      }
      expect(reader.at(vehiclePosition.slug, START)).toBeNull();
      await city.windows.close();
    }),
    { numRuns: 40 },
  );
});

/** Ten minutes of three vehicles and a warning, in two windows. */
async function tenMinutes(): Promise<ReturnType<typeof newCity>> {
  const city = newCity();
  for (let second = 0; second < 600; second += 5) {
    for (let id = 0; id < 3; id += 1)
      change(city.table(vehiclePosition.slug), { do: 'put', key: id, value: second % 100, late: 0 }, START);
    if (second === 100) {
      city.table(warning.slug).put({ key: 'w', validAt: START, source: 'x', values: { title: '暴雨' } });
    }
    city.tick(second + 1, START + second * 1000);
  }
  await city.windows.flush();
  return city;
}

test('a window torn at any byte keeps all that stands before, and what was sealed stays as it was', async () => {
  const city = await tenMinutes();
  city.seal();
  const [left] = windowsIn(city.files.open);
  const whole = readFileSync(left?.file ?? '');
  const sealed = rowsOf(city.reader().at(vehiclePosition.slug, START + 4 * MINUTE)?.table as LayerTable);
  expect(sealed).toHaveLength(3);
  let before = -Infinity;
  const cuts = [
    ...Array.from({ length: 100 }, (_, at) => Math.floor((whole.length * at) / 100)),
    whole.length,
  ];
  for (const cut of cuts) {
    writeFileSync(left?.file ?? '', whole.subarray(0, cut));
    const state = city.reader().at(vehiclePosition.slug, START + 10 * MINUTE);
    // Never less with more bytes; the table of the last whole second.
    expect(state?.knownAt ?? 0).toBeGreaterThanOrEqual(before);
    before = state?.knownAt ?? before;
  }
  expect(before).toBe(START + 595_000);
  expect(rowsOf(city.reader().at(vehiclePosition.slug, START + 4 * MINUTE)?.table as LayerTable)).toEqual(
    sealed,
  );
});

test('sealing that was cut off at any byte is done again, once, and older segments never change', async () => {
  const city = await tenMinutes();
  city.seal();
  const raw = city.files.at('state', vehiclePosition.slug, { moment: START, tier: 'raw' }).file;
  const first = readFileSync(raw);
  const [left] = windowsIn(city.files.open);
  await city.windows.close();
  const saved = `${raw}.saved`;
  copyFileSync(left?.file ?? '', saved);
  sealWindow(left?.file ?? '', city.files, city.schemas);
  const second = readFileSync(raw);
  expect(second.subarray(0, first.length)).toEqual(first);
  const rows = rowsOf(city.reader().at(vehiclePosition.slug, START + 9 * MINUTE)?.table as LayerTable);
  for (let cut = first.length; cut <= second.length; cut += 97) {
    writeFileSync(raw, second.subarray(0, cut));
    copyFileSync(saved, left?.file ?? '');
    expect(
      rowsOf(city.reader().at(vehiclePosition.slug, START + 4 * MINUTE)?.table as LayerTable),
    ).toHaveLength(3);
    sealWindow(left?.file ?? '', city.files, city.schemas);
    expect(readFileSync(raw).equals(second)).toBe(true);
  }
  const again = city.reader().at(vehiclePosition.slug, START + 9 * MINUTE)?.table as LayerTable;
  expect(rowsOf(again)).toEqual(rows);
});

test('a damaged segment is named, and the segments around it are read', async () => {
  const city = await tenMinutes();
  city.seal();
  const raw = city.files.at('state', vehiclePosition.slug, { moment: START, tier: 'raw' }).file;
  const bytes = readFileSync(raw);
  bytes[bytes.length - 5] = (bytes[bytes.length - 5] as number) ^ 255;
  writeFileSync(raw, bytes);
  expect(() => city.reader().at(vehiclePosition.slug, START + MINUTE)).toThrow(/is damaged/);
  expect(city.reader().at(vehiclePosition.slug, START + 9 * MINUTE)?.table.size).toBe(3);
});

test('a disk that fails costs what came meanwhile, never what came before; new key frames follow', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'history-'));
  writeFileSync(path.join(root, 'open'), '');
  const city = newCity(root);
  const small = new WindowLog({ folder: city.files.open, maxWaiting: 600, log: silentLog });
  small.begin(START);
  small.append({ tick: 1, knownAt: START, frames: [new Uint8Array(300)] });
  await small.flush();
  expect([small.isFailing, small.isBroken]).toEqual([true, false]);
  small.append({ tick: 2, knownAt: START + 1000, frames: [new Uint8Array(500)] });
  expect(small.isBroken).toBe(true);
  small.begin(START + 2000);
  expect(small.isBroken).toBe(false);
});

test('a window that closes while it is being written loses nothing', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'windows-'));
  const windows = new WindowLog({ folder, maxWaiting: 1e8, log: silentLog });
  const add = (tick: number): void =>
    windows.append({ tick, knownAt: START + tick * 1000, frames: [Uint8Array.of(tick)] });
  windows.begin(START);
  add(1);
  const flushing = windows.flush();
  add(2);
  windows.begin(START + 5 * MINUTE);
  add(3);
  await flushing;
  add(4);
  await windows.flush();
  expect(windowsIn(folder).map(({ file }) => readWindow(file).map(({ tick }) => tick))).toEqual([[1, 2], [3, 4]]); // prettier-ignore
  expect(windows.openFiles).toEqual([windowsIn(folder)[1]?.file]);
  await windows.close();
});

test('segments keep the density of what changed, by minute', async () => {
  const city = await tenMinutes();
  city.seal();
  const [segment] = readHeads<{ density: number[] }>(
    city.files.at('state', warning.slug, { moment: START, tier: 'raw' }).file,
  );
  expect(segment?.head.density).toEqual([0, 1, 0, 0, 0]);
});
