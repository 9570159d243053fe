// Gas plumes of one world: opened by hand or by an incident at a hazard source, followed with the wind tick by tick. What
// people do is in the log first; the zones follow by themselves.
import { createHash } from 'node:crypto';
import type { LonLat, Title } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  ChangePlumeRequest,
  EndPlumeRequest,
  GasFacts,
  OpenPlumeRequest,
  PlumesView,
  PlumeView,
} from '../../contracts/records/plume.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { TickFollower } from '../state/port.ts';
import type { RecordLog } from '../store/port.ts';
import type { ChangeBody, EndBody, OpenBody } from './plume-fold.ts';
import { corrected, PlumeFold, plumeKinds } from './plume-fold.ts';
import type { PlumeFacts, RunParts } from './plume-run.ts';
import { PlumeRun } from './plume-run.ts';
import type { HazardActor, Plumes } from './port.ts';

/** An incident that says by itself that a gas escapes. */
export interface GasIncident {
  readonly id: number;
  readonly title: string;
  readonly at: LonLat;
  readonly region: string;
  readonly since: number;
  /** Of the hazard source it stands at. */
  readonly gas: string;
}

export interface PlumeDeskOptions extends RunParts {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly gases: Readonly<Record<string, GasFacts>>;
  readonly method: Title;
  readonly validity: Title;
  readonly regionAt: (at: LonLat) => string;
  readonly gasIncidents: () => readonly GasIncident[];
  /** Whether there is such an incident, and it is not over. */
  readonly isOpenIncident: (id: number) => boolean;
  /** After anything changed that people see. */
  readonly onChange: (runs: readonly PlumeRun[], at: number) => void;
  /** One is over: who was exposed is known now. */
  readonly onEnd: (run: PlumeRun, at: number) => void;
}

/** Leaks are taken to be low over the ground while nobody says, m. */
const USUAL_HEIGHT_M = 2;

export class PlumeDesk implements Plumes, TickFollower {
  readonly #options: PlumeDeskOptions;
  readonly #fold = new PlumeFold();
  readonly #runs = new Map<string, PlumeRun>();
  readonly #turns = new Turns();

  constructor(options: PlumeDeskOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: plumeKinds })) this.#fold.apply(entry);
  }

  async close(): Promise<void> {
    await this.#turns.settled();
  }

  tick({ at }: { readonly at: number }): void {
    const facts = this.#facts();
    let isChanged = false;
    for (const [id, run] of this.#runs) {
      if (facts.some((one) => one.id === id)) continue;
      this.#runs.delete(id);
      this.#options.onEnd(run, at);
      isChanged = true;
    }
    for (const one of facts) {
      let run = this.#runs.get(one.id);
      if (!run) this.#runs.set(one.id, (run = new PlumeRun(one, this.#options)));
      if (run.settle(one, at)) isChanged = true;
    }
    if (isChanged) this.#options.onChange([...this.#runs.values()], at);
  }

  view(): PlumesView {
    const { gases, method, validity } = this.#options;
    return {
      gases: Object.entries(gases).map(([id, { title, assumedKgS }]) => ({ id, title, assumedKgS })),
      plumes: [...this.#runs.values()].map((run) => run.view()),
      ...{ method, validity },
    };
  }

  open(by: HazardActor, asked: OpenPlumeRequest): Promise<PlumeView> {
    const { gases, clock, regionAt, isOpenIncident } = this.#options;
    return this.#once('open', asked, async (hash) => {
      const { action, gas, position, heightM, terrain, isLarge, place, reason, incident = null } = asked;
      const facts = gases[gas];
      if (!facts)
        throw new CodedError('request/invalid', `gas: ${gas} is none of ${Object.keys(gases).join(', ')}`);
      const region = regionAt(position);
      if (!by.reaches(region)) throw new CodedError('request/forbidden', `position: it lies in ${region}`);
      if (incident !== null && !isOpenIncident(incident))
        throw new CodedError('request/not-found', `incident ${incident}`);
      const rateKgS = asked.rateKgS ?? facts.assumedKgS;
      const isRateAssumed = asked.rateKgS === undefined;
      const source = { gas, at: position, rateKgS, isRateAssumed, heightM, terrain, isLarge };
      const at = asked.happenedAt ?? clock.now();
      await this.#write(by, 'plume/open', { action, hash, source, place, incident, region, reason, at });
    });
  }

  change(by: HazardActor, id: string, asked: ChangePlumeRequest): Promise<PlumeView> {
    return this.#once(`change ${id}`, asked, async (hash) => {
      this.#mine(by, id);
      const { action, reason, rateKgS, heightM, terrain } = asked;
      if (rateKgS === undefined && heightM === undefined && terrain === undefined)
        throw new CodedError('request/invalid', 'rateKgS, heightM, terrain: say at least one of them');
      const said = { rateKgS, heightM, terrain };
      const known = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
      const at = asked.happenedAt ?? this.#options.clock.now();
      await this.#write(by, 'plume/change', { action, hash, plume: id, reason, at, ...known });
    });
  }

  async end(by: HazardActor, id: string, asked: EndPlumeRequest): Promise<PlumesView> {
    await this.#once(`end ${id}`, asked, async (hash) => {
      this.#mine(by, id);
      const { action, reason } = asked;
      const at = asked.happenedAt ?? this.#options.clock.now();
      await this.#write(by, 'plume/end', { action, hash, plume: id, reason, at });
    });
    return this.view();
  }

  /** Those that hold: opened by hand, and of incidents that nobody ended. */
  #facts(): PlumeFacts[] {
    const { gases, gasIncidents } = this.#options;
    const byHand = [...this.#fold.plumes.values()].map(({ place, ...facts }): PlumeFacts => {
      const name = gases[facts.source.gas]?.title.zh ?? facts.source.gas;
      return { ...facts, title: place === '' ? name : `${place} ${name}` };
    });
    // One that people opened for an incident stands in the place of the incident's own.
    const taken = new Set(byHand.flatMap(({ incident }) => incident ?? []));
    const own = gasIncidents().flatMap((one): PlumeFacts[] => {
      const id = `incident/${one.id}`;
      const gas = gases[one.gas];
      if (!gas || taken.has(one.id) || this.#fold.ended.has(id)) return [];
      const { title, at, region, since } = one;
      const source = {
        ...{ gas: one.gas, at, rateKgS: gas.assumedKgS, isRateAssumed: true, heightM: USUAL_HEIGHT_M },
        ...{ terrain: 'rural' as const, isLarge: true },
      };
      return [{ id, title, source, incident: one.id, by: null, region, since }];
    });
    return [...byHand, ...own].map((facts) => ({
      ...facts,
      source: corrected(facts.source, this.#fold.corrections.get(facts.id)),
    }));
  }

  #mine(by: HazardActor, id: string): void {
    const run = this.#runs.get(id);
    if (!run) throw new CodedError('request/not-found', `plume ${id}`);
    if (!by.reaches(run.facts.region)) throw new CodedError('request/forbidden', `plume ${id}`);
  }

  #once(
    verb: string,
    asked: { readonly action: string },
    act: (hash: string) => Promise<void>,
  ): Promise<PlumeView> {
    const hash = createHash('sha256')
      .update(`${verb} ${canonicalJson(asked)}`)
      .digest('hex');
    return this.#turns.take(['plumes'], async () => {
      const before = this.#fold.done.get(asked.action);
      if (before && before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      if (!before) {
        await act(hash);
        this.tick({ at: this.#options.clock.now() });
      }
      return this.#view(this.#fold.done.get(asked.action)?.plume ?? '');
    });
  }

  /** Of one that is over: as much as is left to say. */
  #view(id: string): PlumeView {
    const run = this.#runs.get(id);
    if (run) return run.view();
    const source = {
      ...{ gas: '', at: [0, 0] as LonLat, rateKgS: 0, isRateAssumed: false, heightM: 0 },
      ...{ terrain: 'rural' as const, isLarge: false },
    };
    const none = { wind: null, model: null, levels: [], firstZone: null, computedAt: null };
    return { id, title: '', source, ...none, incident: null, by: null, since: 0 };
  }

  async #write(
    by: HazardActor,
    kind: (typeof plumeKinds)[number],
    body: OpenBody | ChangeBody | EndBody,
  ): Promise<void> {
    const entry = await this.#options.log.append({ subject: by.id, kind, body: body as never });
    this.#fold.apply(entry);
  }
}
