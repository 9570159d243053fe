// /api/duty: rosters, who is on duty, hand-overs (docs/duty.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { RosterShift } from '../../contracts/records/duty.ts';
import {
  countedKinds,
  dutyUnit,
  handOverSchema,
  rosterSchema,
  rosterTrySchema,
  rosterUndoSchema,
  signSchema,
} from '../../contracts/records/duty.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Allow, Subject } from '../access/port.ts';
import type { Bulletins, Duty, DutyActor } from '../duty/port.ts';
import type { Papers } from '../papers/port.ts';
import { checked } from './body.ts';
import { paperQuery, sendPaper } from './papers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'duty', id: '*', label: 'internal' }) as const;
const id = z.coerce.number().int().positive();
export const actorOf = ({ id: one, areas }: Subject): DutyActor => ({
  id: one,
  reaches: reachesOf(areas),
});

interface DutyRouteParts {
  readonly allow: Allow;
  readonly duty: Duty;
  readonly bulletins: Bulletins;
  readonly papers: Papers;
}

export function dutyRoutes(parts: DutyRouteParts): Route[] {
  const { duty } = parts;
  return [...readRoutes(duty), ...rosterRoutes(duty), ...handOverRoutes(duty), ...bulletinRoutes(parts)];
}

const moment = z.coerce.number().int().describe('epoch ms');
const stretch = {
  from: moment.optional().describe('epoch ms; since the shift that runs began where absent'),
  to: moment.optional().describe('epoch ms; now where absent'),
};
function bulletinRoutes({ allow, bulletins, papers }: DutyRouteParts): Route[] {
  const read = { method: 'get', action: 'read-duty', about } as const;
  return [
    route({
      ...read,
      path: '/api/duty/bulletin',
      title: title('值班要报', 'What happened in a stretch of time, counted out of the logs'),
      query: z.strictObject(stretch),
      answer: async ({ subject, query }, response) => {
        response.json(await bulletins.bulletin(actorOf(subject), query));
      },
    }),
    route({
      ...read,
      path: '/api/duty/entries',
      title: title('要报数字的出处', 'The entries a number of the bulletin counts'),
      query: z.strictObject({
        kind: z.enum(countedKinds),
        from: moment,
        to: moment,
        field: z.enum(['severity', 'layer']).optional(),
        value: z.string().max(60).optional(),
      }),
      answer: async ({ subject, query }, response) => {
        const found = await bulletins.entries(actorOf(subject), query);
        const entries = found.map(({ seq, kind, subject: by, knownAt }) => ({ seq, kind, by, knownAt }));
        response.json({ entries });
      },
    }),
    route({
      ...read,
      path: '/api/duty/bulletin/file',
      action: 'export',
      audit: 'view',
      title: title('值班要报（Word 或 PDF）', 'The bulletin as Word or PDF'),
      answers: { type: 'application/pdf' },
      query: paperQuery.extend(stretch),
      answer: async ({ subject, query: { from, to, ...ask } }, response) => {
        if (!allow(subject, 'read-duty', about())) throw new CodedError('request/forbidden', 'duty');
        sendPaper(response, await papers.bulletin(subject, { from, to }, ask));
      },
    }),
  ];
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
      answer: async ({ subject, body, tell }, response) => {
        const before = rosterOf(duty, subject, body);
        const said = await duty.setRoster(actorOf(subject), body);
        tell(`${slotText(body)}: ${peopleText(before)} → ${peopleText(said)} (${body.reason ?? '–'})`);
        response.status(201).json(said);
      },
    }),
    route({
      ...keep,
      path: '/api/duty/roster/preview',
      title: title('排班的影响', 'What a roster would change, and who has too little rest'),
      audit: 'none',
      body: rosterTrySchema,
      answer: ({ subject, body }, response) => {
        response.json(duty.tryRoster(actorOf(subject), body));
      },
    }),
    route({
      ...keep,
      path: '/api/duty/roster/undo',
      title: title('撤销排班', 'Takes the last version of a shift back'),
      answers: { status: 201 },
      body: rosterUndoSchema,
      answer: async ({ subject, body, tell }, response) => {
        const before = rosterOf(duty, subject, body);
        const roster = await duty.undoRoster(actorOf(subject), body);
        tell(`undo ${slotText(body)}: ${peopleText(before)} → ${peopleText(roster)} (${body.reason})`);
        response.status(201).json({ roster });
      },
    }),
  ];
}

type Slot = Pick<RosterShift, 'unit' | 'day' | 'shift'>;
const slotText = ({ unit, day, shift }: Slot): string => `${unit} ${day} ${shift}`;
const peopleText = (roster: RosterShift | null): string =>
  (roster?.people ?? []).map(({ name, post }) => `${name} ${post}`).join(', ') || '–';
const rosterOf = (duty: Duty, subject: Subject, { unit, day, shift }: Slot): RosterShift | null =>
  duty
    .rosters(actorOf(subject), { from: day, to: day })
    .find((one) => one.unit === unit && one.shift === shift) ?? null;

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
