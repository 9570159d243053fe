// What warnings warn of, in English: the Chinese name is what the sender wrote. The weather signals are those of the China
// Meteorological Administration's order No. 16 and GB/T 27962, the rest those of GB/T 35965.1.
import type { Locale } from '../stores/session.ts';

const english: Readonly<Record<string, string>> = {
  台风: 'Typhoon',
  暴雨: 'Rainstorm',
  暴雪: 'Snowstorm',
  寒潮: 'Cold wave',
  大风: 'Gale',
  沙尘暴: 'Sandstorm',
  高温: 'Heat wave',
  干旱: 'Drought',
  雷电: 'Lightning',
  冰雹: 'Hail',
  霜冻: 'Frost',
  大雾: 'Heavy fog',
  霾: 'Haze',
  道路结冰: 'Road icing',
  雷暴大风: 'Thunderstorm gale',
  雷雨大风: 'Thunderstorm gale',
  强对流: 'Severe convection',
  强降雨: 'Heavy rain',
  低温: 'Low temperature',
  洪水: 'Flood',
  山洪: 'Flash flood',
  内涝: 'Waterlogging',
  地质: 'Geological hazard',
  滑坡: 'Landslide',
  泥石流: 'Debris flow',
  崩塌: 'Rockfall',
  地震: 'Earthquake',
  森林火险: 'Forest fire danger',
  草原火险: 'Grassland fire danger',
  空气重污染: 'Heavy air pollution',
};
/** 「山洪灾害」 and 「山洪灾害预警」 warn of what 「山洪」 does. */
const TAIL = /(?:灾害|气象风险|气象|风险)*(?:预警信号|预警)?$/;

/** Kind of a warning in a language. A name that is in no standard stays as its sender wrote it. */
export function warningKind(event: string, locale: Locale): string {
  if (locale === 'zh') return event;
  return english[event] ?? english[event.replace(TAIL, '')] ?? event;
}

/** The same in the middle of a sentence: 「rainstorm」. */
export const warningKindWithin = (event: string, locale: Locale): string => {
  const kind = warningKind(event, locale);
  return kind.charAt(0).toLowerCase() + kind.slice(1);
};

/** The value of a column, which of a warning's event is said in the language of the reader. */
export const inWords = <V>(of: { layer: string; column: string }, value: V, locale: Locale): V | string =>
  of.layer === 'warning' && of.column === 'event' && typeof value === 'string'
    ? warningKind(value, locale)
    : value;
