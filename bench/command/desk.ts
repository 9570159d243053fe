// A duty officer as the command bench plays one: real requests, each with an action id of its own, counted.
import { randomUUID } from 'node:crypto';
import type { Incident } from '../../contracts/records/incident.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { Outbox } from '../../contracts/records/message.ts';
import type { LogEntry } from '../../contracts/records/log-entry.ts';

export class Desk {
  readonly #url: string;
  /** What a person had to do: every request that changed something. */
  actions = 0;

  constructor(url: string) {
    this.#url = url;
  }

  /** → the incident as it is then. @throws Error with the answer where it was refused */
  async act(path: string, body: object): Promise<IncidentView> {
    this.actions += 1;
    const answer = await fetch(`${this.#url}/api/incidents${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: randomUUID(), ...body }),
    });
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as IncidentView;
  }

  async read<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#url}${path}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** From a call that was just seen to the order to a unit, as the rules suggest: nothing but what has to be said. */
  async carryToOrder(key: string): Promise<Incident> {
    const seen = ({ incident }: IncidentView): LogEntry['seq'] => incident.seq;
    let view = await this.act('/from-row', { layer: 'emergency-call', key });
    const { id } = view.incident;
    view = await this.act(`/${id}/accept`, { seen: seen(view) });
    const { grade, unit, assisting } = view.suggested;
    view = await this.act(`/${id}/grade`, { seen: seen(view), grade });
    const units = { unit: unit.id, assisting: assisting.map((one) => one.id) };
    view = await this.act(`/${id}/assign`, { seen: seen(view), ...units });
    return view.incident;
  }

  /** What was sent, or would have been, of one incident. */
  orders(id: number): Promise<Outbox> {
    return this.read<Outbox>(`/api/outbox?incident=${id}`);
  }
}
