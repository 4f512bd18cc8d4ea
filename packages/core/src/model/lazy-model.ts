import { disposedModel } from './errors.js';
import type { Model } from './model.js';

/** A model that is made when it is first asked for, and belongs to the one it is made from. */
export interface LazyModel {
  /** The same model every time; after a failure it is tried again. @throws FeaturescopeError after `dispose` */
  get(): Promise<Model>;
  /** Disposes what was made, unless it is the owner itself; also what is still being made, once it is there. */
  dispose(owner: Model): void;
}

export function lazyModel(name: string, create: () => Promise<Model>): LazyModel {
  let pending: Promise<Model> | undefined;
  let made: Model | undefined;
  let disposedBy: Model | undefined;

  const make = async (): Promise<Model> => {
    const model = await create();
    if (disposedBy === undefined) made = model;
    else {
      if (model !== disposedBy) model.dispose();
      throw disposedModel(name);
    }
    return model;
  };
  return {
    async get() {
      if (disposedBy !== undefined) throw disposedModel(name);
      pending ??= make().catch((error: unknown) => {
        pending = undefined;
        throw error;
      });
      return pending;
    },
    dispose(owner) {
      disposedBy = owner;
      if (made !== owner) made?.dispose();
      made = undefined;
    },
  };
}
