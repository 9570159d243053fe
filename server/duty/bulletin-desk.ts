// Where bulletins are asked for: the stretch of time they are about, and the questions behind their numbers.
import type { Bulletin, Shift } from '../../contracts/records/duty.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Clock } from '../kit/clock.ts';
import type { BulletinSources } from './bulletin.ts';
import { bulletinOf, entriesOf } from './bulletin.ts';
import type { Bulletins, DutyActor, EntryAsk } from './port.ts';
import { shiftsAt } from './shift-time.ts';

const DAY_MS = 86_400_000;
/** Of one bulletin: a month is read in about a second. */
const LONGEST_MS = 31 * DAY_MS;

export interface BulletinDeskOptions extends BulletinSources {
  readonly clock: Clock;
  readonly timeZone: string;
  readonly shifts: readonly Shift[];
}

export class BulletinDesk implements Bulletins {
  readonly #options: BulletinDeskOptions;

  constructor(options: BulletinDeskOptions) {
    this.#options = options;
  }

  /** @throws CodedError request/invalid naming the stretch */
  async bulletin(
    by: DutyActor,
    asked: { from?: number | undefined; to?: number | undefined },
  ): Promise<Bulletin> {
    const { clock, shifts, timeZone } = this.#options;
    const now = clock.now();
    const to = Math.min(asked.to ?? now, now);
    const from = asked.from ?? shiftsAt(shifts, to, timeZone).shift?.startAt ?? to - DAY_MS;
    requireStretch(from, to);
    return bulletinOf(this.#options, by, { from, to });
  }

  async entries(by: DutyActor, asked: EntryAsk): Promise<readonly LogEntry[]> {
    requireStretch(asked.from, asked.to);
    return entriesOf(this.#options, by, asked);
  }
}

function requireStretch(from: number, to: number): void {
  if (from > to || to - from > LONGEST_MS)
    throw new CodedError('request/invalid', `from ${from}, to ${to}: from comes first, 31 days at most`);
}
