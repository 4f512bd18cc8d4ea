import { isFeaturescopeError } from '../../src/index.js';

/** What a user is told when `read` refuses; `no error` when it does not. Other errors are passed on. */
export function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (isFeaturescopeError(error)) return error.message;
    throw error;
  }
  return 'no error';
}
