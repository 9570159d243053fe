// What rows of city indicators are made from, out of the stores. Call it inside a computed.
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { layerContact } from './contact.ts';
import { readings } from './indicators.ts';
import { tableOf } from './layers.ts';
import { session } from './session.ts';
import type { SignSources } from './signs.ts';
import { cityNow } from './time.ts';
import { trends } from './trends.ts';

export const signSources = (): SignSources => ({
  readings: readings.value,
  trends: trends.value,
  down: layerContact(indicatorValue.slug) === 'down',
  waiting: tableOf(indicatorValue) === null && session.link !== 'lost',
  now: cityNow.value,
  locale: session.locale,
});
