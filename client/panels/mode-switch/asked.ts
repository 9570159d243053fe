// What the form asks for, as the switch the server takes: pure.
import type { Switch } from '../../../contracts/records/crisis.ts';
import type { Grade, IncidentKind } from '../../../contracts/records/incident.ts';

const MINUTE_MS = 60_000;

export interface Asked {
  area: string;
  name: string;
  kind: IncidentKind;
  /** '' : no response is active. */
  level: Grade | '';
  minutes: number;
  /** Id of the incident; null: none. */
  incident: number | null;
  /** Id of the plan; '' : none. */
  plan: string;
  /** Scene of walls; '' : each keeps its own. */
  scene: string;
}

export interface Around {
  /** On the clock of the city, epoch ms. */
  readonly now: number;
  /** The area is in 战时 already: it is changed. */
  readonly isOn: boolean;
  readonly plan: { readonly id: string; readonly inForce: number | null } | undefined;
  readonly reason: string;
}

/** Without a name of its own it is called by the beginning of its reason. */
export function switchOf(asked: Asked, { now, isOn, plan, reason }: Around): Switch {
  const { area, name, kind, level, minutes, incident, scene } = asked;
  const plans =
    plan?.inForce != null && incident !== null && level !== ''
      ? [{ plan: plan.id, version: plan.inForce, level }]
      : [];
  return {
    ...{ verb: isOn ? 'change' : 'begin', area, incident, scene, plans },
    name: (name.trim() || (reason.split(/[，。,.]/)[0] ?? '').trim()).slice(0, 40) || '战时',
    responses: level === '' ? [] : [{ kind, level }],
    until: Math.round(now + minutes * MINUTE_MS),
  };
}
