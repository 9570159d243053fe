// The city of the pictures: the same seed, the same evening, the same things happening, however long the machine takes.
import { randomUUID } from 'node:crypto';
import { crisis, happenings, moment } from '../../scripts/shots/pictures.ts';
import { post } from '../kit/processes.ts';
import { StandingCity, type Happening } from '../kit/standing-city.ts';
import { cityClock, handleIncidents, incidentOf } from './shot-incidents.ts';

const MINUTE_MS = 60_000;
/** As long as one may be declared for. */
const CRISIS_MS = 55 * MINUTE_MS;

export type Say = (line: string) => void;

/** What pictures are taken of. */
export interface ShotCity {
  readonly url: string;
  stop(): Promise<void>;
  /** Lets it live on, s; where it does so by itself there is nothing to do. */
  goOn?(seconds: number): Promise<void>;
}

/** @param isFast leaves out the hours before the moment: trends are short, and what happened longer ago did not */
export async function startShotCity(say: Say, isFast: boolean): Promise<ShotCity> {
  const told: readonly Happening[] = [
    ...happenings.map(({ beforeMin, to, body }): Happening => ({
      beforeS: beforeMin * 60,
      happen: ({ control }) => control(`/control/${to}`, body),
    })),
    { beforeS: moment.deskMin * 60, happen: ({ url }) => handleIncidents(url) },
  ];
  return StandingCity.start(
    {
      at: Date.parse(moment.at),
      seed: moment.seed,
      scale: 1,
      closelyS: moment.closelyMin * 60,
      skimmedS: isFast ? 0 : moment.hoursBefore * 3600,
      happenings: told,
    },
    (share) => say(`the city lives: ${Math.floor(10 * share) * 10} %`),
  );
}

/** One county goes into 战时 by the word of the duty officer alone, a while ago. */
export async function goIntoCrisis(city: ShotCity): Promise<void> {
  const { sinceMin, reason, incident: title, ...said } = crisis;
  const incident = await incidentOf(city.url, title);
  const change = { verb: 'begin', ...said, incident, until: (await cityClock(city.url)) + CRISIS_MS };
  await post(`${city.url}/api/crisis/alone`, { action: randomUUID(), reason, change });
  await city.goOn?.(sinceMin * 60);
}
