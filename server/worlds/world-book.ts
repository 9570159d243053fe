// The worlds beside the live one: opened, played, sought, started anew and ended, each at most once at a time.
import type { NewWorld, WorldClockRequest, WorldFacts, WorldState } from '../../contracts/records/world.ts';
import { MOST_WORLDS } from '../../contracts/records/world.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Player } from './player.ts';
import type { DrivenWorld, ScenarioPlan, WorldPlan, Worlds } from './port.ts';

/** Objects of a simulated city without a scenario, as a factor. */
const SCALE = 0.1;
const TITLES = {
  demo: { zh: '演示城市', en: 'Demonstration city' },
  drill: { zh: '演练', en: 'Drill' },
} as const;

export interface WorldHooks {
  /** How the clock of the world goes. */
  readonly pace: () => { readonly speed: number; readonly paused: boolean };
  /** The simulated city ended by itself. */
  readonly onEnd: (reason: string) => void;
}

export interface WorldBookOptions {
  /** The clock on the wall: worlds are paced by it. */
  readonly wall: Clock;
  readonly log: Logger;
  readonly live: () => WorldFacts;
  /** null: this server cannot open any, and why. */
  readonly open: ((plan: WorldPlan, hooks: WorldHooks) => Promise<DrivenWorld>) | null;
  /** null: there is no such scenario. @throws CodedError request/invalid when its file does not fit */
  readonly scenario: (slug: string) => ScenarioPlan | null;
}

interface Entry {
  readonly plan: WorldPlan;
  readonly title: WorldFacts['title'];
  readonly scenario: string | null;
  readonly endAt: number | null;
  speed: number;
  isPaused: boolean;
  /** Where it hurries to once it is open, epoch ms. */
  target: number | null;
  world: DrivenWorld | null;
  player: Player | null;
  /** Why it failed. */
  reason: string | null;
  /** Starts that were asked for; faults of an earlier one are over with it. */
  starts: number;
  /** Those of them that are not done. */
  starting: number;
  isGone: boolean;
  /** One thing after the other. */
  work: Promise<void>;
}

export class WorldBook implements Worlds {
  readonly #options: WorldBookOptions;
  readonly #entries = new Map<string, Entry>();
  #made = 0;

  constructor(options: WorldBookOptions) {
    this.#options = options;
  }

  list(): readonly WorldFacts[] {
    return [this.#options.live(), ...[...this.#entries.values()].map(factsOf)];
  }

  create({ kind, scenario: slug, scale, speed }: NewWorld): WorldFacts {
    const { open, scenario, live } = this.#options;
    if (!open) throw new CodedError('request/unavailable', `a ${kind} world: no simulated city is set`);
    const plan = slug === null ? null : scenario(slug);
    if (slug !== null && !plan) throw new CodedError('request/not-found', `scenario ${slug}`);
    if (this.#entries.size >= MOST_WORLDS)
      throw new CodedError('request/conflict', `${MOST_WORLDS} worlds beside the live one are open: end one`);
    this.#made += 1;
    const id = `${kind}-${this.#made}`;
    const startAt = plan?.startAt ?? Math.floor(live().clock.at / 1000) * 1000;
    const entry: Entry = {
      plan: {
        id,
        kind,
        startAt,
        scale: scale ?? plan?.scale ?? SCALE,
        seed: plan?.seed,
        scenarioFile: plan?.file,
        decisions: kind === 'demo' ? (plan?.decisions ?? []) : [],
      },
      title: plan?.title ?? TITLES[kind],
      scenario: slug,
      endAt: plan ? startAt + plan.durationS * 1000 : null,
      speed,
      isPaused: false,
      target: null,
      world: null,
      player: null,
      reason: null,
      starts: 0,
      starting: 0,
      isGone: false,
      work: Promise.resolve(),
    };
    this.#entries.set(id, entry);
    this.#begin(entry);
    return factsOf(entry);
  }

  setClock(id: string, { speed, paused, toS }: WorldClockRequest): WorldFacts {
    const entry = this.#entryOf(id);
    const { startAt } = entry.plan;
    const target = toS === undefined ? null : startAt + toS * 1000;
    if (target !== null && entry.endAt !== null && target > entry.endAt) {
      const lastS = (entry.endAt - startAt) / 1000;
      throw new CodedError('request/invalid', `toS ${toS}: ${entry.scenario} is over after ${lastS} s`);
    }
    const isBack = target !== null && target < (entry.world?.now() ?? startAt);
    if (entry.reason !== null && !isBack)
      throw new CodedError('request/conflict', `world ${id} failed (${entry.reason}): reset it`);
    entry.speed = speed ?? entry.speed;
    entry.isPaused = paused ?? entry.isPaused;
    if (speed !== undefined || paused !== undefined) entry.player?.set({ speed, paused });
    if (target !== null) {
      if (entry.starting > 0) entry.target = target;
      else if (isBack) this.#begin(entry, target);
      else entry.player?.seek(target);
    }
    return factsOf(entry);
  }

  reset(id: string): WorldFacts {
    const entry = this.#entryOf(id);
    this.#begin(entry);
    return factsOf(entry);
  }

  async remove(id: string): Promise<void> {
    const entry = this.#entryOf(id);
    this.#entries.delete(id);
    entry.isGone = true;
    await entry.work;
    await shut(entry);
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#entries.keys()].map((id) => this.remove(id)));
  }

  #entryOf(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry) return entry;
    if (id === this.#options.live().id)
      throw new CodedError('request/forbidden', 'the live world goes by itself: nobody drives it');
    throw new CodedError('request/not-found', `world ${id}`);
  }

  /** A clean start in the background, then in a hurry to `target`. */
  #begin(entry: Entry, target: number | null = null): void {
    const start = entry.starts + 1;
    Object.assign(entry, { target, starts: start, starting: entry.starting + 1, reason: null });
    entry.work = entry.work.then(async () => {
      await shut(entry);
      if (!entry.isGone && entry.starts === start) await this.#open(entry, start);
      entry.starting -= 1;
    });
  }

  async #open(entry: Entry, start: number): Promise<void> {
    const { open, wall, log } = this.#options;
    const { plan } = entry;
    const onFault = (reason: string): void => {
      if (entry.isGone || entry.starts !== start || entry.reason !== null) return;
      entry.reason = reason;
      log.error('world.failed', { world: plan.id, reason });
      void entry.player?.stop();
      entry.world?.tellClock();
    };
    try {
      const world = await open?.(plan, { pace: () => paceOf(entry), onEnd: onFault });
      if (!world) return;
      entry.world = world;
      if (entry.reason !== null) return;
      entry.player = new Player({
        endAt: entry.endAt,
        speed: entry.speed,
        paused: entry.isPaused,
        wall,
        now: () => world.now(),
        step: (ms, isSkimmed) => world.step(ms, isSkimmed),
        onTurn: () => world.tellClock(),
        onFault,
      });
      if (entry.target !== null) entry.player.seek(entry.target);
      entry.player.start();
      log.info('world.open', { world: plan.id, scenario: entry.scenario, startAt: plan.startAt });
    } catch (error) {
      onFault(error instanceof Error ? error.message : String(error));
    }
  }
}

async function shut(entry: Entry): Promise<void> {
  const { player, world } = entry;
  entry.player = null;
  entry.world = null;
  await player?.stop();
  await world?.close();
}

function stateOf({ reason, starting, player }: Entry): WorldState {
  if (reason !== null) return 'failed';
  if (starting > 0 || !player) return 'starting';
  return player.state;
}

/** Screens run their clock by it: what does not go steadily stands still for them between two beats. */
function paceOf(entry: Entry): { speed: number; paused: boolean } {
  return { speed: entry.speed, paused: stateOf(entry) !== 'running' };
}

function factsOf(entry: Entry): WorldFacts {
  const { plan, title, scenario, endAt, reason, world, speed, isPaused } = entry;
  return {
    id: plan.id,
    kind: plan.kind,
    title,
    scenario,
    state: stateOf(entry),
    reason,
    clock: { at: world?.now() ?? plan.startAt, speed, paused: isPaused, startAt: plan.startAt, endAt },
  };
}
