// /api/headquarters, /api/task-board, /api/roll-calls, /api/crisis/room: who commands, what is to be done, who is there.
import { z } from 'zod';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { HeadquartersView } from '../../contracts/records/headquarters.ts';
import {
  answerCallSchema,
  endCallSchema,
  rollCallSchema,
  seatSchema,
} from '../../contracts/records/headquarters.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { AccessObject, Action, Subject } from '../access/port.ts';
import type { CommandActor, CommandDesk } from '../headquarters/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** Names of people stand in it. */
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'crisis',
  id: asked,
  label: 'internal',
});
const id = z.coerce.number().int().positive();
const actorOf = ({ id: name, areas }: Subject): CommandActor => ({ id: name, reaches: reachesOf(areas) });

export function headquartersRoutes(desk: CommandDesk): Route[] {
  const read = { method: 'get', action: 'read-headquarters', about, query: null } as const;
  return [
    route({
      ...read,
      path: '/api/headquarters',
      title: title('指挥部、应急中心与点名', 'Headquarters, emergency centres, roll-calls'),
      answer: ({ subject }, response) => {
        response.json(desk.view(actorOf(subject)));
      },
    }),
    route({
      ...read,
      path: '/api/task-board',
      action: 'read-incidents',
      title: title('任务看板', 'Open tasks of every open incident, with their working groups'),
      answer: ({ subject }, response) => {
        response.json({ tasks: desk.board(actorOf(subject)) });
      },
    }),
    route({
      ...read,
      path: '/api/crisis/room',
      // Counts and offices, and no person: the wall shows them.
      action: 'read-boards',
      about: () => ({ kind: 'crisis', id: 'room' }),
      title: title('战时大屏', 'What a wall shows of a crisis'),
      answer: (_asked, response) => {
        response.json(desk.room());
      },
    }),
    change('/api/headquarters/seats', {
      title: title('任命、交接或代理', 'Appoints, hands over, names a stand-in'),
      action: 'keep-headquarters',
      body: seatSchema,
      act: (by, asked) => desk.seat(by, asked),
    }),
    change('/api/roll-calls', {
      title: title('点名', 'Calls the roll'),
      action: 'keep-headquarters',
      body: rollCallSchema,
      act: (by, asked) => desk.call(by, asked),
    }),
    change('/api/roll-calls/:id/answer', {
      title: title('应答点名', 'Answers a roll-call for a unit'),
      action: 'answer-roll-call',
      body: answerCallSchema,
      act: (by, asked, call) => desk.answer(by, call, asked),
    }),
    change('/api/roll-calls/:id/end', {
      title: title('结束点名', 'Ends a roll-call'),
      action: 'keep-headquarters',
      body: endCallSchema,
      act: (by, asked, call) => desk.end(by, call, asked),
    }),
  ];
}

interface Change<B> {
  readonly title: Title;
  readonly action: Action;
  readonly body: z.ZodType<B>;
  readonly act: (by: CommandActor, asked: B, id: number) => Promise<HeadquartersView>;
}

function change<B>(path: string, { act, ...facts }: Change<B>): Route {
  return route<undefined, B>({
    ...{ method: 'post', path, answers: { status: 201 }, about, query: null, ...facts },
    answer: async ({ subject, params, body }, response) => {
      const of = params['id'] === undefined ? 0 : checked(params['id'], id, 'id');
      response.status(201).json(await act(actorOf(subject), body, of));
    },
  });
}
