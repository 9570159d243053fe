// Every face the product uses, shipped with it; no font of the machine is assumed.
import '@fontsource-variable/noto-sans-sc';
import '@fontsource/barlow-condensed/400.css';
import '@fontsource/barlow-condensed/500.css';
import '@fontsource/barlow-condensed/600.css';
import '@fontsource/noto-serif-sc/600.css';
