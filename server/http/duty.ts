// /api/duty: rosters, who is on duty, hand-overs (docs/duty.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import {
  dutyUnit,
  handOverSchema,
  rosterSchema,
  rosterUndoSchema,
  signSchema,
} from '../../contracts/records/duty.ts';
import { isWithin, reachOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { Duty, DutyActor } from '../duty/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'duty', id: '*', label: 'internal' }) as const;
const id = z.coerce.number().int().positive();
export const actorOf = ({ id: one, areas }: Subject): DutyActor => ({
  id: one,
  reaches: (region) => isWithin(reachOf(areas, {}), region),
});

export function dutyRoutes(duty: Duty): Route[] {
  return [...readRoutes(duty), ...rosterRoutes(duty), ...handOverRoutes(duty)];
}

function readRoutes(duty: Duty): Route[] {
  const read = { method: 'get', action: 'read-duty', about } as const;
  return [
    route({
      ...read,
      path: '/api/duty',
      title: title('值班', 'Who is on duty now, shifts, hand-overs'),
      query: null,
      answer: ({ subject }, response) => {
        response.json(duty.view(actorOf(subject)));
      },
    }),
    route({
      ...read,
      path: '/api/duty/roster',
      title: title('值班表', 'Rosters of some days'),
      query: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
      answer: ({ subject, query }, response) => {
        response.json({ rosters: duty.rosters(actorOf(subject), query) });
      },
    }),
    route({
      ...read,
      path: '/api/duty/open',
      title: title('未了事项', 'What goes on now in the area of a unit, for a hand-over'),
      query: z.strictObject({ unit: dutyUnit }),
      answer: ({ subject, query }, response) => {
        response.json({ items: duty.open(actorOf(subject), query.unit) });
      },
    }),
  ];
}

function rosterRoutes(duty: Duty): Route[] {
  const keep = { method: 'post', action: 'keep-roster', about, query: null } as const;
  return [
    route({
      ...keep,
      path: '/api/duty/roster',
      title: title('排班', 'Says who has a shift'),
      answers: { status: 201 },
      body: rosterSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await duty.setRoster(actorOf(subject), body));
      },
    }),
    route({
      ...keep,
      path: '/api/duty/roster/undo',
      title: title('撤销排班', 'Takes the last version of a shift back'),
      answers: { status: 201 },
      body: rosterUndoSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json({ roster: await duty.undoRoster(actorOf(subject), body) });
      },
    }),
  ];
}

function handOverRoutes(duty: Duty): Route[] {
  const hand = { method: 'post', action: 'hand-over-duty', about, query: null } as const;
  return [
    route({
      ...hand,
      path: '/api/duty/hand-overs',
      title: title('交班', 'Hands the shift over, with what is open'),
      answers: { status: 201 },
      body: handOverSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await duty.handOver(actorOf(subject), body));
      },
    }),
    route({
      ...hand,
      path: '/api/duty/hand-overs/:id/sign',
      title: title('接班签收', 'Signs a hand-over: the shift is taken over'),
      answers: { status: 201 },
      body: signSchema,
      answer: async ({ subject, params, body }, response) => {
        const asked = { id: checked(params['id'], id, 'id'), text: body.text };
        response.status(201).json(await duty.takeOver(actorOf(subject), asked));
      },
    }),
  ];
}
