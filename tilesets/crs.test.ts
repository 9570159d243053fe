import { expect, test } from 'vitest';
import { projectionOfEpsg, projectionOfWkt } from './crs.ts';

test.each([4326, 4490])('EPSG:%i is degrees already', (code) => {
  expect(projectionOfEpsg(code, 'a.tif')).toBeNull();
});

// 105.8224° E, 32.4346° N: eastings and northings on the central meridians 105° and 108° differ only by the zone's rules.
test.each([
  [32648, 500_000],
  [4544, 500_000],
  [4523, 35_500_000],
  [4509, 500_000],
])('EPSG:%i puts its central meridian at its false easting', (code, easting) => {
  const [lon, lat] = projectionOfEpsg(code, 'a.tif')!.toDegrees(easting, 3_590_000);
  expect(lon % 3).toBeCloseTo(0, 6);
  expect(lat).toBeGreaterThan(32.4);
  expect(lat).toBeLessThan(32.5);
});

test.each([32648, 4544, 4523, 3857])('EPSG:%i comes back', (code) => {
  const projection = projectionOfEpsg(code, 'a.tif')!;
  const [lon, lat] = projection.toDegrees(...projection.fromDegrees(105.8224, 32.4346));
  expect(lon).toBeCloseTo(105.8224, 8);
  expect(lat).toBeCloseTo(32.4346, 8);
});

test('an unknown system says which command converts it', () => {
  expect(() => projectionOfEpsg(2414, 'old.tif')).toThrow(/EPSG:2414.*old\.tif.*gdalwarp -t_srs EPSG:4326/);
  expect(() =>
    projectionOfWkt(
      'PROJCS["Beijing_1954_GK_Zone_18",GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954"]]]',
      'old.shp',
    ),
  ).toThrow(/Beijing_1954_GK_Zone_18.*old\.shp.*ogr2ogr/);
});
