import type { Model } from '@featurescope/core';
import { z } from 'zod';

/** Accuracies for the 250 classes of TU-Berlin, as the slides of the Sketch-a-Net project list them. */
export const PUBLISHED = {
  /** Eitz et al. 2012. */
  hog: 0.56,
  lenet: 0.552,
  /** AlexNet trained on sketches. */
  alexnet: 0.686,
  /** Features of AlexNet trained on ImageNet, with a support vector machine. */
  features: 0.671,
  /** Sketch-a-Net of BMVC 2015: five networks, fused by joint Bayesian. */
  jointBayesian: 0.749,
} as const;

const trained = z.object({ training: z.object({ architecture: z.union([z.string(), z.object({ name: z.string() })]) }) });

/** What a network was built as, where its file tells. */
export function architectureOf({ details }: Pick<Model, 'details'>): string | undefined {
  const known = trained.safeParse(details);
  if (!known.success) return undefined;
  const { architecture } = known.data.training;
  return typeof architecture === 'string' ? architecture : architecture.name;
}

/** What was published for a network of an architecture; nothing for a single Sketch-a-Net, whose accuracy is not known for sure. */
export const publishedFor = (architecture: string | undefined): number | undefined =>
  architecture === 'lenet' || architecture === 'alexnet' ? PUBLISHED[architecture] : undefined;
