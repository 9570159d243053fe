// Scripts the server can play, and the story of one of them. Untrusted until parsed.
import type { ScenarioStory, ScenarioSummary } from '../../contracts/records/scenario.ts';
import { askServer } from './world.ts';

export type { ScenarioStory, ScenarioSummary };

export type ScenarioAnswer<T> =
  | { readonly state: 'ready'; readonly value: T }
  /** The server has none of this name. */
  | { readonly state: 'none' }
  /** It does not answer, or does not play scripts: `reason` is its own sentence, or the status. */
  | { readonly state: 'failed'; readonly reason: string };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isWords = (value: unknown): boolean =>
  isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string';
/** Only what has a moment can be told; in order of time. */
const timed = (value: unknown, isGood: (one: Json) => boolean): Json[] =>
  (Array.isArray(value) ? value : [])
    .filter((one): one is Json => isObject(one) && typeof one['atS'] === 'number' && isGood(one))
    .sort((a, b) => Number(a['atS']) - Number(b['atS']));

/** @throws Error naming the field that does not fit */
export function parseSummary(body: unknown): ScenarioSummary {
  const one = isObject(body) ? body : {};
  const { slug, title, summary, startAt, t0S, durationS, chapters, expectations } = one;
  const wrong = (field: string): Error =>
    new Error(`scenario ${String(slug)}: ${field} does not fit: is the server as new as this page?`);
  if (typeof slug !== 'string') throw wrong('slug');
  if (!isWords(title)) throw wrong('title');
  if (!isWords(summary)) throw wrong('summary');
  if (typeof startAt !== 'string' || Number.isNaN(Date.parse(startAt))) throw wrong('startAt');
  if (typeof durationS !== 'number') throw wrong('durationS');
  const counts = isObject(expectations) ? expectations : {};
  return {
    ...(one as unknown as ScenarioSummary),
    t0S: typeof t0S === 'number' ? t0S : 0,
    chapters: timed(chapters, ({ title: name }) => isWords(name)) as unknown as ScenarioSummary['chapters'],
    expectations: { total: Number(counts['total'] ?? 0), pending: Number(counts['pending'] ?? 0) },
  };
}

/** @throws Error naming the field that does not fit */
export function parseStory(body: unknown): ScenarioStory {
  const one = isObject(body) ? body : {};
  const story = {
    ...parseSummary(body),
    captions: timed(one['captions'], ({ text }) => isWords(text)),
    moves: timed(one['moves'], () => true),
    notes: timed(one['notes'], ({ text }) => isWords(text)),
  };
  return story as unknown as ScenarioStory;
}

async function get<T>(path: string, parse: (body: unknown) => T): Promise<ScenarioAnswer<T>> {
  try {
    const response = await askServer(path);
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body: unknown = isJson ? await response.json() : null;
    if (response.ok && isJson) return { state: 'ready', value: parse(body) };
    if (response.status === 404 && isJson) return { state: 'none' };
    const message = isObject(body) ? body['message'] : null;
    return { state: 'failed', reason: typeof message === 'string' ? message : `HTTP ${response.status}` };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

export const fetchScenarios = (): Promise<ScenarioAnswer<readonly ScenarioSummary[]>> =>
  get('/api/scenarios', (body) => {
    if (!Array.isArray(body)) throw new Error('/api/scenarios: no list: is the server as new as this page?');
    return body.map(parseSummary);
  });

export const fetchStory = (slug: string): Promise<ScenarioAnswer<ScenarioStory>> =>
  get(`/api/scenarios/${encodeURIComponent(slug)}`, parseStory);
