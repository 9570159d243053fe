// Devices whose clocks are wrong though those of their feed are right, as the server last told.
import { shallowRef } from 'vue';
import { askWorld } from './world.ts';

export interface DeviceClock {
  readonly layer: string;
  /** Key of its row; null: all it says is refused because of its clock. */
  readonly key: string | null;
  /** Its own name, masked, where it has no row. */
  readonly name: string;
  /** Milliseconds: + ahead of the server, − behind the others of its feed. */
  readonly offMs: number;
  readonly isSilent: boolean;
}

export interface FeedClocks {
  readonly feed: string;
  /** Devices that are not silenced; `worst` names the first few. */
  readonly count: number;
  readonly worst: readonly DeviceClock[];
}

/** Feeds with such devices; null until the server answered once. */
export const deviceClocks = shallowRef<readonly FeedClocks[] | null>(null);
/** Why the last question had no answer; '' where it had one. */
export const deviceClocksFault = shallowRef('');

export async function loadDeviceClocks(): Promise<void> {
  try {
    const response = await askWorld('/api/feeds');
    if (!response.ok) throw new Error(`/api/feeds: ${response.status}`);
    deviceClocks.value = clocksOf((await response.json()) as readonly Reported[]);
    deviceClocksFault.value = '';
  } catch (error) {
    deviceClocksFault.value = error instanceof Error ? error.message : String(error);
  }
}

export interface Reported {
  readonly id: string;
  /** Absent where the server is older than the page. */
  readonly clocks?: Omit<FeedClocks, 'feed'>;
}

/** Feeds that have something to show, those with the most devices first. */
export function clocksOf(reports: readonly Reported[]): readonly FeedClocks[] {
  return reports
    .flatMap(({ id, clocks }) => (clocks && clocks.worst.length > 0 ? [{ feed: id, ...clocks }] : []))
    .sort((a, b) => b.count - a.count || a.feed.localeCompare(b.feed));
}
