// What other areas see of the worlds beside the live one: types only, the instance comes from the composition root.
import type { Decision } from '../../contracts/records/decision.ts';
import type { MadeKind, NewWorld, WorldClockRequest, WorldFacts } from '../../contracts/records/world.ts';

/** What a world plays: of a scenario, what a world needs to know of it. */
export interface ScenarioPlan {
  readonly slug: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** Epoch ms of its start. */
  readonly startAt: number;
  readonly durationS: number;
  readonly seed: number;
  readonly scale: number;
  /** scenario.yaml, for the simulated city. */
  readonly file: string;
  /** What its people decide, in the order of time. */
  readonly decisions: readonly Decision[];
}

/** How a world is opened, the same each time it starts anew. */
export interface WorldPlan {
  readonly id: string;
  readonly kind: MadeKind;
  readonly startAt: number;
  readonly scale: number;
  readonly seed: number | undefined;
  readonly scenarioFile: string | undefined;
  /** What the script decides by itself: everything in a demonstration, nothing in a drill, where people do. */
  readonly decisions: readonly Decision[];
}

/** A world that goes on only when it is told. */
export interface DrivenWorld {
  /** Epoch ms on its clock. */
  now(): number;
  /**
   * Its city and then itself go on by `ms`; everything on its way arrives. `isSkimmed`: background says one thing only,
   * however long it is. @throws Error when the city is gone
   */
  step(ms: number, isSkimmed: boolean): Promise<void>;
  /** Tells its screens how its clock goes now. */
  tellClock(): void;
  /** Ends its processes, ports, connections and files. */
  close(): Promise<void>;
}

/** The worlds beside the live one, and what people may ask of them. */
export interface Worlds {
  /** The live one first. */
  list(): readonly WorldFacts[];
  /** Opens in the background. @throws CodedError request/unavailable, request/not-found, request/conflict */
  create(asked: NewWorld): WorldFacts;
  /** @throws CodedError request/not-found, request/conflict, request/invalid */
  setClock(id: string, asked: WorldClockRequest): WorldFacts;
  /** A clean start of the same. @throws CodedError request/not-found */
  reset(id: string): WorldFacts;
  /** Resolves when nothing of it is left. @throws CodedError request/not-found */
  remove(id: string): Promise<void>;
}
