// Evidence packs of one world: what is known at a decision is written under its hash, then named in the log, which keeps it
// for ever. Nothing of it is thinned with the telemetry.
import { createHash } from 'node:crypto';
import { labels } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { RecordingHead } from '../../contracts/recording.ts';
import type { EvidencePack, PackList, PackPage, PackRef } from '../../contracts/records/evidence-pack.ts';
import type { Evidence } from '../../contracts/records/incident.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { Reaches } from '../../contracts/records/reach.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import type { ContentShelf } from '../kit/content-shelf.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import { frozenWithin } from './frozen-frames.ts';
import type { Freezing, PackReader, Packs, PackSources } from './port.ts';

export const FREEZE = 'evidence/freeze';

/** What stands in the log of a pack; `files`: everything of it that is kept beside the log, for npm run verify. */
interface FreezeBody {
  readonly action: string;
  /** Hash of what was asked. */
  readonly asked: string;
  readonly pack: string;
  readonly files: readonly string[];
  readonly cause: PackRef['cause'];
  readonly title: string;
  readonly incident: number | null;
  readonly region: string;
  /** Absent: written before it was noted here; it stands in the pack. */
  readonly validAt?: number | null;
}

interface Held {
  readonly ref: PackRef;
  readonly region: string;
}

export interface PackBookOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly shelf: Pick<ContentShelf, 'keep' | 'read'>;
  readonly sources: PackSources;
  readonly cityCode: string;
}

export class PackBook implements Packs {
  readonly #options: PackBookOptions;
  readonly #held = new Map<number, Held>();
  readonly #done = new Map<string, { readonly id: number; readonly asked: string }>();
  readonly #turns = new Turns();

  constructor(options: PackBookOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: [FREEZE] })) this.#apply(entry);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  freeze(by: Pick<PackReader, 'id' | 'reaches'>, asked: Freezing): Promise<PackRef> {
    return this.#turns.take([asked.action], async () => {
      const hash = hashOf(asked);
      const before = this.#done.get(asked.action);
      if (before && before.asked !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      if (before) return this.#require(before.id).ref;
      const region = this.#regionOf(by, asked);
      const { pack, files, validAt } = await this.#write(by.id, asked);
      const { action, cause, title, incident } = asked;
      const body: FreezeBody = {
        ...{ action, asked: hash, pack, files, cause, title, incident, region, validAt },
      };
      const entry = await this.#options.log.append({
        ...{ subject: by.id, kind: FREEZE },
        body: body as unknown as LogEntry['body'],
      });
      this.#apply(entry);
      return this.#require(entry.seq).ref;
    });
  }

  list(incident: number | undefined, reaches: Reaches): PackList {
    const packs = [...this.#held.values()]
      .filter(({ ref, region }) => reaches(region) && (incident === undefined || ref.incident === incident))
      .map(({ ref }) => ref)
      .reverse();
    return { packs, names: this.#namesOf(packs.map(({ by }) => by)) };
  }

  async view(id: number, reader: PackReader): Promise<PackPage> {
    const { ref, pack } = await this.#read(id, reader);
    const counted = { leftOut: 0 };
    const seen = (all: readonly Evidence[]): Evidence[] =>
      all.map((one) => this.#within(one, reader, counted));
    const { rows, indicators, warnings } = pack;
    const told = { ...pack, rows: seen(rows), indicators: seen(indicators), warnings: seen(warnings) };
    const subjects = [pack.by, ...pack.present.map(({ subject }) => subject)];
    return { ref, pack: told, leftOut: counted.leftOut, names: this.#namesOf(subjects) };
  }

  #namesOf(subjects: readonly string[]): Record<string, string> {
    const names = [...new Set(subjects)].flatMap((subject) => {
      const name = this.#options.sources.nameOf(subject);
      return name === null ? [] : [[subject, name] as const];
    });
    return Object.fromEntries(names);
  }

  async recording(
    id: number,
    reader: PackReader,
    may: (slug: string) => boolean,
  ): Promise<{ readonly name: string; readonly head: RecordingHead; readonly bytes: Uint8Array }> {
    const { ref, pack } = await this.#read(id, reader);
    const whole = await this.#options.shelf.read(pack.frames.hash);
    const label = reader.labels.at(-1);
    if (!label) throw new CodedError('request/forbidden', `evidence ${id}`);
    const name = `evidence-${ref.id}-${ref.hash.slice(0, 8)}.cockpit`;
    return { name, ...frozenWithin(whole, { label, areas: reader.areas, may }) };
  }

  /** Files first: what the log names is there. */
  async #write(
    by: string,
    asked: Freezing,
  ): Promise<{ pack: string; files: readonly string[]; validAt: number | null }> {
    const { sources, shelf, clock } = this.#options;
    const { cause, title, view } = asked;
    const copy = (layer: string) => (key: string) => sources.copyRow(layer, key);
    // Everything that is copied is copied before anything is waited for: it is of one moment.
    const rows = asked.rows.map(({ layer, key }) => sources.copyRow(layer, key));
    const indicators = sources.indicators().map(copy(indicatorValue.slug));
    const warnings = sources.warnings().map(copy(warning.slug));
    const [knownAt, present, incident] = [clock.now(), sources.present(), this.#incident(asked.incident)];
    const { bytes, at, layers } = await sources.freeze(view.at, view.clock);
    const frames = await shelf.keep(bytes);
    const moments = [...rows, ...indicators, ...warnings].map(({ validAt }) => validAt);
    const validAt = moments.length === 0 ? null : Math.max(...moments);
    const pack: EvidencePack = {
      ...{ format: 1, ...sources.facts, cause, title, incident, by, knownAt },
      ...{ validAt, view, rows, indicators, warnings, present },
      frames: { hash: frames, bytes: bytes.byteLength, at, layers },
    };
    const text = canonicalJson(JSON.parse(JSON.stringify(pack)));
    const hash = await shelf.keep(Buffer.from(text, 'utf8'));
    return { pack: hash, files: [hash, frames], validAt };
  }

  #incident(id: number | null): EvidencePack['incident'] {
    const found = id === null ? undefined : this.#options.sources.incident(id);
    return found ? { id: found.id, no: found.no, seq: found.seq } : null;
  }

  /** @throws CodedError request/not-found for an incident of another area */
  #regionOf({ reaches }: Pick<PackReader, 'reaches'>, { incident, region }: Freezing): string {
    if (incident === null) return region ?? this.#options.cityCode;
    const found = this.#options.sources.incident(incident);
    const units = found ? [found.unit, ...found.assisting].flatMap((unit) => unit?.id ?? []) : [];
    if (!found || !reaches(found.region, units))
      throw new CodedError('request/not-found', `incident ${incident}`);
    return region ?? found.region;
  }

  #within(one: Evidence, { labels: own }: PackReader, counted: { leftOut: number }): Evidence {
    if (own.length === labels.length) return one;
    const kept = Object.entries(one.values).filter(([column]) =>
      own.includes(this.#options.sources.labelOf(one.layer, column)),
    );
    counted.leftOut += Object.keys(one.values).length - kept.length;
    return { ...one, values: Object.fromEntries(kept) };
  }

  async #read(id: number, { reaches }: PackReader): Promise<{ ref: PackRef; pack: EvidencePack }> {
    const { ref, region } = this.#require(id);
    if (!reaches(region)) throw new CodedError('request/not-found', `evidence ${id}`);
    const bytes = await this.#options.shelf.read(ref.hash);
    return { ref, pack: JSON.parse(bytes.toString('utf8')) as EvidencePack };
  }

  #require(id: number): Held {
    const found = this.#held.get(id);
    if (!found) throw new CodedError('request/not-found', `evidence ${id}`);
    return found;
  }

  #apply({ seq, subject, knownAt, body }: LogEntry): void {
    const said = body as unknown as FreezeBody;
    const { action, asked, pack, cause, title, incident, region, validAt = null } = said;
    this.#held.set(seq, {
      ref: { id: seq, hash: pack, cause, title, incident, by: subject, at: knownAt, validAt },
      region,
    });
    this.#done.set(action, { id: seq, asked });
  }
}

/** Where who decides looks is no part of what they mean: sent again from another view it is the same decision. */
function hashOf({ cause, title, incident, rows, region = '' }: Freezing): string {
  const said = canonicalJson({
    cause,
    title,
    incident,
    rows: rows.map(({ layer, key }) => [layer, key]),
    region,
  });
  return createHash('sha256').update(said).digest('base64');
}
