// Page side: a bare CesiumWidget and nothing else, as soon as the page has it.
import { CesiumWidget, EllipsoidTerrainProvider, Ion } from 'cesium';
import { expose } from '../page/expose.ts';

Ion.defaultAccessToken = '';
const container = document.querySelector('#globe');
if (!container) throw new Error('no #globe');
new CesiumWidget(container, {
  baseLayer: false,
  terrainProvider: new EllipsoidTerrainProvider(),
  skyBox: false,
  skyAtmosphere: false,
});
expose(() => undefined);
