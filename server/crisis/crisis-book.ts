// 战时 of one world (docs/crisis.md): proposed by one, approved by another, written to the log as one entry, then carried out;
// what a kill left undone, the next start does. What holds is the fold of the log, and nothing else.
import { createHash } from 'node:crypto';
import { CodedError } from '../../contracts/errors.ts';
import type {
  Commit,
  Crisis,
  CrisisView,
  DecideRequest,
  Proposal,
  ProposeRequest,
  ReviewAloneRequest,
  Switch,
  SwitchPreview,
} from '../../contracts/records/crisis.ts';
import { PROPOSAL_MIN } from '../../contracts/records/crisis.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { Turns } from '../kit/turns.ts';
import type { Announcer } from '../outbound/port.ts';
import type { RecordLog } from '../store/port.ts';
import { CrisisWork } from './crisis-work.ts';
import type { CrisisEntryKind, CrisisState, Said } from './fold.ts';
import { CRISIS_VERSION, CrisisFold, crisisKinds, stackAfter, standingAt } from './fold.ts';
import type { CrisisActor, CrisisDesk, CrisisGround, CrisisPlans, CrisisTargets } from './port.ts';
import { linesOf } from './preview.ts';
import { blockedBy, requireFits, requireSecond, requireState, requireTime, warningsOf } from './rules.ts';

const MINUTE_MS = 60_000;
/** Ends are seen this much later at most. */
const SWEEP_MS = 1000;
/** As many as a desk lists; all of them stand in the log. */
const MOST_LISTED = 40;
/** What could not be carried out is tried again so often. */
const RETRY_MS = 30_000;

export interface CrisisOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ground: CrisisGround;
  readonly targets: CrisisTargets;
  readonly plans: CrisisPlans;
  readonly announcer: Announcer;
  /** Codes of the city and its counties, the city first. */
  readonly areas: readonly string[];
  readonly timeZone: string;
  readonly nameOf: (id: string) => string | null;
}

export class CrisisBook implements CrisisDesk {
  readonly #options: CrisisOptions;
  readonly #fold = new CrisisFold();
  readonly #turns = new Turns();
  readonly #work: CrisisWork;
  #timer: Timer | null = null;
  #retryAt = 0;

  constructor(options: CrisisOptions) {
    this.#options = options;
    this.#work = new CrisisWork(options, this.#fold);
  }

  /** Folds the log and does again what holds; call when rows are back and before feeds are connected, activations open. */
  async open(): Promise<void> {
    const { log, clock, areas } = this.#options;
    await log.fold({
      ...{ name: 'crisis', version: CRISIS_VERSION, kinds: crisisKinds },
      apply: (entry) => this.#fold.apply(entry),
      state: () => this.#fold.state(),
      restore: (state) => this.#fold.restore(state as CrisisState),
      size: () => this.#fold.done.size,
    });
    for (const area of areas) this.#work.show(area);
    this.#work.setRhythm();
    await this.#turns.take(['work'], () => this.#work.settle());
    this.#timer = clock.every(SWEEP_MS, () => this.#sweep());
  }

  async close(): Promise<void> {
    this.#timer?.stop();
    await this.#turns.settled();
  }

  standing(): readonly Crisis[] {
    return this.#work.standing();
  }

  view({ reaches }: Pick<CrisisActor, 'reaches'>): CrisisView {
    const now = this.#options.clock.now();
    // 战时 of the city is that of every county.
    const isSeen = (area: string): boolean => reaches(area) || area === this.#options.areas[0];
    const proposals = [...this.#fold.proposals.keys()]
      .flatMap((id) => this.#fold.proposal(id, now) ?? [])
      .filter(({ change }) => isSeen(change.area))
      .reverse()
      .slice(0, MOST_LISTED);
    const commits = [...this.#fold.commits.values()].filter(({ change }) => isSeen(change.area));
    const newest = commits.reverse().slice(0, MOST_LISTED);
    return {
      now,
      crises: this.standing().filter(({ area }) => isSeen(area)),
      proposals,
      commits: newest,
      troubles: this.#work.troubles,
      names: this.#namesIn(proposals, newest),
    };
  }

  preview(by: CrisisActor, change: Switch): SwitchPreview {
    requireFits(by, change, this.#options);
    const { clock, targets, ground, announcer, timeZone, areas } = this.#options;
    const now = clock.now();
    const { stack } = this.#fold.area(change.area);
    const standing = standingAt(stack, now);
    const next = { entry: { seq: 0, knownAt: now }, isAlone: false };
    const before = standing.at(-1) ?? null;
    const after = stackAfter(standing, change, next).at(-1) ?? null;
    const plans = this.#work.previewsOf(by, change);
    const lines = linesOf({
      ...{ change, before, after, ground, plans, withheld: announcer.withheld },
      elsewhere: this.standing().some(({ area }) => area !== change.area),
      areaName: targets.nameOf(change.area),
      ending: this.#work.endingBy(change),
      timeOf: timeIn(timeZone),
    });
    return {
      ...{ lines, plans, blocked: blockedBy({ change, standing, plans, targets }) },
      warnings: warningsOf({ change, plans, isCity: change.area === areas[0] }),
      mayApprove: by.mayDecide || !isGrave(before, after),
    };
  }

  propose(by: CrisisActor, asked: ProposeRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/propose', about: '', asked }, () => {
      const { change } = asked;
      const { lines } = this.#possible(by, change);
      requireTime(change, this.#options.clock.now());
      const expiresAt = this.#options.clock.now() + PROPOSAL_MIN * MINUTE_MS;
      return { change, seen: this.#fold.area(change.area).seq, expiresAt, preview: lines };
    });
  }

  withdraw(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/withdraw', about: `${id}`, asked }, () => {
      const proposal = this.#openProposal(by, id);
      if (proposal.by !== by.id)
        throw new CodedError(
          'access/duties',
          `proposal ${id} was made by ${proposal.by}: who approves refuses it`,
        );
      return { proposal: id };
    });
  }

  refuse(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/refuse', about: `${id}`, asked }, () => {
      requireSecond(by, this.#openProposal(by, id));
      return { proposal: id };
    });
  }

  approve(by: CrisisActor, id: number, asked: DecideRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/commit', about: `${id}`, asked }, () => {
      const proposal = this.#openProposal(by, id);
      requireSecond(by, proposal);
      this.#requireDecider(by, proposal.change);
      this.#possible(by, proposal.change);
      requireTime(proposal.change, this.#options.clock.now());
      return { change: proposal.change, proposal: id };
    });
  }

  alone(by: CrisisActor, asked: ProposeRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/commit', about: 'alone', asked }, () => {
      const { change } = asked;
      this.#possible(by, change);
      requireTime(change, this.#options.clock.now());
      requireState(by, change, { stack: this.#standingIn(change.area), commits: this.#fold.commits });
      const { verb, area } = change;
      this.#options.logger.warn('crisis.alone', { account: by.id, verb, area });
      return { change, proposal: null };
    });
  }

  confirm(by: CrisisActor, commit: number, asked: DecideRequest): Promise<CrisisView> {
    return this.#once(by, { kind: 'crisis/confirm', about: `${commit}`, asked }, () => {
      const held = this.#commitOf(by, commit);
      requireSecond(by, held);
      const top = this.#standingIn(held.change.area).at(-1);
      if (!top?.isAlone || top.id !== commit)
        throw new CodedError('request/conflict', `commit ${commit} is not held by one person alone any more`);
      this.#requireDecider(by, held.change);
      return { commit };
    });
  }

  review(by: CrisisActor, commit: number, asked: ReviewAloneRequest): Promise<CrisisView> {
    return this.#once(
      by,
      { kind: 'crisis/review', about: `${commit}`, asked: { ...asked, reason: '' } },
      () => {
        const held = this.#commitOf(by, commit);
        requireSecond(by, held);
        if (held.proposal)
          throw new CodedError('request/invalid', `commit ${commit} was approved by a second person`);
        if (held.review)
          throw new CodedError('request/conflict', `commit ${commit} was reviewed by ${held.review.by}`);
        return { commit, justified: asked.justified, text: asked.text };
      },
    );
  }

  /** One after another; the same action again does nothing and is answered as the first time. */
  #once(
    by: CrisisActor,
    { kind, about, asked }: { kind: CrisisEntryKind; about: string; asked: DecideRequest },
    bodyOf: () => object,
  ): Promise<CrisisView> {
    return this.#turns.take(['switch'], async () => {
      const hash = createHash('sha256')
        .update(`${kind} ${about} ${by.id} ${canonicalJson(JSON.parse(JSON.stringify(asked)))}`)
        .digest('base64');
      const before = this.#fold.done.get(asked.action);
      if (before && before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      if (!before) {
        const { action, reason } = asked;
        const said: Said = { action, hash, ...(reason === '' ? {} : { reason }) };
        await this.#write(by.id, kind, { ...bodyOf(), ...said });
      }
      await this.#turns.take(['work'], () => this.#work.settle());
      return this.view(by);
    });
  }

  async #write(by: string, kind: CrisisEntryKind, body: object): Promise<LogEntry> {
    const entry = await this.#options.log.append({ subject: by, kind, body: body as LogEntry['body'] });
    this.#fold.apply(entry);
    // At once and in the same turn as the entry: every screen hears of it with the next packet.
    for (const area of this.#options.areas) this.#work.show(area);
    this.#work.setRhythm();
    return entry;
  }

  /** @throws CodedError …/conflict with the first reason it cannot be done for */
  #possible(by: CrisisActor, change: Switch): SwitchPreview {
    const preview = this.preview(by, change);
    const [blocked] = preview.blocked;
    if (blocked) throw new CodedError('request/conflict', `${blocked.zh} (${blocked.en})`);
    return preview;
  }

  #requireDecider(by: CrisisActor, change: Switch): void {
    const before = this.#standingIn(change.area);
    const after = stackAfter(before, change, { entry: { seq: 0, knownAt: 0 }, isAlone: false });
    if (!by.mayDecide && isGrave(before.at(-1), after.at(-1)))
      throw new CodedError(
        'request/forbidden',
        'Ⅲ级以上由有审批权的人批准 (levels graver than IV are approved by those who decide on mode switches)',
      );
  }

  #standingIn(area: string): readonly Crisis[] {
    return standingAt(this.#fold.area(area).stack, this.#options.clock.now());
  }

  /** @throws CodedError request/not-found, …/conflict where it is not open any more */
  #openProposal({ reaches }: CrisisActor, id: number): Proposal {
    const found = this.#fold.proposal(id, this.#options.clock.now());
    if (!found || !reaches(found.change.area)) throw new CodedError('request/not-found', `proposal ${id}`);
    if (found.state === 'open') return found;
    throw new CodedError('request/conflict', `proposal ${id} is ${found.state}: make a new one`);
  }

  #commitOf({ reaches }: CrisisActor, id: number): Commit {
    const found = this.#fold.commits.get(id);
    if (!found || !reaches(found.change.area)) throw new CodedError('request/not-found', `commit ${id}`);
    return found;
  }

  #namesIn(proposals: readonly Proposal[], commits: readonly Commit[]): Record<string, string> {
    const ids = [
      ...proposals.flatMap(({ by, decided }) => [by, decided?.by ?? '']),
      ...commits.flatMap(({ by, proposal, confirmed, review }) => [
        ...[by, proposal?.by ?? '', confirmed?.by ?? '', review?.by ?? ''],
      ]),
    ];
    const names = new Map<string, string>();
    for (const id of ids) {
      const name = id === '' ? null : this.#options.nameOf(id);
      if (name !== null) names.set(id, name);
    }
    return Object.fromEntries(names);
  }

  #sweep(): void {
    const now = this.#options.clock.now();
    const over = [...this.#fold.areas].filter(([, { stack }]) => standingAt(stack, now) !== stack);
    for (const [area] of over) this.#work.show(area);
    if (over.length > 0) {
      this.#work.setRhythm();
      void this.#turns.take(['switch'], () => this.#lapse(over.map(([area]) => area))).catch(this.#failed);
    } else if (this.#work.troubles.length > 0 && now >= this.#retryAt) {
      this.#retryAt = now + RETRY_MS;
      void this.#turns.take(['work'], () => this.#work.settle());
    }
  }

  async #lapse(areas: readonly string[]): Promise<void> {
    for (const area of areas) {
      const { stack } = this.#fold.area(area);
      if (standingAt(stack, this.#options.clock.now()) !== stack)
        await this.#write('system', 'crisis/lapse', { area });
    }
    await this.#turns.take(['work'], () => this.#work.settle());
  }

  readonly #failed = (error: unknown): void =>
    this.#options.logger.error('crisis.not-settled', { error: String(error) });
}

/** Any level above Ⅳ, before or after. */
const isGrave = (...sides: readonly (Crisis | null | undefined)[]): boolean =>
  sides.some((crisis) => crisis?.level != null && crisis.level !== 'IV');

/** 07-15 14:05 */
function timeIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${parts.get('month')}-${parts.get('day')} ${parts.get('hour')}:${parts.get('minute')}`;
  };
}
