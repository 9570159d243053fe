// The roads of one world for people: what is closed, what a cut would do, closing and opening by hand, and what can be
// reached in time. Written to the log first, in force then.
import { createHash } from 'node:crypto';
import type { LonLat } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type {
  CloseRoadsRequest,
  CutPreview,
  CutRequest,
  IsolatedPlace,
  OpenRoadsRequest,
  RoadClosure,
  RoadsView,
} from '../../contracts/records/road.ts';
import { canonicalJson } from '../kit/canonical-json.ts';
import type { Clock } from '../kit/clock.ts';
import { Turns } from '../kit/turns.ts';
import type { RecordLog } from '../store/port.ts';
import type { CloseBody, OpenBody } from './closure-fold.ts';
import { ClosureFold, closureKinds } from './closure-fold.ts';
import { kilometresByClass } from './conditions.ts';
import type { RoadGround } from './ground.ts';
import type { RoadActor, Roads } from './port.ts';
import type { ReachArea } from './reach-area.ts';
import { reachAreas } from './reach-area.ts';
import type { RoadNetwork } from './road-network.ts';
import { RoadSearch } from './search.ts';

/** Names of roads that are listed of one closure. */
const MOST_ROADS = 8;

export interface RoadDeskOptions {
  readonly log: RecordLog;
  readonly clock: Clock;
  readonly ground: RoadGround;
  readonly network: RoadNetwork;
  readonly regionAt: (at: LonLat) => string;
  /** Whether there is such an incident, and it is not over. */
  readonly isOpenIncident: (id: number) => boolean;
}

export class RoadDesk implements Roads {
  readonly #options: RoadDeskOptions;
  readonly #fold = new ClosureFold();
  readonly #turns = new Turns();
  readonly #search: RoadSearch;
  readonly #km: ReturnType<typeof kilometresByClass>;

  constructor(options: RoadDeskOptions) {
    this.#options = options;
    this.#search = new RoadSearch(options.ground.graph);
    this.#km = kilometresByClass(options.ground.graph);
  }

  async start(): Promise<void> {
    for await (const entry of this.#options.log.read({ kinds: closureKinds })) this.#fold.apply(entry);
    for (const { id, ring } of this.#fold.closures.values()) this.#apply(id, ring);
  }

  async closeDown(): Promise<void> {
    await this.#turns.settled();
  }

  view(): RoadsView {
    const { ground, network } = this.#options;
    const { graph } = ground;
    const isolated = network.isolated();
    let schematic = 0;
    for (let edge = 0; edge < graph.edges; edge++)
      if (graph.roads[graph.roadOf[edge] as number]?.synthetic) schematic += graph.lengthM[edge] as number;
    return {
      nodes: graph.nodes,
      pieces: graph.edges,
      km: this.#km,
      schematicKm: schematic / 1000,
      measured: network.measured,
      closures: this.closures(isolated),
      isolated,
    };
  }

  closures(isolated: readonly IsolatedPlace[]): RoadClosure[] {
    const { network } = this.#options;
    return [...network.conditions.causes].flatMap((cause): RoadClosure[] => {
      const edges = network.conditions.edgesOf(cause);
      const facts = this.#factsOf(cause);
      if (!edges || !facts) return [];
      const towns = isolated.filter(({ cuts }) => cuts.includes(cause));
      const at = this.#options.ground.grid.middle(edges[edges.length >> 1] as number);
      return [
        {
          ...{ id: cause, ...facts, ...this.#extent(edges), at },
          region: facts.region === '' ? this.#options.regionAt(at) : facts.region,
          isolates: towns.map(({ code }) => code),
          residents: towns.reduce((sum, { residents }) => sum + residents, 0),
        },
      ];
    });
  }

  reach(at: LonLat, minutes: readonly number[]): readonly ReachArea[] {
    const { ground, network } = this.#options;
    return reachAreas({ ground, search: this.#search, conditions: network.conditions }, at, minutes);
  }

  preview({ ring }: CutRequest): CutPreview {
    const { ground, network } = this.#options;
    const edges = ground.grid.inside(ring);
    const isolates = network.wouldIsolate(edges);
    return {
      ...this.#extent(edges),
      pieces: edges.length,
      isolates,
      residents: isolates.reduce((sum, { residents }) => sum + residents, 0),
    };
  }

  close(by: RoadActor, asked: CloseRoadsRequest): Promise<RoadClosure> {
    return this.#once({ verb: 'close', asked }, async (hash) => {
      const { clock, ground, regionAt, isOpenIncident } = this.#options;
      const { action, ring, reason, incident = null } = asked;
      const edges = ground.grid.inside(ring);
      const [first] = edges;
      if (first === undefined)
        throw new CodedError(
          'request/invalid',
          'ring: no road lies in it → draw it over the stretch that is closed',
        );
      const outside = edges.find((edge) => !by.reaches(regionAt(ground.grid.middle(edge))));
      if (outside !== undefined)
        throw new CodedError(
          'request/forbidden',
          `ring: it closes roads of another area (${regionAt(ground.grid.middle(outside))})`,
        );
      if (incident !== null && !isOpenIncident(incident))
        throw new CodedError('request/not-found', `incident ${incident}`);
      const region = regionAt(ground.grid.middle(first));
      const body: CloseBody = {
        ...{ action, hash, ring, reason, incident, region },
        at: asked.happenedAt ?? clock.now(),
      };
      const { seq } = await this.#write(by, 'road/close', body);
      this.#apply(seq, ring);
      return this.#closure(seq);
    });
  }

  open(by: RoadActor, id: number, asked: OpenRoadsRequest): Promise<RoadsView> {
    return this.#once({ verb: `open ${id}`, asked }, async (hash) => {
      const held = this.#fold.closures.get(id);
      if (!held)
        throw new CodedError('request/not-found', `closure ${id}: it does not hold, or was a report`);
      if (!by.reaches(held.region)) throw new CodedError('request/forbidden', `closure ${id}`);
      const { action, reason } = asked;
      const at = asked.happenedAt ?? this.#options.clock.now();
      const body: OpenBody = { action, hash, closure: id, reason, at };
      await this.#write(by, 'road/open', body);
      this.#apply(id, null);
      return this.#closure(id);
    }).then(() => this.view());
  }

  #apply(id: number, ring: readonly LonLat[] | null): void {
    const { ground, network, clock } = this.#options;
    network.conditions.close(`hand/${id}`, ring ? ground.grid.inside(ring) : []);
    network.settle(clock.now());
  }

  /** Of one that is open again: as much as is left to say. */
  #closure(id: number): RoadClosure {
    const isolated = this.#options.network.isolated();
    const found = this.closures(isolated).find((one) => one.id === `hand/${id}`);
    return (
      found ?? {
        ...{ id: `hand/${id}`, cause: 'hand', title: '', roads: [], km: 0, at: [0, 0], region: '' },
        ...{ since: 0, by: null, incident: null, isolates: [], residents: 0 },
      }
    );
  }

  #factsOf(
    cause: string,
  ): Pick<RoadClosure, 'cause' | 'title' | 'since' | 'by' | 'incident' | 'region'> | null {
    const event = this.#options.network.eventOf(cause);
    if (event) {
      const { title, since, region } = event;
      return { cause: 'event', title, since, region, by: null, incident: null };
    }
    const held = this.#fold.closures.get(Number(cause.slice('hand/'.length)));
    if (!held) return null;
    const { reason, at, region, by, incident } = held;
    return { cause: 'hand', title: reason, since: at, region, by, incident };
  }

  #extent(edges: Iterable<number>): { readonly km: number; readonly roads: readonly string[] } {
    const { graph } = this.#options.ground;
    const names = new Set<string>();
    let metres = 0;
    for (const edge of edges) {
      metres += graph.lengthM[edge] as number;
      const road = graph.roads[graph.roadOf[edge] as number];
      names.add([road?.ref, road?.name.zh].filter(Boolean).join(' '));
    }
    return { km: Math.round(metres / 100) / 10, roads: [...names].slice(0, MOST_ROADS) };
  }

  #once(
    { verb, asked }: { readonly verb: string; readonly asked: { readonly action: string } },
    act: (hash: string) => Promise<RoadClosure>,
  ): Promise<RoadClosure> {
    const hash = createHash('sha256')
      .update(`${verb} ${canonicalJson(asked)}`)
      .digest('hex');
    return this.#turns.take(['roads'], async () => {
      const before = this.#fold.done.get(asked.action);
      if (!before) return act(hash);
      if (before.hash !== hash)
        throw new CodedError('request/invalid', `action: ${asked.action} was used for something else`);
      return this.#closure(before.closure);
    });
  }

  async #write(
    by: RoadActor,
    kind: (typeof closureKinds)[number],
    body: CloseBody | OpenBody,
  ): Promise<{ readonly seq: number }> {
    const entry = await this.#options.log.append({ subject: by.id, kind, body: body as never });
    this.#fold.apply(entry);
    return entry;
  }
}
