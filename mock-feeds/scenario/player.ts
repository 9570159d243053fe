// Plays the injects of a scenario on the city's own clock, as an operator at the control desk would.
import type { Desk } from '../control/desk.ts';
import type { World } from '../world.ts';
import type { PlayedScenario } from './read-scenario.ts';

/** How far it is; `failed` names injects the city could not do, with the reason. */
export interface PlayerState {
  file: string;
  injects: number;
  played: number;
  failed: { at: string; kind: string; reason: string }[];
}

/** Puts all injects on the agenda. */
export function playScenario(world: World, desk: Desk, scenario: PlayedScenario): PlayerState {
  const { clock, time, log } = world;
  const state: PlayerState = { file: scenario.file, injects: scenario.injects.length, played: 0, failed: [] };
  for (const { at, body } of scenario.injects) {
    clock.at(at, () => {
      state.played += 1;
      try {
        log('scenario.inject', { at: time.iso(at), ...desk.inject(body) });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        state.failed.push({ at: time.iso(at), kind: String(body['kind']), reason });
        log('scenario.inject-failed', { at: time.iso(at), kind: body['kind'], reason });
      }
    });
  }
  return state;
}
