// Colours of the tints by theme, for the map and for everything drawn beside it.
import type { Tint } from './sign.ts';

interface Colours {
  readonly night: string;
  readonly light: string;
}

const pair = (night: string, light: string): Colours => ({ night, light });

export const tintColours: Readonly<Record<Tint, Colours>> = {
  white: pair('#e9eeec', '#16201f'),
  grey: pair('#b3bfbe', '#44514f'),
  dim: pair('#869596', '#62706d'),
  data: pair('#8fbdb6', '#2f6e68'),
  red: pair('#f5463c', '#c8201a'),
  orange: pair('#ff9a3a', '#e07a12'),
  yellow: pair('#ffde4a', '#f2c200'),
  blue: pair('#4c98ff', '#1761c7'),
  seq1: pair('#467671', '#8fbdb6'),
  seq2: pair('#63948d', '#63948d'),
  seq3: pair('#8fbdb6', '#467671'),
  seq4: pair('#cfe6e0', '#21403f'),
  cat1: pair('#8fbdb6', '#2f6e68'),
  cat2: pair('#9e89c5', '#6a55a0'),
  cat3: pair('#3d738d', '#2f5f78'),
  cat4: pair('#72895c', '#556b41'),
  cat5: pair('#a8e1fd', '#4e93b5'),
  cat6: pair('#c4e4a5', '#7fa35a'),
  below: pair('#5fb5ae', '#23605f'),
  above: pair('#a981be', '#6a4e78'),
  forecast: pair('#c9b6f7', '#6a4bc0'),
};
