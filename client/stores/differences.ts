// What differs between two pictures of the city: what was known at the cursor and what was true then, or two moments laid
// beside each other. Untrusted until parsed.
import { computed, ref, shallowRef, watch } from 'vue';
import type { Change, Differences, LayerDifference } from '../../contracts/difference.ts';
import { every, type Stop } from '../clock.ts';
import { chartsAt, cursor, isPast } from './time.ts';
import { askWorld } from './world.ts';

/** What became known late may come at any time: asked again this often while it stands, milliseconds. */
const AGAIN_MS = 15_000;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const moment = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const kinds: readonly string[] = ['new', 'gone', 'changed'];

/** @throws Error when the answer is none */
export function parseDifferences(body: unknown): Differences {
  if (!isObject(body) || !Array.isArray(body['layers'])) {
    throw new Error('differences: the answer has no layers: is the server as new as this page?');
  }
  const layers = body['layers'].filter(isObject).map((one): LayerDifference => ({
    layer: String(one['layer']),
    added: count(one['added']),
    gone: count(one['gone']),
    changed: count(one['changed']),
    rows: list(one['rows']).filter(isObject).flatMap(changeOf),
  }));
  return { layers, absent: list(body['absent']).map(String) };
}

function changeOf(row: Json): Change[] {
  if (!kinds.includes(String(row['kind'])) || typeof row['key'] !== 'string') return [];
  const [before, after] = list(row['validAt']);
  const columns = list(row['columns']).filter(isObject);
  return [
    {
      kind: row['kind'] as Change['kind'],
      key: row['key'],
      name: String(row['name'] ?? ''),
      validAt: [moment(before), moment(after)],
      knownAt: moment(row['knownAt']),
      columns: columns.map((one) => ({
        column: String(one['column']),
        before: one['before'],
        after: one['after'],
      })),
    },
  ];
}

export const sumOf = ({ layers }: Differences): number =>
  layers.reduce((sum, { added, gone, changed }) => sum + added + gone + changed, 0);

/** @throws Error with what the server says went wrong */
export async function fetchDifferences(path: string, signal?: AbortSignal): Promise<Differences> {
  const response = await askWorld(path, signal ? { signal } : {});
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return parseDifferences(await response.json());
}

/** Between the two clocks at the cursor; null: live, or not known yet. */
export const clockDifferences = shallowRef<Differences | null>(null);
export const clockFault = ref('');

const NONE: ReadonlyMap<string, Change> = new Map();
const byLayer = computed(
  () =>
    new Map(
      (clockDifferences.value?.layers ?? []).map(({ layer, rows }) => [
        layer,
        new Map(rows.map((row) => [row.key, row])),
      ]),
    ),
);

/** Rows of a layer that differ between the two clocks, by key. */
export const differing = (layer: string): ReadonlyMap<string, Change> => byLayer.value.get(layer) ?? NONE;
export const differingLayers = (): Iterable<[string, ReadonlyMap<string, Change>]> => byLayer.value.entries();

/** Asks what differs between the two clocks wherever the cursor goes. Returns what stops it. */
export function followClocks(): Stop {
  let mine: AbortController | null = null;
  const look = async (): Promise<void> => {
    mine?.abort();
    if (!isPast.value) {
      clockDifferences.value = null;
      return;
    }
    const own = (mine = new AbortController());
    try {
      const at = Math.round(chartsAt.value || cursor.value.at);
      const found = await fetchDifferences(`/api/history/clocks?at=${at}`, own.signal);
      if (own.signal.aborted) return;
      clockDifferences.value = found;
      clockFault.value = '';
    } catch (error) {
      if (!own.signal.aborted) clockFault.value = error instanceof Error ? error.message : String(error);
    }
  };
  const stops = [
    watch([isPast, chartsAt], () => void look(), { immediate: true }),
    every(AGAIN_MS, () => (isPast.value ? void look() : undefined)),
  ];
  return () => {
    mine?.abort();
    for (const stop of stops) stop();
  };
}
