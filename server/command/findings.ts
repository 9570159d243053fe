// What rules, rows, units and the calendar say about an action before it is written. It stands in the entry from then on.
import { CodedError } from '../../contracts/errors.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';
import type { FileRef, Incident, UnitRef, Verb } from '../../contracts/records/incident.ts';
import { gradeReason } from './checks.ts';
import type { EntryBody, Found } from './fold.ts';
import { applyEntry } from './fold.ts';
import type { IncidentTargets } from './port.ts';
import type { CommandCity } from './responsibilities.ts';
import { Units } from './responsibilities.ts';
import { briefDueAt, dueAt } from './time-standards.ts';
import type { WorkingCalendar } from './working-time.ts';
import { WorkingTime } from './working-time.ts';

export type Said = Readonly<Record<string, unknown>>;

export interface Acting {
  readonly by: string;
  readonly verb: Verb;
  readonly body: EntryBody;
  /** City clock, epoch ms. */
  readonly now: number;
}

export class Findings {
  readonly units: Units;
  readonly time: WorkingTime;
  readonly #city: CommandCity;
  readonly #targets: IncidentTargets;

  /** @throws Error naming what responsibilities.yaml misses */
  constructor(city: CommandCity & { readonly calendar: WorkingCalendar }, targets: IncidentTargets) {
    this.#city = city;
    this.#targets = targets;
    this.units = new Units(city);
    this.time = new WorkingTime(city.calendar, city.responsibilities.hours);
  }

  /** When a report has to be accepted, epoch ms. */
  acceptBy(urgent: boolean, now: number): number | null {
    return dueAt(this.#city.responsibilities, this.time, { stage: 'reported', urgent, since: now });
  }

  /** @throws CodedError request/invalid for one that was not sent before */
  filesOf({ files }: Said): readonly FileRef[] {
    return ((files ?? []) as readonly string[]).map((hash) => {
      const found = this.#targets.file(hash);
      if (!found)
        throw new CodedError(
          'request/invalid',
          `files: ${hash} was not sent: POST /api/incidents/files first`,
        );
      return found;
    });
  }

  /** @param nextNumber of an incident that begins now. @throws CodedError request/invalid, request/not-found */
  foundFor(
    incident: Incident,
    { verb, said }: { readonly verb: Verb; readonly said: Said },
    nextNumber: () => string,
  ): Found {
    const unit = (): UnitRef => this.units.unit(String(said['unit']));
    switch (verb) {
      case 'grade':
      case 'escalate': {
        const facts = { ...incident.facts, ...((said['facts'] ?? {}) as Incident['facts']) };
        const grade = said['grade'] as NonNullable<Incident['grade']>;
        const reason = gradeReason({ kind: incident.kind, facts }, { grade, reason: String(said['reason']) });
        return { gradeReason: reason, ...(verb === 'escalate' ? { desk: this.units.unit('city') } : {}) };
      }
      case 'assign': {
        const assisting = (said['assisting'] as readonly string[]).map((id) => this.units.unit(id));
        return { unit: unit(), assisting };
      }
      case 'hand-over':
        return isWithUnit(incident) ? { unit: unit() } : { desk: unit() };
      case 'amend':
        return said['position'] === undefined
          ? {}
          : { region: this.#targets.regionAt(said['position'] as Incident['position']) };
      case 'cite':
        return { evidence: this.#targets.copyRow(String(said['layer']), String(said['key'])).evidence };
      case 'answer':
      case 'note':
        return { files: this.filesOf(said) };
      case 'split':
        return said['part'] === undefined ? { no: nextNumber() } : {};
      default:
        return {};
    }
  }

  /** When what follows is due, out of what the incident would be after the entry. `others`: those it may touch too. */
  timesOf(before: Incident, others: readonly Incident[], { by, verb, body, now }: Acting): Found {
    const rules = this.#city.responsibilities;
    const trial = new Map([before, ...others].map((one) => [one.id, one]));
    const seq = Math.max(...[before, ...others].map((one) => one.seq)) + 1;
    const [, other] = applyEntry(trial, entryOf({ by, verb, body, now }, seq));
    const after = trial.get(before.id) as Incident;
    const part = verb === 'split' && other !== undefined ? trial.get(other) : undefined;
    const moved = after.stage !== before.stage || verb === 'hand-over';
    const due = (of: Incident): number | null => dueAt(rules, this.time, { ...of, since: of.stageAt });
    const brief = after.log.findLast((line) => line.verb === 'brief');
    const last = brief ? { brief: String(brief.said['brief']), at: brief.knownAt } : null;
    return {
      ...(moved || after.urgent !== before.urgent ? { dueAt: due(after) } : {}),
      ...(part ? { partDueAt: due(part) } : {}),
      briefDueAt: briefDueAt(rules, { ...after, last }),
      ...(moved && before.dueAt !== null && body.happenedAt > before.dueAt ? { late: true } : {}),
    };
  }
}

const isWithUnit = ({ stage }: Incident): boolean => stage === 'assigned' || stage === 'handling';

function entryOf({ by, verb, body, now }: Acting, seq: number): LogEntry {
  return {
    seq,
    world: '',
    subject: by,
    knownAt: now,
    kind: `incident/${verb}`,
    body: body as unknown as LogEntry['body'],
    prevHash: '',
  };
}
