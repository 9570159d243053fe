// Whether the picture can be trusted now: how many feeds deliver, how old the oldest datum is, how much is simulated or
// filled in by hand, and which feeds are the reason.
import type { Title } from '../../contracts/column.ts';
import { feedHealth, type FeedReason } from '../../contracts/layers/feed-health.ts';
import { catalog } from '../catalog.ts';
import type { StateWord } from '../i18n/words.ts';
import { feedFacts } from './feed-facts.ts';
import { mirrors, tableOf } from './layers.ts';
import { session } from './session.ts';

export const trustLevels = ['good', 'partial', 'poor', 'blind'] as const;
export type TrustLevel = (typeof trustLevels)[number];

/** Share of feeds that must deliver for the picture to count as whole, and below which it is not to be relied on. */
const WHOLE = 0.95;
const RELIABLE = 0.7;

export interface FeedTrouble {
  readonly id: string;
  readonly title: Title;
  readonly state: StateWord;
  readonly reason: FeedReason;
  /** Since when nothing good came, epoch ms; null: not since the start. */
  readonly since: number | null;
  /** Layers that this feed writes. */
  readonly affects: readonly Title[];
}

export interface Trust {
  readonly level: TrustLevel;
  readonly live: number;
  readonly total: number;
  readonly troubles: readonly FeedTrouble[];
  /** The layer with a period whose newest row is oldest against it; null where none has rows. */
  readonly oldest: { readonly layer: Title; readonly at: number; readonly periods: number } | null;
  readonly rows: number;
  readonly synthetic: number;
  readonly manual: number;
}

export interface FeedState {
  readonly id: string;
  readonly title: Title;
  readonly state: StateWord;
  readonly reason: FeedReason;
  readonly lastAt: number | null;
  readonly lastOkAt: number | null;
  readonly affects: readonly Title[];
}

const DELIVERS: readonly StateWord[] = ['live', 'quiet'];
const WORST_FIRST: readonly StateWord[] = ['down', 'off', 'stale', 'degraded', 'late', 'connecting'];

/** The verdict over feeds; `linked` is false while the server does not answer. */
export function judge(
  feeds: readonly FeedState[],
  linked: boolean,
): Pick<Trust, 'level' | 'live' | 'total' | 'troubles'> {
  const live = feeds.filter(({ state }) => DELIVERS.includes(state)).length;
  const troubles = feeds
    .filter(({ state }) => !DELIVERS.includes(state))
    .sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state) || a.id.localeCompare(b.id))
    .map(({ id, title, state, reason, lastAt, lastOkAt, affects }) => ({
      ...{ id, title, state, reason, affects },
      since: state === 'down' ? (lastOkAt ?? lastAt) : lastAt,
    }));
  const share = feeds.length === 0 ? 0 : live / feeds.length;
  const level =
    !linked || feeds.length === 0
      ? 'blind'
      : share >= WHOLE
        ? 'good'
        : share >= RELIABLE
          ? 'partial'
          : 'poor';
  return { level, live, total: feeds.length, troubles };
}

function feedStates(): FeedState[] {
  const table = tableOf(feedHealth);
  const states: FeedState[] = [];
  for (let slot = 0; table && slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1) continue;
    const id = table.keyAt(slot);
    const facts = feedFacts.value.get(id);
    const name = table.column('name').get(slot) ?? id;
    states.push({
      id,
      title: facts?.title ?? { zh: name, en: name },
      state: table.column('state').get(slot) ?? 'off',
      reason: table.column('reason').get(slot) ?? 'none',
      lastAt: table.column('lastAt').value(slot),
      lastOkAt: table.column('lastOkAt').value(slot),
      affects: (facts?.writes ?? []).flatMap((slug) => catalog.get(slug)?.title ?? []),
    });
  }
  return states;
}

function oldestLayer(now: number): Trust['oldest'] {
  let oldest: Trust['oldest'] = null;
  for (const { layer, rows, newestAt } of mirrors.values()) {
    if (rows === 0 || layer.periodS === null || layer.time !== 'observed' || newestAt === 0) continue;
    const periods = (now - newestAt) / 1000 / layer.periodS;
    if (periods > (oldest?.periods ?? -Infinity)) oldest = { layer: layer.title, at: newestAt, periods };
  }
  return oldest;
}

function countRows(): Pick<Trust, 'rows' | 'synthetic' | 'manual'> {
  let [rows, synthetic, manual] = [0, 0, 0];
  for (const { layer, table } of mirrors.values()) {
    // What we compute about ourselves is neither observed nor simulated.
    if (!table || layer.topic === 'system') continue;
    for (let slot = 0; slot < table.highWater; slot++) {
      if (table.alive[slot] !== 1) continue;
      rows++;
      if (table.syntheticAt(slot)) synthetic++;
      if (table.qualityAt(slot) === 'manual') manual++;
    }
  }
  return { rows, synthetic, manual };
}

/** Trust as of `now` (city clock, epoch ms). Walks all rows: call it every few seconds, not every frame. */
export function trustNow(now: number): Trust {
  return { ...judge(feedStates(), session.link === 'live'), oldest: oldestLayer(now), ...countRows() };
}
