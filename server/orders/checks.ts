// What is checked before an order is written, and what stands in its entry: pure.
import { CodedError } from '../../contracts/errors.ts';
import type { UnitRef } from '../../contracts/records/incident.ts';
import type { IssueRequest, Order } from '../../contracts/records/order.ts';
import type { PackRef } from '../../contracts/records/evidence-pack.ts';
import type { IssueBody } from './fold.ts';
import { regionOfUnit, unitOfAreas } from '../kit/unit-areas.ts';
import { addresseeOf } from './line-of-command.ts';
import type { FindIncident, InForce, OrderActor, OrderGround } from './port.ts';

export interface CheckGround {
  readonly ground: OrderGround;
  readonly incident: FindIncident;
  readonly inForce: InForce;
  readonly now: number;
}

export type Checked = Omit<IssueBody, 'action' | 'hash' | 'evidence' | 'no'>;

/** @throws CodedError request/invalid, …/not-found for an incident elsewhere, …/forbidden for units outside of the area */
export function checkedOrder(by: OrderActor, asked: IssueRequest, at: CheckGround): Checked {
  const { text, urgent, place, position, dueAt, ackMin, work } = asked;
  if (dueAt !== null && dueAt <= at.now)
    throw new CodedError('request/invalid', `dueAt: ${dueAt} has passed: name a later moment`);
  const incident = incidentOf(by, asked, at);
  if (work && !incident)
    throw new CodedError('request/invalid', 'work: an order that gives work names its incident');
  const place_ = position && ([position[0], position[1]] as const);
  return {
    ...{ text, urgent, place, position: place_, dueAt, ackMin, work, incident },
    clause: clauseOf(asked, at),
    from: unitOfAreas(by.areas, at.ground.units),
    to: asked.to.map(({ unit: id, post }) => {
      const unit = unitOf(id, at.ground);
      const region = regionOfUnit(unit, at.ground.cityCode);
      if (!by.reaches(region, [id]))
        throw new CodedError('request/forbidden', `unit ${id}: it is outside of your area`);
      return { ...addresseeOf(unit, post, at.ground), region };
    }),
  };
}

function unitOf(id: string, { units }: OrderGround): UnitRef {
  const found = units.find((unit) => unit.id === id);
  if (!found) throw new CodedError('request/invalid', `to: ${id} is no unit of this city`);
  return found;
}

function incidentOf({ reaches }: OrderActor, asked: IssueRequest, at: CheckGround): Order['incident'] {
  if (asked.incident === null) return null;
  const found = at.incident(asked.incident);
  const units = found?.unit ? [found.unit.id] : [];
  if (!found || !reaches(found.region, units))
    throw new CodedError('request/not-found', `incident ${asked.incident}`);
  return { id: found.id, no: found.no, region: found.region };
}

function clauseOf({ clause }: IssueRequest, { inForce }: CheckGround): Order['clause'] {
  if (!clause) return null;
  const version = inForce(clause.plan);
  if (!version?.plan.clauses.some(({ no }) => no === clause.clause))
    throw new CodedError(
      'request/invalid',
      `clause: plan ${clause.plan} in force has no clause ${clause.clause}`,
    );
  const { plan, clause: no } = clause;
  return { plan, version: version.no, clause: no, title: version.plan.title };
}

export const evidenceOfOrder = ({ id, hash }: PackRef): Order['evidence'] => ({ id, hash });
