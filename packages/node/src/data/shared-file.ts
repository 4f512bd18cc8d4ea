import { type FileHandle, open } from 'node:fs/promises';

export type WithFile = <T>(work: (file: FileHandle) => Promise<T>) => Promise<T>;

/** Lends one file to all who read at the same time, and closes it after the last. */
export const sharedFile = (path: string): WithFile => {
  let users = 0;
  let file: Promise<FileHandle> | undefined;
  return async (work) => {
    users++;
    file ??= open(path);
    const lent = file;
    try {
      return await work(await lent);
    } finally {
      if (--users === 0) {
        file = undefined;
        await lent.then(
          (opened) => opened.close(),
          () => {},
        );
      }
    }
  };
};
