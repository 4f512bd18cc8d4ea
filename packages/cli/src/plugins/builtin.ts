import type { Plugin } from '@featurescope/core';

/** The plugins that come with the command, in the order of `featurescope list`. */
export const builtinPlugins = async (): Promise<readonly Plugin[]> => {
  const [deepdream, deconvnet, occlusion, sketchanet, ablation] = await Promise.all([
    import('@featurescope/plugin-deepdream'),
    import('@featurescope/plugin-deconvnet'),
    import('@featurescope/plugin-occlusion'),
    import('@featurescope/plugin-sketchanet'),
    import('@featurescope/plugin-ablation'),
  ]);
  return [deepdream.plugin, deconvnet.plugin, occlusion.plugin, sketchanet.plugin, ablation.plugin];
};
