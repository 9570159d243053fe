// What the duty desks had done by the moment of the pictures: said to the server as they say it, action by action.
import { randomUUID } from 'node:crypto';
import type { IncidentSummary } from '../../contracts/records/incident.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import { handled, type Handled } from '../../scripts/shots/pictures.ts';
import { post } from '../kit/processes.ts';

const MINUTE_MS = 60_000;

type Said = Readonly<Record<string, unknown>>;

/** @param url address of the cockpit */
export async function handleIncidents(url: string): Promise<void> {
  const now = await cityClock(url);
  for (const one of handled) await handle(url, one, now);
}

/** @returns epoch ms of the clock of the cockpit */
export async function cityClock(url: string): Promise<number> {
  const response = await fetch(`${url}/health`);
  return ((await response.json()) as { clock: number }).clock;
}

/** @returns the id of what was reported under this title */
export async function incidentOf(url: string, title: string): Promise<number> {
  const response = await fetch(`${url}/api/incidents`);
  const { incidents } = (await response.json()) as {
    incidents: readonly Pick<IncidentSummary, 'id' | 'title'>[];
  };
  const found = incidents.find((one) => one.title === title);
  if (!found) throw new Error(`no incident is called ${title}: it is reported by handleIncidents`);
  return found.id;
}

async function seen(url: string, id: number): Promise<number> {
  const response = await fetch(`${url}/api/incidents/${id}`);
  return ((await response.json()) as IncidentView).incident.seq;
}

async function handle(url: string, one: Handled, now: number): Promise<void> {
  const { kind, title, place, position, urgent = false, facts = {}, unit, tasks = [] } = one;
  const say = async (path: string, said: Said): Promise<IncidentView['incident']> => {
    const answer = await post(`${url}/api/incidents${path}`, { action: randomUUID(), ...said });
    return (answer as IncidentView).incident;
  };
  let it = await say('', { kind, title, place, position, urgent, facts });
  const act = async (verb: string, said: Said = {}): Promise<void> => {
    it = await say(`/${it.id}/${verb}`, { seen: it.seq, ...said });
  };
  await act('accept');
  if (unit === undefined) return;
  await act('grade', { grade: urgent ? 'III' : 'IV', reason: '值班员研判' });
  await act('assign', { unit });
  await act('start');
  for (const { text, unit: whose, dueMin } of tasks) {
    const dueAt = now + dueMin * MINUTE_MS;
    const task = { unit: whose, text, place, position, dueAt };
    await say(`/${it.id}/tasks`, { seen: await seen(url, it.id), ...task });
  }
}
