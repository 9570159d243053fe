// Limits and classes as dated data: several sets of one kind follow each other in time.
import { z } from 'zod';
import { day, title } from './schema-base.ts';

const levels = z.number();
const numbers = z.array(levels).min(1);
const numbersOrNull = z.array(levels.nullable()).min(1);

/** `from` is the first day, `to` the last, null while it counts; `approximate` marks demonstration values. */
const dated = <S extends z.ZodRawShape>(fields: S) =>
  z.array(z.strictObject({ from: day, to: day.nullable(), approximate: z.boolean(), ...fields })).min(1);

const zone = z.strictObject({ dayDbA: levels, nightDbA: levels });
const waterItem = z.strictObject({
  name: title,
  unit: z.string(),
  upper: numbers.optional(),
  lower: numbers.optional(),
  lakeUpper: numbers.optional(),
  range: z.tuple([levels, levels]).optional(),
});
const colours = z.strictObject({ blue: levels, yellow: levels, orange: levels, red: levels });
const upperThree = z.strictObject({ yellow: levels, orange: levels, red: levels });

export const thresholdsFile = z.strictObject({
  noise: dated({
    nightHours: z.tuple([levels, levels]),
    nightBurstOverDbA: levels,
    zones: z.record(z.enum(['0', '1', '2', '3', '4a', '4b']), zone),
  }),
  air: dated({ standard: z.string(), iaqi: numbers, breakpoints: z.record(z.string(), numbersOrNull) }),
  water: dated({
    classes: z.array(z.string()).length(5),
    items: z.record(z.string(), waterItem),
    drinkingSource: z.record(z.string(), levels),
    inletAlarmShare: levels,
  }),
  rain: dated({
    day: numbers,
    halfDay: numbers,
    shortHeavyMmH: levels,
    signals: z.array(
      z.strictObject({ level: z.enum(['blue', 'yellow', 'orange', 'red']), hours: levels, mm: levels }),
    ),
  }),
  flashFlood: dated({
    readyShare: levels,
    defaultMm: z.tuple([levels, levels, levels]),
    countiesMm: z.record(z.string().regex(/^\d{6}$/), z.tuple([levels, levels, levels])),
  }),
  flood: dated({
    river: z.strictObject({
      blueBelowWarningM: levels,
      yellow: z.literal('warning'),
      orange: z.literal('guarantee'),
      red: z.literal('historicMax'),
    }),
    reservoirOverLimitM: z.strictObject({
      blue: levels,
      yellow: levels,
      orange: levels,
      red: z.literal('design'),
    }),
    sailingStopFlowM3S: levels,
    ecoFlowM3S: z.record(z.string(), levels),
    releaseStepM3S: levels,
    releaseNoticeH: levels,
  }),
  fog: dated({
    visibilityM: upperThree,
    speedLimits: z.array(z.strictObject({ belowM: levels, kmh: levels })),
    closeBelowM: levels,
  }),
  traffic: dated({ tpi: numbers, speedRatio: numbers, tpiWeights: numbers, serviceLevelVc: numbers }),
  slope: dated({
    orange: z.strictObject({ mmPerH: levels, mmPerDay: levels, crackMmPerH: levels }),
    redInverseVelocityH: levels,
    scoreLevels: colours,
    /** Counties whose slopes an earthquake loosened: a lower line of rain holds there. */
    quakeLoosened: z.array(z.string().regex(/^\d{6}$/)).optional(),
    usualTriggers: z.record(z.string().regex(/^\d{6}$/), title),
  }),
  waterlogging: dated({ levelsCm: upperThree }),
  scenic: dated({
    limitEntryShare: levels,
    stopSaleShare: levels,
    densityPerM2: z.strictObject({ orange: levels, red: levels }),
  }),
  opinion: dated({ heat: colours }),
  forestFire: dated({ index: z.array(levels).length(4) }),
  firePanel: dated({ hydrantMinMPa: levels, hydrantAlarmMPa: levels }),
  radiation: dated({ usualNGyH: z.tuple([levels, levels]) }),
});

export type Thresholds = z.output<typeof thresholdsFile>;
