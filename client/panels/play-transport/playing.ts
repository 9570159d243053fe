// What the controls show of a playback, and what they ask of it.
import type { WorldState } from '../../stores/worlds.ts';

export interface Playing {
  readonly state: WorldState;
  /** As it goes on with, where it is paused. */
  readonly speed: number;
  /** It begins again after its end. */
  readonly loops: boolean;
  readonly captions: boolean;
  /** `none`: switched on, but this machine cannot speak the language. */
  readonly voice: 'on' | 'off' | 'none';
  /** A hand took the map from the script. */
  readonly isHeld: boolean;
}

export type PlayAsk =
  | 'toggle'
  | 'back'
  | 'next'
  | 'loop'
  | 'captions'
  | 'voice'
  | 'notes'
  | 'notes-window'
  | 'chapters'
  | 'reset'
  | 'follow';

/** Beyond it nobody follows; slower than it nothing seems to happen. */
const SLOWEST = 1 / 4;
export const playSpeeds = (all: readonly number[]): readonly number[] => all.filter((one) => one >= SLOWEST);
