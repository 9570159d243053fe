// Which incidents a list holds, and which past ones are like one: pure.
import type { Incident, IncidentSummary } from '../../contracts/records/incident.ts';
import { isOpen, isOverdue, ownerOf } from '../../contracts/records/incident.ts';
import type { IncidentFilter, IncidentPage } from './port.ts';

/** Metres of one degree of latitude. */
const DEGREE_M = 111_320;
/** Beyond it two places tell nothing about each other. */
const NEAR_M = 5000;
/** Most past cases worth reading at once. */
const SIMILAR = 5;
/** Below this nothing but the kind is alike. */
const ALIKE = 0.35;

export function pageOf(all: Iterable<Incident>, filter: IncidentFilter, now: number): IncidentPage {
  const found = [...all].filter((incident) => fits(incident, filter, now));
  found.sort(filter.sort === 'new' ? (a, b) => b.id - a.id : (a, b) => due(a) - due(b) || a.id - b.id);
  return {
    incidents: found.slice(filter.from, filter.from + filter.limit).map(summaryOf),
    total: found.length,
  };
}

const due = ({ dueAt }: Incident): number => dueAt ?? Infinity;

export function summaryOf({
  log: _log,
  tasks: _tasks,
  evidence: _evidence,
  text: _text,
  facts: _facts,
  ...rest
}: Incident): IncidentSummary {
  return rest;
}

function fits(incident: Incident, filter: IncidentFilter, now: number): boolean {
  const { stage, grade, kind, owner, unit, region, open, overdue, supervised, text } = filter;
  const { reportedFrom = -Infinity, reportedTo = Infinity } = filter;
  const asked: readonly boolean[] = [
    stage === undefined || incident.stage === stage,
    grade === undefined || incident.grade === grade,
    kind === undefined || incident.kind === kind,
    owner === undefined || ownerOf(incident).id === owner,
    unit === undefined || incident.unit?.id === unit || incident.assisting.some(({ id }) => id === unit),
    region === undefined || incident.region.startsWith(region),
    open === undefined || isOpen(incident) === open,
    overdue === undefined || isOverdue(incident, now) === overdue,
    supervised === undefined || (incident.supervised !== null) === supervised,
    incident.reportedAt >= reportedFrom && incident.reportedAt < reportedTo,
    text === undefined || `${incident.no} ${incident.title} ${incident.place}`.includes(text),
  ];
  return asked.every(Boolean);
}

/** Closed ones of the same kind that are near or told alike, the most alike first. */
export function similarTo(to: Incident, all: Iterable<Incident>): readonly IncidentSummary[] {
  const wanted = pairsOf(to.title);
  return [...all]
    .filter(
      ({ id, kind, stage }) =>
        id !== to.id && kind === to.kind && (stage === 'closed' || stage === 'archived'),
    )
    .map((other) => ({
      other,
      score: likeness(wanted, pairsOf(other.title)) * 0.6 + nearness(to, other) * 0.4,
    }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || b.other.id - a.other.id)
    .slice(0, SIMILAR)
    .map(({ other }) => summaryOf(other));
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...text];
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`));
}

/** Dice's coefficient of the pairs of letters, 0 to 1: works for Chinese without words. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

function nearness(a: Incident, b: Incident): number {
  if (!a.position || !b.position) return a.region !== '' && a.region === b.region ? 0.5 : 0;
  const [lon, lat] = a.position;
  const east = (b.position[0] - lon) * Math.cos((lat * Math.PI) / 180);
  const metres = Math.hypot(east, b.position[1] - lat) * DEGREE_M;
  return Math.max(0, 1 - metres / NEAR_M);
}

/** What is over stays in the list of incidents, and leaves the map. */
export const isShown = ({ stage }: Incident): boolean => stage !== 'archived' && stage !== 'merged';
