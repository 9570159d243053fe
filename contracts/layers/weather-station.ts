import { number, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Automatic weather stations. */
export const weatherStation = defineLayer({
  slug: 'weather-station',
  title: title('气象站', 'Weather stations'),
  topic: 'environment',
  kind: 'table',
  time: 'observed',
  periodS: 300,
  expireS: null,
  retention: 'telemetry',
  columns: {
    position: position(),
    name: text(title('名称', 'Name'), 60),
    elevationM: number(title('海拔', 'Elevation'), ['m', 1, -500, 9000]),
    tempC: number(title('气温', 'Temperature'), ['celsius', 0.1, -60, 60]),
    humidityPct: number(title('相对湿度', 'Humidity'), ['percent', 1, 0, 100]),
    windMs: number(title('风速', 'Wind'), ['m/s', 0.1, 0, 100]),
    windDirDeg: number(title('风向', 'Wind direction'), ['degree', 1, 0, 360]),
    gustMs: number(title('阵风', 'Gust'), ['m/s', 0.1, 0, 120]),
    pressureHPa: number(title('气压', 'Pressure'), ['hPa', 0.1, 400, 1100]),
    visibilityM: number(title('能见度', 'Visibility'), ['m', 10, 0, 60_000]),
    rain1hMm: number(title('1 小时雨量', 'Rain 1 h'), ['mm', 0.1, 0, 500]),
  },
});
