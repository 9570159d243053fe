// Gases the model knows: toxicity (AEGL, 60 min, US EPA) and first distances after the Emergency Response Guidebook.
import { title } from '../../../contracts/declare.ts';
import type { GasFacts } from '../../../contracts/records/plume.ts';

/** Molar volume of air at 25 °C and 1 atm, L/mol: mg/m³ = ppm · M / 24.45. */
export const MOLAR_VOLUME_L = 24.45;

/** By the word of the city package for a substance; null: nobody gives the value. Distances in m (≈ ERG 2020). */
export const gases: Readonly<Record<string, GasFacts>> = {
  ammonia: {
    title: title('氨', 'Ammonia'),
    molarMass: 17.03,
    aeglPpm: [30, 160, 1100],
    assumedKgS: 0.5,
    small: { isolationM: 30, dayM: 100, nightM: 200 },
    large: { isolationM: 150, dayM: 900, nightM: 2000 },
  },
  chlorine: {
    title: title('氯', 'Chlorine'),
    molarMass: 70.9,
    aeglPpm: [0.5, 2, 20],
    assumedKgS: 0.1,
    small: { isolationM: 60, dayM: 300, nightM: 1100 },
    large: { isolationM: 600, dayM: 5800, nightM: 6700 },
  },
  'hydrogen-sulphide': {
    title: title('硫化氢', 'Hydrogen sulphide'),
    molarMass: 34.08,
    aeglPpm: [0.51, 27, 50],
    assumedKgS: 0.1,
    small: { isolationM: 30, dayM: 100, nightM: 400 },
    large: { isolationM: 400, dayM: 2100, nightM: 5400 },
  },
  'sulphur-dioxide': {
    title: title('二氧化硫', 'Sulphur dioxide'),
    molarMass: 64.07,
    aeglPpm: [0.2, 0.75, 30],
    assumedKgS: 0.1,
    small: { isolationM: 100, dayM: 700, nightM: 2200 },
    large: null,
  },
  'hydrogen-fluoride': {
    title: title('氟化氢', 'Hydrogen fluoride'),
    molarMass: 20.01,
    aeglPpm: [1, 24, 44],
    assumedKgS: 0.1,
    small: { isolationM: 30, dayM: 100, nightM: 400 },
    large: null,
  },
  'hydrogen-chloride': {
    title: title('氯化氢', 'Hydrogen chloride'),
    molarMass: 36.46,
    aeglPpm: [1.8, 22, 100],
    assumedKgS: 0.1,
    small: null,
    large: null,
  },
  'carbon-monoxide': {
    title: title('一氧化碳', 'Carbon monoxide'),
    molarMass: 28.01,
    aeglPpm: [null, 83, 330],
    assumedKgS: 0.5,
    small: null,
    large: null,
  },
};

/** ppm by volume → mg/m³ at 25 °C. */
export const toMgM3 = (ppm: number, molarMass: number): number => (ppm * molarMass) / MOLAR_VOLUME_L;
