// All streams of a world and the groups of clients that want the same ones. A packet is built and deflated once a
// group and tick; everybody in the group is sent the same bytes.
import type { Label } from '../../contracts/column.ts';
import { joinFrames } from '../../contracts/packet.ts';
import type { RateStep } from '../../contracts/wire.ts';
import { pack } from '../kit/packed.ts';
import type { World } from '../state/port.ts';
import type { Cells } from './cells.ts';
import type { Prepared } from './prepared.ts';
import { prepare } from './prepared.ts';
import { RESUME_S, Stream } from './stream.ts';

/** One stream as a client asks for it. */
export interface Wanted {
  readonly layer: string;
  readonly label: Label;
  readonly rateS: RateStep;
  /** Indices into the cells. */
  readonly cells: ReadonlySet<number>;
}

interface Selection {
  readonly stream: Stream;
  readonly cells: ReadonlySet<number>;
}

/** Clients with the same subscription. */
export interface Group {
  readonly signature: string;
  readonly selections: ReadonlyMap<string, Selection>;
  members: number;
  keyPacket: { readonly tick: number; readonly packet: Prepared } | null;
  /** Gaps that end with `tick`, by the tick they begin after: those who were cut off together come back together. */
  gaps: { readonly tick: number; readonly bySince: Map<number, Prepared> };
}

/** What one group is sent in a tick. */
export interface GroupPacket {
  readonly group: Group;
  readonly packet: Prepared;
}

export class StreamHub {
  readonly #world: World;
  readonly #cells: Cells;
  readonly #ticksPerS: number;
  readonly #now: () => number;
  readonly #streams = new Map<string, Stream>();
  readonly #groups = new Map<string, Group>();

  constructor(
    world: World,
    cells: Cells,
    timing: { readonly ticksPerS: number; readonly now: () => number },
  ) {
    this.#world = world;
    this.#cells = cells;
    this.#ticksPerS = timing.ticksPerS;
    this.#now = timing.now;
  }

  get streams(): number {
    return this.#streams.size;
  }

  get groups(): number {
    return this.#groups.size;
  }

  /** Encodes the due streams → one packet for each group that has news. */
  tick(tick: { number: number; at: number }): GroupPacket[] {
    for (const [name, stream] of this.#streams) {
      if (stream.listeners === 0 && tick.number - stream.idleSince > RESUME_S * this.#ticksPerS)
        this.#streams.delete(name);
      else stream.tick(tick);
    }
    const packets: GroupPacket[] = [];
    for (const group of this.#groups.values()) {
      const frames = [...group.selections.values()].flatMap(({ stream, cells }) =>
        stream.now.filter(({ cell }) => cells.has(cell)).map(({ bytes }) => bytes),
      );
      if (frames.length === 0) continue;
      packets.push({ group, packet: prepare(pack(joinFrames(tick.number, frames), 'quick')) });
    }
    return packets;
  }

  /** Joins the group of a subscription, which is made when nobody had the same. Leave it with `leave`. */
  join(wanted: readonly Wanted[]): Group {
    const named = new Map(wanted.map((want) => [`${want.layer}|${want.label}|${want.rateS}`, want]));
    const signature = [...named]
      .map(([name, { cells }]) => `${name}|${[...cells].sort((a, b) => a - b).join('.')}`)
      .sort()
      .join(';');
    let group = this.#groups.get(signature);
    if (!group) {
      const selections = new Map([...named].map(([name, want]) => [name, this.#select(name, want)]));
      group = { signature, selections, members: 0, keyPacket: null, gaps: { tick: -1, bySince: new Map() } };
      this.#groups.set(signature, group);
      for (const { stream } of selections.values()) stream.listeners += 1;
    }
    group.members += 1;
    return group;
  }

  leave(group: Group): void {
    group.members -= 1;
    if (group.members > 0) return;
    this.#groups.delete(group.signature);
    for (const { stream } of group.selections.values()) {
      stream.listeners -= 1;
      stream.idleSince = this.#world.tick;
    }
  }

  /** The whole state of a group, packed once a tick: for those who just came or fell behind. */
  keyPacket(group: Group): Prepared {
    const number = this.#world.tick;
    if (group.keyPacket?.tick === number) return group.keyPacket.packet;
    const tick = { number, at: this.#now() };
    const frames = [...group.selections.values()].flatMap(({ stream, cells }) => stream.keys(cells, tick));
    const packet = prepare(pack(joinFrames(number, frames)));
    group.keyPacket = { tick: number, packet };
    return packet;
  }

  /** What changed since a tick where every stream still has it, or null: then a key packet is due. Packed once. */
  gapPacket(group: Group, since: number): Prepared | null {
    const { tick } = this.#world;
    if (group.gaps.tick !== tick) group.gaps = { tick, bySince: new Map() };
    const made = group.gaps.bySince.get(since);
    if (made) return made;
    const selections = [...group.selections.values()];
    if (since > tick || !selections.every(({ stream }) => stream.canResume(since))) return null;
    const frames = selections.flatMap(({ stream, cells }) => stream.since(since, cells));
    const packet = prepare(pack(joinFrames(tick, frames)));
    group.gaps.bySince.set(since, packet);
    return packet;
  }

  /** Key frames of the selections of `group` that `before` did not have, or null where nothing is new. */
  growthPacket(group: Group, before: Group): Prepared | null {
    const tick = { number: this.#world.tick, at: this.#now() };
    const frames: Uint8Array[] = [];
    for (const [name, { stream, cells }] of group.selections) {
      const had = before.selections.get(name);
      const added =
        had?.stream === stream ? new Set([...cells].filter((cell) => !had.cells.has(cell))) : cells;
      frames.push(...stream.keys(added, tick));
    }
    return frames.length === 0 ? null : prepare(pack(joinFrames(tick.number, frames)));
  }

  #select(name: string, want: Wanted): Selection {
    let stream = this.#streams.get(name);
    if (!stream) {
      const held = this.#world.layers.get(want.layer);
      if (!held) throw new Error(`stream ${name}: the layer is not loaded`);
      const options = {
        ...want,
        world: this.#world.facts.id,
        ticksPerS: this.#ticksPerS,
        cells: this.#cells,
      };
      stream = new Stream(held.table, options, { number: this.#world.tick, at: this.#now() });
      this.#streams.set(name, stream);
    }
    return { stream, cells: want.cells };
  }
}
