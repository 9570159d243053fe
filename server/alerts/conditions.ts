// Conditions of rules, compiled once for a table: each becomes a question to a slot, answered with a level.
import type { AlertCondition, AlertLeaf, PlainCondition } from '../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../contracts/table.ts';
import type { Places } from './areas.ts';
import { insideOf } from './areas.ts';
import { ANY, NONE, UNKNOWN } from './level.ts';
import type { Read } from './measure.ts';
import { Limits, quantaOf, readerOf } from './measure.ts';
import { nearbyOf } from './nearby.ts';
import { SlotNumbers } from './slots.ts';

/** What a question is asked with; one object, used again and again. */
export interface Look {
  /** City clock, epoch ms. */
  at: number;
  /** Counts up with each look at the rows: what was gathered from a table holds for one. */
  turn: number;
  /** The level that stands for the row: hysteresis. */
  held: number;
}

/** → UNKNOWN, NONE, 1 … 4 or ANY */
export type Test = (slot: number, look: Look) => number;

/** What an alert says of its row: the number and the limit it went over. */
export interface Measure {
  readonly read: (slot: number, at: number) => number;
  readonly limits: Limits;
  readonly column: string;
}

export interface Compiled {
  readonly test: Test;
  /** The answer changes with time alone, or with rows of another layer. */
  readonly isTimed: boolean;
  /** It asks how a source reports, not what: a value that is known to be bad is no reason to stay silent. */
  readonly isOfReports: boolean;
  /** Whether its limits name severities. */
  readonly isGraded: boolean;
  readonly measure: Measure | null;
  /** The slot is another row's now. */
  readonly forget: (slot: number) => void;
}

/** What conditions are compiled against. */
export interface Ground extends Places {
  /** @throws Error where there is no such layer */
  readonly table: (slug: string) => LayerTable;
}

export interface Parts {
  readonly table: LayerTable;
  readonly ground: Ground;
}

const nothing = (): void => undefined;
const simple = (test: Test, isTimed = false, isOfReports = false): Compiled => ({
  test,
  isTimed,
  isOfReports,
  isGraded: false,
  measure: null,
  forget: nothing,
});
const holds = (yes: boolean): number => (yes ? ANY : NONE);

export function compile(condition: AlertCondition, parts: Parts): Compiled {
  if (!('of' in condition)) return leafOf(condition, parts);
  // What asks other layers comes last: most rows are out before.
  const ordered = [...condition.of].sort((a, b) => Number(a.kind === 'nearby') - Number(b.kind === 'nearby'));
  const compiled = ordered.map((leaf) => leafOf(leaf, parts));
  const tests = compiled.map(({ test }) => test);
  return {
    test: condition.kind === 'all' ? allOf(tests) : anyOf(tests),
    isTimed: compiled.some(({ isTimed }) => isTimed),
    isOfReports: compiled.some(({ isOfReports }) => isOfReports),
    isGraded: compiled.some(({ isGraded }) => isGraded),
    measure: compiled.find(({ measure }) => measure !== null)?.measure ?? null,
    forget: (slot) => {
      for (const one of compiled) one.forget(slot);
    },
  };
}

/** One that does not hold decides; then one that is not known; else the mildest. */
export function allOf(tests: readonly Test[]): Test {
  return (slot, look) => {
    let mildest = ANY;
    let isKnown = true;
    for (let i = 0; i < tests.length; i++) {
      const level = (tests[i] as Test)(slot, look);
      if (level === NONE) return NONE;
      if (level === UNKNOWN) isKnown = false;
      else if (level < mildest) mildest = level;
    }
    return isKnown ? mildest : UNKNOWN;
  };
}

/** One that holds decides, the worst of them; then one that is not known. */
function anyOf(tests: readonly Test[]): Test {
  return (slot, look) => {
    let worst = NONE;
    let isKnown = true;
    for (let i = 0; i < tests.length; i++) {
      const level = (tests[i] as Test)(slot, look);
      if (level === UNKNOWN) isKnown = false;
      else if (level > worst) worst = level;
    }
    return worst > NONE || isKnown ? worst : UNKNOWN;
  };
}

/** Several questions to one row, all of which must hold; none: every row fits. */
export const whereOf = (where: readonly PlainCondition[], parts: Parts): Test =>
  allOf(where.map((leaf) => leafOf(leaf, parts).test));

function leafOf(leaf: AlertLeaf, parts: Parts): Compiled {
  const { table, ground } = parts;
  switch (leaf.kind) {
    case 'threshold':
      return thresholdOf(leaf, table);
    case 'rate':
      return rateOf(leaf, table);
    case 'frozen':
      return frozenOf(leaf, table);
    case 'state':
      return simple(stateOf(table, leaf.column, leaf.is));
    case 'flags':
      return simple(flagsOf(table, leaf.column, leaf.has));
    case 'words':
      return simple(wordsOf(table, leaf.columns, leaf.any));
    case 'silent':
      return simple((slot, { at }) => holds(at - (table.validAt[slot] as number) >= leaf.after), true, true);
    case 'passed': {
      const store = table.column(leaf.column) as unknown as { get(slot: number): number };
      // NaN, no such moment, compares false.
      return simple((slot, { at }) => holds(at - store.get(slot) >= leaf.by), true);
    }
    case 'missing': {
      const store = table.column(leaf.column) as unknown as { value(slot: number): unknown };
      return simple((slot) => holds(store.value(slot) === null));
    }
    case 'inside':
    case 'outside': {
      const inside = insideOf(table, leaf.area, ground);
      const wanted = leaf.kind === 'inside' ? 1 : 0;
      return simple((slot) => {
        const is = inside(slot);
        return is === UNKNOWN ? UNKNOWN : holds(is === wanted);
      });
    }
    case 'nearby': {
      const partner = ground.table(leaf.layer);
      const fits = whereOf(leaf.where, { table: partner, ground });
      return simple(nearbyOf(leaf, { table, partner, fits }), true);
    }
  }
}

type Leaf<K extends AlertLeaf['kind']> = Extract<AlertLeaf, { kind: K }>;

function thresholdOf(leaf: Leaf<'threshold'>, table: LayerTable): Compiled {
  const read = readerOf(table, leaf.value);
  const quanta = quantaOf(table, leaf.value);
  const limits = new Limits(leaf, { hysteresis: leaf.hysteresis, step: quanta?.step ?? 1 });
  const compared = quanta?.read ?? read;
  return {
    test: (slot, { held }) => limits.level(compared(slot), held),
    isTimed: false,
    isOfReports: false,
    isGraded: limits.isGraded,
    measure: { read, limits, column: leaf.value.column },
    forget: nothing,
  };
}

/** The change against a value that is between one and two windows old. */
function rateOf(leaf: Leaf<'rate'>, table: LayerTable): Compiled {
  const read = readerOf(table, leaf.value);
  const limits = new Limits(leaf);
  const [oldAt, oldValue, newAt, newValue] = [1, 2, 3, 4].map(() => new SlotNumbers()) as [
    SlotNumbers,
    SlotNumbers,
    SlotNumbers,
    SlotNumbers,
  ];
  const last = new SlotNumbers();
  const test: Test = (slot) => {
    const value = read(slot);
    const at = table.validAt[slot] as number;
    if (Number.isNaN(value)) return UNKNOWN;
    if (Number.isNaN(newAt.get(slot))) {
      newAt.set(slot, at);
      newValue.set(slot, value);
    } else if (at - newAt.get(slot) >= leaf.window) {
      oldAt.set(slot, newAt.get(slot));
      oldValue.set(slot, newValue.get(slot));
      newAt.set(slot, at);
      newValue.set(slot, value);
    }
    const since = at - oldAt.get(slot);
    if (!(since >= leaf.window)) return UNKNOWN;
    const rate = ((value - oldValue.get(slot)) / since) * leaf.per;
    last.set(slot, rate);
    return limits.level(rate, NONE);
  };
  const forget = (slot: number): void => {
    for (const one of [oldAt, oldValue, newAt, newValue, last]) one.set(slot, NaN);
  };
  const measure = { read: (slot: number) => last.get(slot), limits, column: leaf.value.column };
  return { test, isTimed: false, isOfReports: false, isGraded: limits.isGraded, measure, forget };
}

function frozenOf(leaf: Leaf<'frozen'>, table: LayerTable): Compiled {
  const read: Read = readerOf(table, leaf.value);
  const value = new SlotNumbers();
  const since = new SlotNumbers();
  const test: Test = (slot) => {
    const now = read(slot);
    if (Number.isNaN(now)) return UNKNOWN;
    const at = table.validAt[slot] as number;
    if (now !== value.get(slot)) {
      value.set(slot, now);
      since.set(slot, at);
    }
    return holds(at - since.get(slot) >= leaf.after);
  };
  const forget = (slot: number): void => {
    value.set(slot, NaN);
    since.set(slot, NaN);
  };
  return { test, isTimed: false, isOfReports: true, isGraded: false, measure: null, forget };
}

function stateOf(table: LayerTable, name: string, is: readonly string[]): Test {
  const store = table.stores.columns.get(name);
  if (store?.kind === 'enum') {
    const wanted = new Uint8Array(256);
    for (const [at, code] of store.codes.entries()) if (is.includes(code)) wanted[at + 1] = 1;
    return (slot) => holds(wanted[store.data[slot] as number] === 1);
  }
  if (store?.kind !== 'text')
    throw new Error(`layer ${table.layer.slug}: ${name} holds no codes and no text`);
  const wanted: ReadonlySet<string | null> = new Set(is);
  return (slot) => holds(wanted.has(store.get(slot)));
}

function flagsOf(table: LayerTable, name: string, has: readonly string[]): Test {
  const store = table.stores.columns.get(name);
  const column = table.layer.columns[name];
  if (store?.kind !== 'flags' || column?.type !== 'flags')
    throw new Error(`layer ${table.layer.slug}: ${name} holds no flags`);
  const mask = Object.keys(column.bits).reduce(
    (bits, bit, at) => bits | (has.includes(bit) ? 1 << at : 0),
    0,
  );
  // Nothing said is the bit that no flag has.
  return (slot) => holds(((store.data[slot] as number) & mask) !== 0);
}

function wordsOf(table: LayerTable, names: readonly string[], any: readonly string[]): Test {
  const stores = names.map((name) => {
    const store = table.stores.columns.get(name);
    if (store?.kind !== 'text') throw new Error(`layer ${table.layer.slug}: ${name} holds no text`);
    return store;
  });
  return (slot) => {
    for (let i = 0; i < stores.length; i++) {
      const text = stores[i]?.get(slot) ?? null;
      if (text === null) continue;
      for (let j = 0; j < any.length; j++) if (text.includes(any[j] as string)) return ANY;
    }
    return NONE;
  };
}
