import type { TrainingRecipe } from './recipe.js';

/** The training of one network. */
export interface TrainingPlan {
  /** Of the network that is trained. */
  readonly name: string;
  readonly recipe: TrainingRecipe;
  /** How the network is trained, as its checkpoints tell it; a state that was saved under another description is not resumed from. */
  readonly description: Readonly<Record<string, unknown>>;
}
