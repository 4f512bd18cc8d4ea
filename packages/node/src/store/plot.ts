import type { PlotSpec } from '@featurescope/core';
import { badPlot } from '../errors.js';

/** Draws a Vega-Lite specification as an SVG document. Nothing is read from the file system or the network. @throws FeaturescopeError when the specification is wrong */
export const renderPlot = async (name: string, spec: PlotSpec): Promise<string> => {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  try {
    const { spec: compiled } = vegaLite.compile({ background: 'white', ...spec } as unknown as Parameters<typeof vegaLite.compile>[0], {
      logger: silent(vega),
    });
    // Vega only logs what its loader throws.
    const wanted: string[] = [];
    const refuse = async (uri: string): Promise<never> => {
      wanted.push(uri);
      throw new Error(`refused to load ${uri}`);
    };
    const loader = { ...vega.loader(), load: refuse, http: refuse, file: refuse, sanitize: refuse };
    const view = new vega.View(vega.parse(compiled), { renderer: 'none', loader, logger: silent(vega) });
    try {
      const svg = await view.toSVG();
      if (wanted.length > 0) throw new Error(`it refers to ${wanted.join(', ')}`);
      return `${svg}\n`;
    } finally {
      view.finalize();
    }
  } catch (cause) {
    throw badPlot(name, cause);
  }
};

const silent = ({ logger, None }: typeof import('vega')) => logger(None);
