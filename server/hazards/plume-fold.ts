// Plumes as people opened, changed and ended them: the fold of their entries.
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { PlumeSource, Terrain } from '../../contracts/records/plume.ts';

export const plumeKinds = ['plume/open', 'plume/change', 'plume/end'] as const;

export interface OpenBody {
  readonly action: string;
  readonly hash: string;
  readonly source: PlumeSource;
  readonly place: string;
  readonly incident: number | null;
  readonly region: string;
  readonly reason: string;
  /** When it began, epoch ms. */
  readonly at: number;
}

/** What people know better of a plume, theirs or that of an incident. */
export interface Corrected {
  readonly rateKgS?: number;
  readonly heightM?: number;
  readonly terrain?: Terrain;
}

export interface ChangeBody extends Corrected {
  readonly action: string;
  readonly hash: string;
  readonly plume: string;
  readonly reason: string;
  readonly at: number;
}

export interface EndBody {
  readonly action: string;
  readonly hash: string;
  readonly plume: string;
  readonly reason: string;
  readonly at: number;
}

export interface HandPlume {
  readonly id: string;
  readonly source: PlumeSource;
  readonly place: string;
  readonly incident: number | null;
  readonly region: string;
  readonly by: string;
  readonly since: number;
}

export class PlumeFold {
  /** Those that hold, oldest first. */
  readonly plumes = new Map<string, HandPlume>();
  readonly corrections = new Map<string, Corrected>();
  /** Of incidents too: it does not come again by itself. */
  readonly ended = new Set<string>();
  readonly done = new Map<string, { readonly hash: string; readonly plume: string }>();

  apply({ seq, kind, subject: by, body }: Pick<LogEntry, 'seq' | 'kind' | 'subject' | 'body'>): void {
    if (kind === 'plume/open') {
      const { action, hash, source, place, incident, region, at } = body as unknown as OpenBody;
      const id = `hand/${seq}`;
      this.done.set(action, { hash, plume: id });
      this.plumes.set(id, { id, source, place, incident, region, by, since: at });
    } else if (kind === 'plume/change') {
      const { action, hash, plume, rateKgS, heightM, terrain } = body as unknown as ChangeBody;
      this.done.set(action, { hash, plume });
      this.corrections.set(plume, {
        ...this.corrections.get(plume),
        ...(rateKgS !== undefined && { rateKgS }),
        ...(heightM !== undefined && { heightM }),
        ...(terrain !== undefined && { terrain }),
      });
    } else if (kind === 'plume/end') {
      const { action, hash, plume } = body as unknown as EndBody;
      this.done.set(action, { hash, plume });
      this.plumes.delete(plume);
      this.ended.add(plume);
    }
  }
}

/** What is known better stands in the place of what was said or assumed first. */
export const corrected = (source: PlumeSource, by: Corrected | undefined): PlumeSource =>
  by ? { ...source, ...by, ...(by.rateKgS !== undefined && { isRateAssumed: false }) } : source;
