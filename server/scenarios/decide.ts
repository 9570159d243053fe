// Does what people decide in a scenario, at its moment, the way the routes do it: checked, on record, and refused where
// the same would be refused to a person of that role. Areas are not asked: a role here stands for whoever has it where it is.
import type { Role } from '../../contracts/records/account.ts';
import type { Decision, DecisionBody } from '../../contracts/records/decision.ts';
import type { Switch } from '../../contracts/records/crisis.ts';
import type { RowChoice } from '../../contracts/records/expectation.ts';
import { actionSchemas, reportSchema } from '../../contracts/records/incident-actions.ts';
import { giveTaskSchema, taskSchemas } from '../../contracts/records/task-actions.ts';
import { closeRoadsSchema, openRoadsSchema } from '../../contracts/records/road.ts';
import { statementSchema } from '../../contracts/records/message.ts';
import { issueSituationSchema } from '../../contracts/records/situation.ts';
import type { Action } from '../access/port.ts';
import type { Clusters } from '../alerts/port.ts';
import type { Actor, Incidents } from '../command/port.ts';
import type { CrisisActor, CrisisDesk } from '../crisis/port.ts';
import type { Messages } from '../outbound/port.ts';
import type { Roads } from '../roads/port.ts';
import type { Situations } from '../situations/port.ts';
import type { JudgedWorld } from './judge.ts';
import { keyOfMeant } from './meant-row.ts';
import { actionOf } from './read-decisions.ts';

/** What is decided on. */
export interface DecidedWorld {
  readonly seen: Pick<JudgedWorld, 'rows' | 'evidence'>;
  readonly crisis: Pick<CrisisDesk, 'propose' | 'approve' | 'standing'>;
  readonly incidents: Pick<Incidents, 'find' | 'view' | 'report' | 'fromRow' | 'act' | 'tasks'>;
  readonly clusters: Pick<Clusters, 'confirm' | 'merge'>;
  readonly situations: Pick<Situations, 'issue'>;
  readonly messages: Pick<Messages, 'publish' | 'act'>;
  readonly roads: Pick<Roads, 'close' | 'open'>;
  /** Whether a role has the right to it in the mode that is on. */
  readonly may: (role: Role, action: Action) => boolean;
  /** Epoch ms on the clock of the world. */
  readonly now: () => number;
}

/** A decision that was refused: when, seconds from the start, what, and why. */
export interface Refused {
  readonly atS: number;
  readonly kind: string;
  readonly reason: string;
}

type Of<K extends DecisionBody['do']> = Extract<DecisionBody, { do: K }>;

export class Decider {
  readonly #left: Decision[];
  readonly #world: DecidedWorld;
  /** Ids by the names that the scenario gave. */
  readonly #named = new Map<string, number>();
  #done = 0;

  constructor(decisions: readonly Decision[], world: DecidedWorld) {
    this.#left = [...decisions];
    this.#world = world;
  }

  /** The moment of the next one, seconds from the start; Infinity: none is left. */
  get nextS(): number {
    return this.#left[0]?.atS ?? Infinity;
  }

  /** Does what is due; `nowS` never goes back. → what was refused */
  async run(nowS: number): Promise<Refused[]> {
    const refused: Refused[] = [];
    for (let next = this.#left[0]; next && next.atS <= nowS; next = this.#left[0]) {
      this.#left.shift();
      const { atS, body } = next;
      try {
        const action = actionOf(body);
        if (!this.#world.may(body.by, action)) throw new Error(`${body.by} may not ${action} now`);
        await this.#do(body);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        refused.push({ atS, kind: 'step' in body ? `${body.do} ${body.step}` : body.do, reason });
      }
    }
    return refused;
  }

  async #do(body: DecisionBody): Promise<void> {
    switch (body.do) {
      case 'crisis':
        return this.#crisis(body);
      case 'crisis-end':
        return this.#switchMode(body, { verb: 'end', area: body.area });
      case 'incident-from-row':
        return this.#fromRow(body);
      case 'incident-report':
        return this.#report(body);
      case 'incident':
        return this.#step(body);
      case 'give-task':
        return this.#give(body);
      case 'task':
        return this.#stepOfTask(body);
      case 'situation':
        return this.#issue(body);
      case 'draft-statement':
        return this.#draft(body);
      case 'approve-statement': {
        const said = { verb: 'approve', asked: {} } as const;
        return void (await this.#world.messages.act(actor(body.by), this.#idOf(body.of), said));
      }
      case 'close-roads':
        return this.#closeRoads(body);
      case 'open-roads':
        return this.#openRoads(body);
      case 'confirm-cluster':
        return void (await this.#world.clusters.confirm(body.by, {
          id: this.#keyOf('cluster', body),
          reason: body.reason,
        }));
      case 'merge-clusters':
        return void (await this.#world.clusters.merge(body.by, {
          id: this.#keyOf('cluster', body),
          into: this.#keyOf('cluster', { where: body.into }),
          reason: body.reason,
        }));
    }
  }

  async #crisis(body: Of<'crisis'>): Promise<void> {
    const { area, responseLevel, forS, of, reason, name, kind } = body;
    const incident = of === undefined ? null : this.#idOf(of);
    const { kind: itsKind = 'rescue' } = (incident !== null && this.#world.incidents.find(incident)) || {};
    const isOn = this.#world.crisis.standing().some((one) => one.area === area);
    await this.#switchMode(body, {
      ...{ verb: isOn ? 'change' : 'begin', area, incident, scene: '', plans: [] },
      name: name ?? (reason.split(/[，。]/)[0] ?? reason).slice(0, 40),
      responses: responseLevel === null ? [] : [{ kind: kind ?? itsKind, level: responseLevel }],
      until: this.#world.now() + forS * 1000,
    });
  }

  /** Proposed by one role and approved by another, as people do it. */
  async #switchMode({ by, proposedBy, reason }: Of<'crisis' | 'crisis-end'>, change: Switch): Promise<void> {
    const { crisis, may } = this.#world;
    const proposer = proposedBy ?? (by === 'duty-chief' ? 'duty-officer' : 'duty-chief');
    if (!may(proposer, 'propose-mode')) throw new Error(`${proposer} may not propose-mode now`);
    const who = (role: Role): CrisisActor => ({ ...actor(role), mayDecide: may(role, 'approve-mode') });
    const asked = { action: this.#action(), reason, change };
    const { proposals } = await crisis.propose(who(proposer), asked);
    const [newest] = proposals;
    if (newest?.by !== proposer) throw new Error('the proposal is not there');
    await crisis.approve(who(by), newest.id, { action: this.#action(), reason });
  }

  async #fromRow({ by, as, layer, where, nearest, kind, title }: Of<'incident-from-row'>): Promise<void> {
    const key = this.#keyOf(layer, { where, nearest });
    const asked = { action: this.#action(), layer, key, kind, title };
    this.#named.set(as, idOf(await this.#world.incidents.fromRow(actor(by), asked)));
  }

  async #report({ by, as, do: _, ...rest }: Of<'incident-report'>): Promise<void> {
    const asked = reportSchema.parse({ action: this.#action(), ...rest });
    this.#named.set(as, idOf(await this.#world.incidents.report(actor(by), asked)));
  }

  async #step({ by, of, step, said, row }: Of<'incident'>): Promise<void> {
    const { incidents } = this.#world;
    const id = this.#idOf(of);
    const seen = incidents.find(id)?.seq;
    const named = step === 'assign' && said['unit'] === undefined ? this.#suggested(id) : {};
    const cited = row ? { layer: row.layer, key: this.#keyOf(row.layer, row) } : {};
    const asked = actionSchemas[step].parse({ ...named, ...said, ...cited, action: this.#action(), seen });
    idOf(await incidents.act(actor(by), id, { verb: step, asked }));
  }

  /** Who handles it by the rules of the city. */
  #suggested(id: number): { unit: string; assisting: string[] } {
    const { unit, assisting } = this.#world.incidents.view(id, []).suggested;
    return { unit: unit.id, assisting: assisting.map((one) => one.id) };
  }

  async #give({ by, of, as, withinS, do: _, ...rest }: Of<'give-task'>): Promise<void> {
    const { incidents, now } = this.#world;
    const incident = this.#idOf(of);
    const dueAt = withinS === undefined ? null : now() + withinS * 1000;
    const seen = incidents.find(incident)?.seq;
    const asked = giveTaskSchema.parse({ ...rest, dueAt, action: this.#action(), seen });
    this.#named.set(as, idOf(await incidents.tasks.give(actor(by), incident, asked)));
  }

  async #stepOfTask({ by, of, step, said }: Of<'task'>): Promise<void> {
    const { tasks } = this.#world.incidents;
    const id = this.#idOf(of);
    const seen = tasks.view(id, everywhere).task.seq;
    const asked = taskSchemas[step].parse({ ...said, action: this.#action(), seen });
    idOf(await tasks.act(actor(by), id, { verb: step, asked }));
  }

  async #issue({ by, of, do: _, ...rest }: Of<'situation'>): Promise<void> {
    const incident = this.#idOf(of);
    const asked = issueSituationSchema.parse({ ...rest, incident, action: this.#action() });
    await this.#world.situations.issue(actor(by), asked);
  }

  async #draft({ by, as, of, text, facts: wanted }: Of<'draft-statement'>): Promise<void> {
    const incident = this.#idOf(of);
    const taken = [...this.#world.seen.evidence(String(incident))];
    const facts = wanted.map(({ layer, where }) => {
      const rows = taken.filter((one) => one.layer === layer).map(({ row }) => row);
      const key = keyOfMeant(rows, { where });
      if (key === null) throw new Error(`no evidence of ${layer} fits: cite it before`);
      return { layer, key };
    });
    const asked = statementSchema.parse({ action: this.#action(), incident, text, facts });
    this.#named.set(as, (await this.#world.messages.publish(actor(by), asked)).id);
  }

  async #closeRoads({ by, as, of, ring, reason }: Of<'close-roads'>): Promise<void> {
    const about = of === undefined ? {} : { incident: this.#idOf(of) };
    const asked = closeRoadsSchema.parse({ action: this.#action(), ring, reason, ...about });
    const { id } = await this.#world.roads.close(actor(by), asked);
    this.#named.set(as, Number(id.slice('hand/'.length)));
  }

  async #openRoads({ by, of, reason }: Of<'open-roads'>): Promise<void> {
    const asked = openRoadsSchema.parse({ action: this.#action(), reason });
    await this.#world.roads.open(actor(by), this.#idOf(of), asked);
  }

  #keyOf(layer: string, choice: RowChoice): string {
    const key = keyOfMeant(this.#world.seen.rows(layer) ?? [], choice);
    if (key === null) throw new Error(`no row of ${layer} fits`);
    return key;
  }

  #idOf(name: string): number {
    const id = this.#named.get(name);
    if (id === undefined) throw new Error(`${name} is not there: what should have made it was refused`);
    return id;
  }

  #action(): string {
    this.#done += 1;
    return `decision-${this.#done}`;
  }
}

const everywhere = (): boolean => true;
const actor = (id: string): Actor => ({ id, reaches: everywhere });

type Done = { readonly outcome: string; readonly id: number; readonly why?: string };

/** @throws Error with the reason where nothing was done */
function idOf({ outcome, id, why }: Done): number {
  if (outcome === 'done' || outcome === 'again') return id;
  throw new Error(why ?? outcome);
}
