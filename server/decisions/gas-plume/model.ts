// Gas plume: where people are in danger of a steady release, by the wind of now. Pure: same source, wind and moment, same answer.
import { title } from '../../../contracts/declare.ts';
import type { AssessPlume, PlumeLevel } from '../../../contracts/records/plume.ts';
import type { Release } from './gaussian.ts';
import { LEAST_WIND_MS, reachOf } from './gaussian.ts';
import { gases, toMgM3 } from './gases.ts';
import { firstZoneRing, plumeRing } from './outline.ts';
import { solarElevation, stabilityOf } from './stability.ts';

export const plumeMethod = title(
  '高斯烟羽（Briggs 扩散参数），呼吸高度 1.5 m，AEGL 60 分钟阈值；初始隔离与防护距离参照 ERG',
  'Gaussian plume (dispersion of Briggs) at breathing height 1.5 m, AEGL for 60 minutes; first distances after the ERG',
);
export const plumeValidity = title(
  '按平坦地形、稳定泄漏计算：山谷、建筑、重气和液氨闪蒸不在模型内，山区实际范围可能沿谷偏转；100 m 至 10 km 可用，浓度误差可达 2 倍',
  'For flat ground and a steady leak: valleys, buildings, heavy gas and flashing liquid are not in it, and in the mountains the gas may follow a valley; from 100 m to 10 km, concentrations within a factor of 2',
);

/** Below it the wind turns too much to name one direction, m/s. */
const STEADY_WIND_MS = 2;
/** To each side of the direction, below it. */
const SWING_DEG = 30;

/** @throws Error when the gas is not one of `gases` */
export const assessPlume: AssessPlume = (source, wind, now) => {
  const gas = gases[source.gas];
  if (!gas)
    throw new Error(`gas-plume: gas ${source.gas} is not known: one of ${Object.keys(gases).join(', ')}`);
  const sunDeg = solarElevation(source.at, now);
  const stability = stabilityOf(wind.speedMs, { sunDeg, cloudOctas: null, isRaining: wind.isRaining });
  const windMs = Math.max(LEAST_WIND_MS, wind.speedMs);
  const release: Release = { ...source, windMs, stability };
  const towardDeg = (wind.fromDeg + 180) % 360;
  const outlined = { at: source.at, towardDeg, swingDeg: wind.speedMs < STEADY_WIND_MS ? SWING_DEG : 0 };
  const isNight = sunDeg <= 0;
  const basis = source.isLarge && gas.large ? 'large' : 'small';
  const distances = gas[basis];
  const protectiveM = distances ? (isNight ? distances.nightM : distances.dayM) : 0;
  return {
    levels: gas.aeglPpm.flatMap((ppm, i): PlumeLevel[] => {
      if (ppm === null) return [];
      const mgM3 = toMgM3(ppm, gas.molarMass);
      const level = (i + 1) as PlumeLevel['level'];
      return [{ level, mgM3, reachM: reachOf(release, mgM3), ring: plumeRing(release, mgM3, outlined) }];
    }),
    ...{ stability, towardDeg, windMs, isNight },
    swingDeg: outlined.swingDeg,
    firstZone: distances && {
      ...{ isolationM: distances.isolationM, protectiveM, basis },
      ring: firstZoneRing({ isolationM: distances.isolationM, protectiveM }, outlined),
    },
  };
};
