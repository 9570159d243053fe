// Two moments beside each other: this page shows one, a page within it the other. Here is what both pages and the list of
// what differs need to know.
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { Differences } from '../../contracts/difference.ts';
import { every, type Stop } from '../clock.ts';
import { fetchDifferences } from './differences.ts';
import { past } from './past.ts';
import { chartsAt, cursor, isPast, readCityNow, readLiveNow } from './time.ts';

const HOUR_MS = 3_600_000;
/** While one side is now, what differs is asked again this often, milliseconds. */
const AGAIN_MS = 10_000;

interface Compare {
  /** Name of the pair, the same on both pages; null: nothing is compared. */
  pair: string | null;
  /** The moment the other half shall show, epoch ms; null: now. */
  wanted: number | null;
  /** What it shows: null is now. */
  other: number | null;
  isWaiting: boolean;
  /** Share of the map that is this page's, from the left. */
  share: number;
}

export const compare = reactive<Compare>({
  pair: null,
  wanted: null,
  other: null,
  isWaiting: true,
  share: 0.5,
});
/** This page is the other half of a comparison: how it leaves. */
export const leaveHalf = shallowRef<(() => void) | null>(null);
/** There is a map on this page that another can lie over. */
export const canCompare = ref(false);
export const isComparing = computed(() => compare.pair !== null);

export const compareDifferences = shallowRef<Differences | null>(null);
export const compareFault = ref('');

/** The past beside now; from now, an hour ago beside it, or as far back as history reaches. */
export function startCompare(): void {
  const kept = past.value?.kept;
  const ago = Math.max(readLiveNow() - HOUR_MS, kept?.[0] ?? 0);
  compare.pair = `${readLiveNow().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  compare.wanted = isPast.value ? null : ago;
  compare.other = compare.wanted;
  compare.isWaiting = true;
  compare.share = 0.5;
  compareDifferences.value = null;
}

export function stopCompare(): void {
  compare.pair = null;
  compareDifferences.value = null;
}

export function toggleCompare(): void {
  if (leaveHalf.value) leaveHalf.value();
  else if (isComparing.value) stopCompare();
  else startCompare();
}

/** Asks what differs between the two moments, as they change. Returns what stops it. */
export function followCompared(): Stop {
  let mine: AbortController | null = null;
  const look = async (): Promise<void> => {
    mine?.abort();
    if (!isComparing.value || compare.isWaiting || cursor.value.isWaiting) return;
    const own = (mine = new AbortController());
    const moments = [isPast.value ? readCityNow() : null, compare.other].map((at) => at ?? readLiveNow());
    const [a, b] = moments.map(Math.round).sort((one, other) => one - other);
    const isToNow = !isPast.value || compare.other === null;
    try {
      const path = `/api/history/compare?a=${a}${isToNow ? '' : `&b=${b}`}`;
      const found = await fetchDifferences(path, own.signal);
      if (own.signal.aborted) return;
      compareDifferences.value = found;
      compareFault.value = '';
    } catch (error) {
      if (!own.signal.aborted) compareFault.value = error instanceof Error ? error.message : String(error);
    }
  };
  const moments = [() => compare.pair, () => compare.other, () => compare.isWaiting, isPast, chartsAt];
  const stops = [
    watch(moments, () => void look(), { immediate: true }),
    every(AGAIN_MS, () => (isPast.value && compare.other !== null ? undefined : void look())),
  ];
  return () => {
    mine?.abort();
    for (const stop of stops) stop();
  };
}
