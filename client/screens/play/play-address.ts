// What the address of a playback says; other screens and kiosks are started by it.
import type { LocationQuery } from 'vue-router';
import { speeds } from '../../stores/replay-rates.ts';

export interface PlayAddress {
  /** null: the list of scripts. */
  readonly scenario: string | null;
  /** A drill is the same script, watermarked, for real screens. */
  readonly kind: 'demo' | 'drill';
  /** null: as the world goes. */
  readonly speed: number | null;
  readonly loops: boolean;
  readonly speaks: boolean;
  /** The presenter's window: no map. */
  readonly isNotes: boolean;
}

export function readAddress(query: LocationQuery): PlayAddress {
  const { scenario, kind, speed } = query;
  const asked = Number(speed);
  return {
    scenario: typeof scenario === 'string' && scenario !== '' ? scenario : null,
    kind: kind === 'drill' ? 'drill' : 'demo',
    speed: speeds.find((one) => one === asked) ?? null,
    loops: 'loop' in query,
    speaks: 'speech' in query,
    isNotes: 'notes' in query,
  };
}
