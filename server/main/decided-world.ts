// A world as the script of a scenario sees it: its rows by name, what people hold on record, and the desks its people decide at.
import type { Layer } from '../../contracts/layer.ts';
import { readRights } from '../access/rights.ts';
import type { DecidedWorld } from '../scenarios/decide.ts';
import type { JudgedWorld } from '../scenarios/judge.ts';
import type { OpenWorld } from './world.ts';

type Told = Pick<OpenWorld, 'world' | 'incidents'>;
type Desks = Told & Pick<OpenWorld, 'crisis' | 'alerts' | 'command' | 'roads' | 'outbox'>;

/** @param now epoch ms on the clock of the world */
export function decidedWorldOf(desks: Desks, now: () => number): DecidedWorld {
  const { crisis, incidents, alerts, command, roads, outbox } = desks;
  const rights = readRights();
  const seen = seenOf(desks);
  const isCrisis = (): boolean => [...(seen.rows('mode') ?? [])].some((row) => row['mode'] === 'crisis');
  return {
    ...{ seen, crisis, incidents, roads, now },
    clusters: alerts.clusters,
    situations: command.situations,
    messages: outbox.book,
    may: (role, action) => rights.may(role, action, isCrisis()),
  };
}

/** Head and columns of each row as fields. */
export function seenOf({ world, incidents }: Told): Pick<JudgedWorld, 'rows' | 'evidence'> {
  return {
    evidence: (incident) =>
      (incidents.find(Number(incident))?.evidence ?? []).map(({ values, ...head }) => {
        const layer = world.layers.get(head.layer)?.layer;
        return { layer: head.layer, row: { ...head, ...(layer ? withFlags(layer, values) : values) } };
      }),
    rows: (slug) => {
      const table = world.layers.get(slug)?.table;
      if (!table) return null;
      return [...table.rows()].map(({ values, ...head }) => ({ ...head, ...withFlags(table.layer, values) }));
    },
  };
}

/** Flags as the names of those that are set; everything else as it is. */
function withFlags(layer: Layer, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = { ...values };
  for (const [name, column] of Object.entries(layer.columns)) {
    const mask = values[name];
    if (column.type !== 'flags' || typeof mask !== 'number') continue;
    named[name] = Object.keys(column.bits).filter((_, bit) => (mask & (1 << bit)) !== 0);
  }
  return named;
}
