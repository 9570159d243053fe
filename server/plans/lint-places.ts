// Places and teams of a plan against the city: what is not there, shelters that are not safe, teams with two jobs. Pure.
import type { LonLat } from '../../contracts/column.ts';
import type { PlanStep } from '../../contracts/records/plan.ts';
import { grades } from '../../contracts/records/incident.ts';
import { hazardTitles } from '../../contracts/records/plan.ts';
import type { LintParts } from './finding.ts';
import { error, words } from './finding.ts';
import type { HazardZone, PlanPlace } from './port.ts';
import { stepsAt, timesOf } from './schedule.ts';

/** Metres of one degree of latitude. */
const DEGREE_M = 111_320;

export function lintPlaces({ plan, ground, found }: LintParts): void {
  for (const { id, clause, places, resources } of plan.steps) {
    for (const part of ['places', 'resources'] as const) {
      for (const name of part === 'places' ? places : resources) {
        const at = { clause, where: `steps.${id}.${part}` };
        const place = ground.places.get(name);
        if (!place) {
          found(
            error(part === 'places' ? 'place-unknown' : 'resource-unknown', at, [
              words(
                `步骤“${id}”的“${name}”不在本市地点表中`,
                `“${name}” of step “${id}” is no place of this city`,
              ),
              words('改为地点表中的编号', 'Use the id of a place of the city'),
            ]),
          );
        } else if (place.kind === 'shelter') {
          const zone = unsafeBecause(place, plan.hazard, ground.hazards);
          if (zone)
            found(
              error('shelter-in-hazard', at, [
                words(`安置点${place.name.zh}${zone.zh}`, `Shelter ${place.name.en} ${zone.en}`),
                words('改用危险区外的安置点', 'Use a shelter outside of it'),
              ]),
            );
        }
      }
    }
  }
}

/** Why people are not to be brought there; null: nothing speaks against it. */
function unsafeBecause(
  { notFor, position }: PlanPlace,
  hazard: HazardZone['hazard'],
  zones: readonly HazardZone[],
): { readonly zh: string; readonly en: string } | null {
  if (notFor.includes(hazard)) {
    const { zh, en } = hazardTitles[hazard];
    return {
      zh: `不适用于${zh}避险（地点表注明）`,
      en: `is not for ${en.toLowerCase()}, as the city says of it`,
    };
  }
  for (const zone of zones) {
    if (!counts(zone, hazard)) continue;
    const metres = Math.round(distanceM(position, zone.centre));
    if (metres <= zone.radiusM)
      return {
        zh: `距${zone.name.zh} ${metres} 米，在其 ${zone.radiusM} 米危险区内`,
        en: `lies ${metres} m from ${zone.name.en}, inside its zone of ${zone.radiusM} m`,
      };
  }
  return null;
}

/** Rain brings slopes down: a flood plan keeps away from them as well. */
const counts = ({ hazard: of }: HazardZone, hazard: HazardZone['hazard']): boolean =>
  of === hazard || (of === 'landslide' && (hazard === 'flood' || hazard === 'earthquake'));

export function distanceM(a: LonLat, b: LonLat): number {
  const east = (b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180);
  return Math.hypot(east, b[1] - a[1]) * DEGREE_M;
}

/** Two steps overlap in time by the plan, use the same team, and are done in different places. */
export function lintTeams({ plan, ground, found }: LintParts): void {
  const told = new Set<string>();
  for (const level of grades.filter((one) => plan.levels[one])) {
    const steps = stepsAt(plan, level);
    const times = timesOf(steps);
    const span = ({ id }: PlanStep): readonly [number, number] => {
      const time = times.get(id);
      const start = time?.startMin ?? 0;
      return [start, time?.dueMin ?? start];
    };
    for (const [at, step] of steps.entries()) {
      for (const team of step.resources) {
        const place = ground.places.get(team);
        if (!place || place.atOnce === Infinity) continue;
        const others = steps.filter(
          (other, i) => i !== at && other.resources.includes(team) && overlap(span(step), span(other)),
        );
        const elsewhere = others.filter((other) => other.places[0] !== step.places[0]);
        const last = elsewhere.filter((other) => steps.indexOf(other) < at);
        if (elsewhere.length + 1 <= place.atOnce || last.length === 0) continue;
        const key = `${step.id} ${team}`;
        if (told.has(key)) continue;
        told.add(key);
        const names = last.map(({ id }) => id).join('、');
        found(
          error('team-booked-twice', { clause: step.clause, where: `steps.${step.id}.resources` }, [
            words(
              `${place.name.zh}在“${step.id}”的时段内已用于“${names}”（地点不同）`,
              `${place.name.en} has “${names}” to do, elsewhere, at the time of “${step.id}”`,
            ),
            words('换一支队伍，或让一步等待另一步', 'Use another team, or let one step wait for the other'),
          ]),
        );
      }
    }
  }
}

const overlap = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[1] && b[0] < a[1];
