// How much room history takes, by retention class, and how far back each reaches: out of /health. Untrusted until parsed.
import { ref, shallowRef } from 'vue';
import { every, type Stop } from '../clock.ts';
import { askWorld } from './world.ts';

export interface ClassShare {
  readonly retention: string;
  readonly bytes: number;
  /** In its finest tier, and in any, epoch ms; null: nothing is kept. */
  readonly rawFrom: number | null;
  readonly from: number | null;
}

export interface HistoryGauge {
  /** null: not measured since the start. */
  readonly bytes: number | null;
  readonly maxBytes: number;
  readonly classes: readonly ClassShare[];
  /** Files that went before their time since the start, and the last of them by name. */
  readonly shortened: number;
  readonly shortenedFiles: readonly string[];
}

/** It changes each five minutes. */
const AGAIN_MS = 30_000;

export const historyGauge = shallowRef<HistoryGauge | null>(null);
export const gaugeFault = ref('');

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** @throws Error when the answer says nothing of history */
export function parseGauge(body: unknown): HistoryGauge {
  const history = isObject(body) ? body['history'] : null;
  if (!isObject(history) || typeof history['maxBytes'] !== 'number') {
    throw new Error('health: the answer says nothing of history: is the server as new as this page?');
  }
  return {
    bytes: numberOrNull(history['bytes']),
    maxBytes: history['maxBytes'],
    shortened: numberOrNull(history['shortened']) ?? 0,
    shortenedFiles: list(history['shortenedFiles']).map(String),
    classes: list(history['classes'])
      .filter(isObject)
      .map((one) => ({
        retention: String(one['retention']),
        bytes: numberOrNull(one['bytes']) ?? 0,
        rawFrom: numberOrNull(one['rawFrom']),
        from: numberOrNull(one['from']),
      })),
  };
}

/** Keeps the gauge. Returns what stops it. */
export function followGauge(): Stop {
  const look = async (): Promise<void> => {
    try {
      const response = await askWorld('/health');
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      historyGauge.value = parseGauge(await response.json());
      gaugeFault.value = '';
    } catch (error) {
      gaugeFault.value = error instanceof Error ? error.message : String(error);
    }
  };
  void look();
  return every(AGAIN_MS, () => void look());
}

/** `1.24 GB`, `380 MB`, `12 kB`: in thousands, as disks are sold. */
export function formatBytes(bytes: number): string {
  const [size, unit] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB'];
  const value = bytes / size;
  return `${value >= 100 ? Math.round(value) : value.toFixed(value >= 10 ? 1 : 2)} ${unit}`;
}
