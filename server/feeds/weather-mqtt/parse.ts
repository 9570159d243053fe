import { weatherStation } from '../../../contracts/layers/weather-station.ts';
import { stationReader } from '../../kit/station-report.ts';

/** One report of an automatic weather station (docs/upstreams.md "aws") → `weather-station`. */
export const parseWeather = stationReader({
  layer: weatherStation,
  id: 'stationId',
  columns: [
    'elevationM',
    'tempC',
    'humidityPct',
    'windMs',
    'windDirDeg',
    'gustMs',
    'pressureHPa',
    'visibilityM',
    'rain1hMm',
  ],
});
