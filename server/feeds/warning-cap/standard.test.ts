// The shapes of the examples in the appendix of CAP 1.2: one without any shape of an area, one with a polygon and local
// codes, an update with a point for a circle, and one in two languages.
import { expect, test } from 'vitest';
import { warning } from '../../../contracts/layers/warning.ts';
import { createCollectingSink } from '../../kit/collecting-sink.ts';
import { createWarningReader } from './parse.ts';

const NOW = Date.parse('2003-06-17T15:00:00-07:00');

function read(...documents: string[]) {
  const sink = createCollectingSink();
  const cap = createWarningReader(sink);
  for (const document of documents) cap.read(new TextEncoder().encode(document), NOW);
  expect(sink.rejects).toEqual([]);
  return { rows: sink.rowsOf(warning), sink };
}

const alert = (head: string, infos: string): string =>
  `<?xml version = "1.0" encoding = "UTF-8"?>
<alert xmlns = "urn:oasis:names:tc:emergency:cap:1.2">${head}${infos}</alert>`;

test('a threat level without a shape, an end or a code of the area', () => {
  const { rows, sink } = read(
    alert(
      `<identifier>43b080713727</identifier><sender>hsas@dhs.example</sender><sent>2003-04-02T14:39:01-05:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>`,
      `<info><category>Security</category><event>Security Advisory</event><urgency>Immediate</urgency>
    <severity>Severe</severity><certainty>Likely</certainty><senderName>Department</senderName>
    <headline>Sets Code ORANGE</headline><description>Level raised.</description>
    <instruction>A HIGH condition is declared.</instruction><web>http://www.example/dhs</web>
    <parameter><valueName>HSAS</valueName><value>ORANGE</value></parameter>
    <resource><resourceDesc>Image file (GIF)</resourceDesc><mimeType>image/gif</mimeType>
      <uri>http://www.example/getAdvisoryImage</uri></resource>
    <area><areaDesc>nationwide and interests worldwide</areaDesc></area></info>`,
    ),
  );
  expect(rows).toMatchObject([
    {
      id: '43b080713727',
      validAt: Date.parse('2003-04-02T19:39:01Z'),
      values: { title: 'Sets Code ORANGE', severity: 'orange', area: null, expiresAt: null },
    },
  ]);
  // What it says beyond the columns is counted by name, not lost in silence.
  expect([...sink.ignored.keys()].join(' ')).toMatch(/web.*parameter.*resource|parameter.*web|resource/);
});

test('a thunderstorm with a polygon that closes itself and several codes of another country', () => {
  const { rows } = read(
    alert(
      `<identifier>KSTO1055887203</identifier><sender>KSTO@NWS.example</sender><sent>2003-06-17T14:57:00-07:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>`,
      `<info><category>Met</category><event>SEVERE THUNDERSTORM</event><responseType>Shelter</responseType>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    <eventCode><valueName>SAME</valueName><value>SVR</value></eventCode>
    <expires>2003-06-17T16:00:00-07:00</expires><senderName>NATIONAL WEATHER SERVICE</senderName>
    <headline>SEVERE THUNDERSTORM WARNING</headline><contact>BARUFFALDI</contact>
    <area><areaDesc>EXTREME NORTH CENTRAL COUNTY</areaDesc>
      <polygon>38.47,-120.14 38.34,-119.95 38.52,-119.74 38.62,-119.89 38.47,-120.14</polygon>
      <geocode><valueName>SAME</valueName><value>006109</value></geocode>
      <geocode><valueName>SAME</valueName><value>006009</value></geocode></area></info>`,
    ),
  );
  expect(rows).toHaveLength(1);
  const { area, expiresAt, severity } = rows[0]?.values ?? {};
  expect([severity, expiresAt]).toEqual(['orange', Date.parse('2003-06-17T23:00:00Z')]);
  const [ring] = (area as unknown as { coordinates: number[][][] }).coordinates;
  expect([ring?.length, ring?.[0], ring?.at(-1)]).toEqual([5, [-120.14, 38.47], [-120.14, 38.47]]);
});

test('an earthquake report that updates one in the long form of references, its circle a point', () => {
  const { rows, sink } = read(
    alert(
      `<identifier>TRI13970876.2</identifier><sender>trinet@caltech.example</sender><sent>2003-06-11T20:56:00-07:00</sent>
  <status>Actual</status><msgType>Update</msgType><scope>Public</scope>
  <references>trinet@caltech.example,TRI13970876.1,2003-06-11T20:30:00-07:00</references>`,
      `<info><category>Geo</category><event>Earthquake</event><urgency>Past</urgency><severity>Minor</severity>
    <certainty>Observed</certainty><headline>EQ 3.4</headline><web>http://www.trinet.example/</web>
    <parameter><valueName>EventID</valueName><value>13970876</value></parameter>
    <area><areaDesc>1 mi. WSW of the city</areaDesc><circle>32.9525,-115.5527 0</circle></area></info>`,
    ),
  );
  expect(sink.removed).toMatchObject([{ id: 'TRI13970876.1', reason: 'superseded' }]);
  expect(rows).toMatchObject([{ id: 'TRI13970876.2', values: { severity: 'blue', urgency: 'past' } }]);
});

test('one piece of news in two languages is one row', () => {
  const info = (language: string, headline: string): string => `<info><language>${language}</language>
    <category>Rescue</category><event>Child Abduction</event><urgency>Immediate</urgency><severity>Severe</severity>
    <certainty>Likely</certainty><eventCode><valueName>SAME</valueName><value>CAE</value></eventCode>
    <headline>${headline}</headline><area><areaDesc>Los Angeles County</areaDesc>
    <geocode><valueName>SAME</valueName><value>006037</value></geocode></area></info>`;
  const { rows } = read(
    alert(
      `<identifier>KAR0-0306112239-SW</identifier><sender>KARO@CLETS.example</sender><sent>2003-06-11T22:39:00-07:00</sent>
  <status>Actual</status><msgType>Alert</msgType><source>SW</source><scope>Public</scope>`,
      info('en-US', 'Amber Alert in Los Angeles County') + info('es-US', 'Alerta Amber en el condado'),
    ),
  );
  expect(rows.map(({ values }) => values.title)).toEqual(['Amber Alert in Los Angeles County']);
});
