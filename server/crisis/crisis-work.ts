// What 战时 makes happen: modes of areas, ticks and feeds, plans that begin and end with it, and who is told. Each may be done
// again; what holds is asked of the fold every time.
import type { Title } from '../../contracts/column.ts';
import type { Commit, Crisis, Switch } from '../../contracts/records/crisis.ts';
import type { RunPreview } from '../../contracts/records/plan-run.ts';
import type { Announcement } from '../outbound/port.ts';
import type { CrisisOptions } from './crisis-book.ts';
import type { CrisisFold } from './fold.ts';
import { standingAt } from './fold.ts';
import type { CrisisActor } from './port.ts';

/** What nobody was told of for so long is told to nobody any more. */
const STALE_MS = 86_400_000;

export class CrisisWork {
  readonly #options: CrisisOptions;
  readonly #fold: CrisisFold;
  #troubles: readonly string[] = [];

  constructor(options: CrisisOptions, fold: CrisisFold) {
    this.#options = options;
    this.#fold = fold;
  }

  /** What could not be carried out the last time. */
  get troubles(): readonly string[] {
    return this.#troubles;
  }

  standing(): readonly Crisis[] {
    const now = this.#options.clock.now();
    return this.#options.areas.flatMap((area) => this.#fold.crisisIn(area, now) ?? []);
  }

  show(area: string): void {
    const { clock, targets } = this.#options;
    targets.setMode(area, this.#fold.crisisIn(area, clock.now()), clock.now());
  }

  setRhythm(): void {
    this.#options.targets.setRhythm(this.standing().length > 0);
  }

  /** Of the plans a switch would activate. */
  previewsOf(by: CrisisActor, change: Switch): readonly RunPreview[] {
    if (!('plans' in change) || change.incident === null) return [];
    const { incident, name } = change;
    if (!this.#options.targets.incident(incident)) return [];
    return change.plans.map(({ plan, level }) =>
      this.#options.plans.preview(by, plan, { incident, level, reason: name }),
    );
  }

  /** Titles of the plans that a switch would end. */
  endingBy({ verb, area }: Switch): readonly Title[] {
    if (verb === 'begin' || verb === 'change') return [];
    const { stack } = this.#fold.area(area);
    const gone = verb === 'end' ? stack : stack.slice(-1);
    return gone.flatMap(({ id, plans }) =>
      plans.flatMap((_one, at) => {
        const run = this.#options.plans.madeBy(actionOf(id, at));
        return run && run.level !== null ? [run.title] : [];
      }),
    );
  }

  /** Begins and ends plans as what holds wants it, and tells of every switch; what fails is tried again. */
  async settle(): Promise<void> {
    const troubles: string[] = [];
    const now = this.#options.clock.now();
    const standing = new Set(
      [...this.#fold.areas.values()].flatMap(({ stack }) => standingAt(stack, now).map(({ id }) => id)),
    );
    for (const commit of this.#fold.commits.values()) {
      try {
        await this.#settlePlans(commit, standing.has(commit.id));
      } catch (error) {
        troubles.push(`${commit.id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    try {
      await this.#tell(now - STALE_MS);
    } catch (error) {
      troubles.push(error instanceof Error ? error.message : String(error));
    }
    for (const trouble of troubles)
      if (!this.#troubles.includes(trouble)) this.#options.logger.error('crisis.not-settled', { trouble });
    this.#troubles = troubles;
  }

  async #settlePlans({ id, change, by }: Commit, isStanding: boolean): Promise<void> {
    if (!('plans' in change) || change.incident === null) return;
    const { plans } = this.#options;
    const { incident, name } = change;
    // Whoever approved it: their reach was asked then, for all the steps of the plan.
    const actor = { id: by, reaches: () => true };
    for (const [at, { plan, version, level }] of change.plans.entries()) {
      const run = plans.madeBy(actionOf(id, at));
      if (isStanding && !run) {
        const asked = { action: actionOf(id, at), incident, level, version, reason: name };
        await plans.activate(actor, plan, asked);
      }
      if (!isStanding && run && run.level !== null) {
        const asked = { action: `${actionOf(id, at)}-end`, seen: run.seq, reason: `${name}：恢复平时` };
        await plans.act(actor, run.id, { verb: 'end', asked });
      }
    }
  }

  async #tell(since: number): Promise<void> {
    const { announcer } = this.#options;
    for (const commit of this.#fold.commits.values()) {
      if (commit.at < since) continue;
      const news = this.#newsOf(commit);
      if (news.length > 0) await announcer.announce(commit.by, news);
    }
  }

  #newsOf({ id, change, at, before, reason }: Commit): Announcement[] {
    const said = 'name' in change ? change : before;
    if (!said || said.incident === null) return [];
    const { incident, name } = said;
    return this.#options.ground.tell(change.area).map((to): Announcement => ({
      ...{ about: 'name' in change ? 'crisis' : 'crisis-end', incident, to, plan: null },
      once: `c${id}-${at.toString(36)}-${to.id}`,
      words: { plan: name, level: levelWords(said), text: reason, dueAt: null },
    }));
  }
}

const actionOf = (commit: number, at: number): string => `crisis-${commit}-${at}`.padEnd(8, '-');

function levelWords({ responses }: Pick<Crisis, 'responses'>): string {
  const marks = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ' } as const;
  return [...new Set(responses.map(({ level }) => `${marks[level]}级响应`))].join('、');
}
