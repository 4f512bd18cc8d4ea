import { createJiti, type Jiti } from 'jiti';

/** Packages that a config or plugin file gets as they are loaded already: one copy of each, wherever the file lies. */
const sharedModules = async (): Promise<Record<string, unknown>> => {
  const [self, core, deepdream, deconvnet, occlusion, sketchanet, ablation, tfjs, zod] = await Promise.all([
    import('./index.js'),
    import('@featurescope/core'),
    import('@featurescope/plugin-deepdream'),
    import('@featurescope/plugin-deconvnet'),
    import('@featurescope/plugin-occlusion'),
    import('@featurescope/plugin-sketchanet'),
    import('@featurescope/plugin-ablation'),
    import('@tensorflow/tfjs-core'),
    import('zod'),
  ]);
  return {
    featurescope: self,
    '@featurescope/core': core,
    '@featurescope/plugin-deepdream': deepdream,
    '@featurescope/plugin-deconvnet': deconvnet,
    '@featurescope/plugin-occlusion': occlusion,
    '@featurescope/plugin-sketchanet': sketchanet,
    '@featurescope/plugin-ablation': ablation,
    '@tensorflow/tfjs-core': tfjs,
    zod,
  };
};

/** Loads modules written in JavaScript or TypeScript; relative names and packages are looked up from `folder`. */
export const moduleLoader = async (folder: string): Promise<Jiti> =>
  createJiti(`${folder}/index.js`, { virtualModules: await sharedModules(), fsCache: false });

/** The exports of a module by name. */
export const exportsOf = (module: unknown): Record<string, unknown> =>
  typeof module === 'object' && module !== null ? { ...module } : { default: module };
