import { bits, number, oneOf, position, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Vehicles with a JT/T 808 terminal: taxis, hazardous-goods trucks, coaches, trucks, muck trucks, official cars. */
export const vehiclePosition = defineLayer({
  slug: 'vehicle-position',
  title: title('车辆', 'Vehicles'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  moving: { freshS: 60 },
  periodS: 30,
  expireS: 1800,
  retention: 'telemetry',
  columns: {
    position: position(),
    headingDeg: number(title('航向', 'Heading'), ['degree', 1, 0, 359]),
    speedKmh: number(title('速度', 'Speed'), ['km/h', 1, 0, 250]),
    altitudeM: number(title('高程', 'Altitude'), ['m', 5, -200, 6000]),
    kind: oneOf(title('类型', 'Kind'), {
      taxi: title('出租车', 'Taxi'),
      hazmat: title('危货车', 'Hazardous goods'),
      coach: title('客运班车', 'Coach'),
      truck: title('货车', 'Truck'),
      muck: title('渣土车', 'Muck truck'),
      official: title('公务车', 'Official car'),
      ambulance: title('救护车', 'Ambulance'),
      fire_engine: title('消防车', 'Fire engine'),
      rescue: title('救援车', 'Rescue vehicle'),
      unknown: title('未登记类型', 'Kind not registered'),
    }),
    name: text(title('终端', 'Terminal'), 20, { label: 'internal', origin: 'terminal number of the header' }),
    alarms: bits(title('报警', 'Alarms'), {
      sos: title('紧急报警', 'SOS'),
      overSpeed: title('超速', 'Over speed'),
      fatigue: title('疲劳驾驶', 'Fatigue'),
      gnssFault: title('定位故障', 'GNSS fault'),
      antennaOpen: title('天线断开', 'Antenna open'),
      powerLoss: title('断电', 'Power loss'),
      area: title('进出区域', 'Area in/out'),
      route: title('进出路线', 'Route in/out'),
      collision: title('碰撞', 'Collision'),
      rollOver: title('侧翻', 'Roll-over'),
    }),
    states: bits(title('状态', 'States'), {
      acc: title('点火', 'Ignition on'),
      fixed: title('已定位', 'Position fixed'),
      loaded: title('载货', 'Loaded'),
      oilCut: title('断油', 'Oil cut'),
      powerCut: title('断电路', 'Power cut'),
    }),
  },
});
