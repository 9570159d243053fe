// Screens that watch incidents: when each of them showed a revision.
import { io } from 'socket.io-client';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import { wireEvents } from '../../contracts/wire.ts';
import { TrialClient } from '../../server/main/trial-client.ts';
import { monotonicMs } from '../measure.ts';

export class Screens {
  readonly #clients: readonly TrialClient[];
  /** Incident → revision at most shown, per screen. */
  readonly #shown: readonly Map<string, number>[];
  readonly #waiting = new Set<() => void>();

  private constructor(clients: readonly TrialClient[]) {
    this.#clients = clients;
    this.#shown = clients.map(() => new Map());
    for (const [at, client] of clients.entries())
      client.socket.on(wireEvents.frames, () => this.#look(at, client));
  }

  static async open(url: string, count: number): Promise<Screens> {
    const clients = Array.from(
      { length: count },
      () => new TrialClient({ io, url, layers: [incidentLayer] }),
    );
    const screens = new Screens(clients);
    for (const client of clients) {
      await client.connect();
      await client.subscribe();
    }
    return screens;
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  /** → milliseconds since `from` (monotonic) when the last screen shows `revision`; NaN: not within 10 s. */
  shown(id: number, revision: number, from: number): Promise<number> {
    return new Promise((resolve) => {
      const done = (ms: number): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(ms);
      };
      const check = (): void => {
        const isShown = this.#shown.every((of) => (of.get(String(id)) ?? 0) >= revision);
        if (isShown) done(monotonicMs() - from);
      };
      const timer = setTimeout(() => done(NaN), 10_000);
      this.#waiting.add(check);
      check();
    });
  }

  /** After the client itself has taken the packet: its listener came first. */
  #look(at: number, client: TrialClient): void {
    const shown = this.#shown[at] as Map<string, number>;
    for (const { key, values } of client.table(incidentLayer).rows())
      shown.set(key, Number(values['revision'] ?? 0));
    for (const check of this.#waiting) check();
  }
}
