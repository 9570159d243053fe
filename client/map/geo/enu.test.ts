import { Cartesian3, Cartographic, Matrix4, Transforms } from 'cesium';
import { describe, expect, it } from 'vitest';
import { EARTH_RADIUS_M, LocalFrame } from './enu.ts';

describe('LocalFrame', () => {
  const frame = new LocalFrame([105.7, 32.2]);
  const toLocal = Matrix4.inverse(
    Transforms.eastNorthUpToFixedFrame(Cartesian3.fromDegrees(105.7, 32.2)),
    new Matrix4(),
  );

  it.each([
    [105.7, 32.2],
    [106.78, 32.94],
    [104.61, 31.52],
    [105.8224, 32.4346],
  ])('agrees with the globe at %f, %f', (lon, lat) => {
    const expected = Matrix4.multiplyByPoint(toLocal, Cartesian3.fromDegrees(lon, lat), new Cartesian3());
    const [east, north] = frame.toEnu(lon, lat);
    expect(east).toBeCloseTo(expected.x, 3);
    expect(north).toBeCloseTo(expected.y, 3);
    expect(-(east * east + north * north) / (2 * EARTH_RADIUS_M)).toBeCloseTo(expected.z, -1.5);
  });

  it('comes back to the same degrees', () => {
    const [east, north] = frame.toEnu(106.5, 31.7);
    const [lon, lat] = frame.toLonLat(east, north);
    expect(Cartographic.fromDegrees(lon, lat).longitude).toBeCloseTo(
      Cartographic.fromDegrees(106.5, 31.7).longitude,
      9,
    );
    expect(lat).toBeCloseTo(31.7, 7);
  });
});
