import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { cesiumStatics } from './client/cesium-statics.ts';
import { mapPreload } from './client/map-preload-plugin.ts';
import { keptPage } from './client/offline/kept-page-plugin.ts';

// `npx vite` looks at a running cockpit server here.
const DEV_SERVER = 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [vue(), cesiumStatics(), mapPreload(), keptPage()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // The globe is one lazy chunk of about 3.8 MB that nothing smaller can replace (Scene pulls in all of it).
    chunkSizeWarningLimit: 4200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Else it lands in the globe, and every page would load the globe to load anything.
            { name: 'loading', test: /vite[\\/]preload-helper/, priority: 1 },
            { name: 'globe', test: /node_modules[\\/](@cesium|cesium)[\\/]/ },
            // What most pages share comes as one file: thirty small ones wait for each other.
            { name: 'core', test: /[\\/](client|contracts)[\\/]/, minShareCount: 70 },
            { name: 'vue', test: /node_modules[\\/](vue|@vue|vue-router)[\\/]/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': DEV_SERVER,
      '/tiles': DEV_SERVER,
      '/health': DEV_SERVER,
      '/socket.io': { target: DEV_SERVER, ws: true },
    },
  },
});
