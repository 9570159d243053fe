// One scenario.yaml: text → scenario with moments in seconds, or what is wrong with it, where to the column.
import type { Role } from '../../contracts/records/account.ts';
import type { Expectation } from '../../contracts/records/expectation.ts';
import type { Scenario, ScenarioBody, ScenarioMove } from '../../contracts/records/scenario.ts';
import { MOMENT, scenarioSchema } from '../../contracts/records/scenario.ts';
import type { Action } from '../access/port.ts';
import type { FieldPath, WrittenFile } from '../kit/written-file.ts';
import { readWrittenFile } from '../kit/written-file.ts';
import { decisionsOf, HEAD_COLUMNS } from './read-decisions.ts';
import { SCHEMA_FILE } from './scenario-json-schema.ts';

/** What the names in a scenario may refer to. */
export interface ScenarioWords {
  /** Layers by slug, each with its columns. */
  readonly layers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly indicators: ReadonlySet<string>;
  readonly feeds: ReadonlySet<string>;
  readonly scenes: ReadonlySet<string>;
  /** Whether a role has the right to it, in peacetime or in 战时. */
  readonly mayEver: (role: Role, action: Action) => boolean;
  /** Degrees of a place of the gazetteer; null: no such id. */
  readonly placeOf: (id: string) => readonly [lon: number, lat: number] | null;
  readonly nearest: (word: string, known: readonly string[]) => string | null;
}

export type Source = WrittenFile<ScenarioBody>;
type Written = string | number;

/** Seconds after T0 of a written moment. */
export function momentS(moment: Written): number {
  if (typeof moment === 'number') return moment;
  const [, minus, hours, minutes, seconds] = MOMENT.exec(moment) ?? [];
  const s = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
  return minus === '-' ? -s : s;
}

/** @param file how the file is named in messages @throws WrittenFileError */
export function readScenario(
  text: string,
  { slug, file, words }: { readonly slug: string; readonly file: string; readonly words: ScenarioWords },
): Scenario {
  const source = readWrittenFile(text, { file, schema: scenarioSchema, schemaFile: SCHEMA_FILE });
  const body = source.value;
  const t0S = -momentS(body.from);
  const durationS = momentS(body.until) + t0S;
  if (t0S < 0) throw source.fault(['from'], 'starts after T0: write a moment at or before "0:00"');
  if (durationS <= 0) throw source.fault(['until'], 'is not after `from`');
  checkNames(source, words);
  const timeline = timelineOf(source, { t0S, durationS });
  const startAt = Date.parse(body.t0) - t0S * 1000;
  return {
    slug,
    title: body.title,
    summary: body.summary,
    city: body.city,
    seed: body.seed,
    startAt,
    startText: isoAt(startAt, body.t0),
    t0S,
    durationS,
    scale: body.scale,
    chapters: timeline('chapters', body.chapters),
    captions: timeline('captions', body.captions),
    moves: timeline('moves', body.moves).map((move, i) => movedTo(move, { source, words, i })),
    notes: timeline('notes', body.notes),
    injects: timeline('injects', body.injects),
    decisions: decisionsOf(source, {
      written: body.decisions,
      moments: timeline('decisions', body.decisions).map(({ atS }) => atS),
      words,
    }),
    expectations: body.expect
      .map((one, i) => expectationOf(one, { source, i, t0S, durationS }))
      .sort((a, b) => a.toS - b.toS),
  };
}

/** ISO 8601 with the offset that T0 is written with. */
function isoAt(at: number, t0: string): string {
  const offset = /([+-]\d\d:\d\d|Z)$/.exec(t0)?.[1] ?? 'Z';
  const [hours, minutes] = offset === 'Z' ? [0, 0] : offset.split(':').map(Number);
  const eastMs = ((hours ?? 0) * 60 + (offset.startsWith('-') ? -1 : 1) * (minutes ?? 0)) * 60_000;
  return new Date(at + eastMs).toISOString().slice(0, 19) + offset;
}

/** What turns `at` into `atS`; a moment outside the scenario or before the one above it is refused. */
function timelineOf(source: Source, { t0S, durationS }: { t0S: number; durationS: number }) {
  return <T extends { readonly at: Written }>(part: string, list: readonly T[]) => {
    let last = -Infinity;
    return list.map(({ at, ...rest }, i) => {
      const atS = momentS(at) + t0S;
      if (atS < 0 || atS > durationS) {
        throw source.fault([part, i, 'at'], `${at} lies outside the scenario: see \`from\` and \`until\``);
      }
      if (atS < last)
        throw source.fault([part, i, 'at'], `${at} comes after a later one: write them in order`);
      last = atS;
      return { ...rest, atS };
    });
  };
}

function movedTo(
  move: Omit<ScenarioBody['moves'][number], 'at'> & { atS: number },
  { source, words, i }: { source: Source; words: ScenarioWords; i: number },
): ScenarioMove {
  const { camera, ...rest } = move;
  if (!camera) return rest;
  const { centre } = camera;
  const at = typeof centre === 'string' ? words.placeOf(centre) : centre;
  if (at) return { ...rest, camera: { ...camera, centre: [at[0], at[1]] } };
  const message = `no place of this city has the id ${String(centre)}: take one of gazetteer.csv, or [lon, lat]`;
  throw source.fault(['moves', i, 'camera', 'centre'], message);
}

type WrittenExpectation = ScenarioBody['expect'][number];

function expectationOf(
  one: WrittenExpectation,
  { source, i, t0S, durationS }: { source: Source; i: number; t0S: number; durationS: number },
): Expectation {
  const { at, by, from, until, text, pending, ...claim } = one;
  const path = ['expect', i];
  const ends = Object.entries({ at, by, until }).filter(([, moment]) => moment !== undefined);
  const [end] = ends;
  if (!end || ends.length > 1) throw source.fault(path, 'needs exactly one of `at`, `by` and `until`');
  if (until !== undefined && from === undefined) throw source.fault(path, '`until` needs `from`');
  if (at !== undefined && from !== undefined) throw source.fault(path, '`from` goes with `by` or `until`');
  const toS = momentS(end[1] as Written) + t0S;
  const fromS = from === undefined ? (at === undefined ? 0 : toS) : momentS(from) + t0S;
  if (fromS < 0 || fromS > toS || toS > durationS) {
    throw source.fault([...path, end[0]], 'lies outside the scenario, or before its `from`');
  }
  const when = at === undefined ? (by === undefined ? 'throughout' : 'by') : 'at';
  return { text, when, fromS, toS, claim, pending: pending ?? null, where: source.whereOf(path) };
}

function checkNames(source: Source, words: ScenarioWords): void {
  const known = (name: string, set: Iterable<string>, path: FieldPath): void => {
    const list = [...set];
    if (list.includes(name)) return;
    const near = words.nearest(name, list);
    const hint = near === null ? 'correct or remove it' : `did you mean ${near}?`;
    throw source.fault(path, `there is nothing called ${name}: ${hint}`);
  };
  const { injects, moves, expect } = source.value;
  for (const [i, inject] of injects.entries()) {
    const { kind, feed = '*' } = inject;
    if (kind === 'fault' && feed !== '*') known(feed, words.feeds, ['injects', i, 'feed']);
    checkReference(source, i);
  }
  for (const [i, { scene, select }] of moves.entries()) {
    if (scene !== undefined) known(scene, words.scenes, ['moves', i, 'scene']);
    if (select) known(select.layer, words.layers.keys(), ['moves', i, 'select', 'layer']);
  }
  for (const [i, one] of expect.entries()) checkClaim(source, { one, i, words, known });
}

type Known = (name: string, set: Iterable<string>, path: FieldPath) => void;

/** What waits for a feature may name a layer that does not exist yet; its columns are then not known either. */
function checkClaim(
  source: Source,
  { one, i, words, known }: { one: WrittenExpectation; i: number; words: ScenarioWords; known: Known },
): void {
  const path = ['expect', i];
  const subjects = [one.layer, one.indicator, one.feed].filter((name) => name !== undefined);
  if (subjects.length !== 1) throw source.fault(path, 'needs exactly one of `layer`, `indicator` and `feed`');
  if (one.feed !== undefined) {
    known(one.feed, words.feeds, [...path, 'feed']);
    if (!one.state) throw source.fault(path, 'a feed needs `state`: the states that are right');
    return;
  }
  if (one.indicator !== undefined) known(one.indicator, words.indicators, [...path, 'indicator']);
  const slug = one.layer ?? 'indicator-value';
  if (one.pending !== undefined && !words.layers.has(slug)) return;
  known(slug, words.layers.keys(), [...path, 'layer']);
  const columns = [...(words.layers.get(slug) ?? []), ...HEAD_COLUMNS];
  for (const part of ['where', 'has'] as const) {
    for (const name of Object.keys(one[part] ?? {})) known(name, columns, [...path, part, name]);
  }
  checkCitation(source, { one, path, words, known });
}

/** Only incidents have evidence. */
function checkCitation(
  source: Source,
  {
    one,
    path,
    words,
    known,
  }: { one: WrittenExpectation; path: FieldPath; words: ScenarioWords; known: Known },
): void {
  const { cites } = one;
  if (!cites) return;
  const at = [...path, 'cites'];
  if (one.layer !== 'incident')
    throw source.fault(at, 'only incidents cite rows: say `layer: incident`, or remove it');
  known(cites.layer, words.layers.keys(), [...at, 'layer']);
  const columns = [...(words.layers.get(cites.layer) ?? []), ...HEAD_COLUMNS];
  for (const name of Object.keys(cites.where)) known(name, columns, [...at, 'where', name]);
}

/** `of` and `updates` speak of an earlier inject by its `as`. */
function checkReference(source: Source, i: number): void {
  const { kind, of, updates } = source.value.injects[i] ?? {};
  const name = of ?? updates;
  if (name === undefined) return;
  const wanted = kind === 'road-clear' ? 'road-event' : 'warning';
  const earlier = source.value.injects.slice(0, i);
  if (earlier.some((one) => one.kind === wanted && one.as === name)) return;
  const message = `no ${wanted} above it is called ${name} (as: ${name})`;
  throw source.fault(['injects', i, of === undefined ? 'updates' : 'of'], message);
}
