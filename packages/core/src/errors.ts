/**
 * An error that is shown to a user as one message. `usage` means wrong use (exit code 2), `failure` something that
 * went wrong while running (exit code 1).
 */
export class FeaturescopeError extends Error {
  override readonly name = 'FeaturescopeError';
  readonly code: string;
  readonly category: 'usage' | 'failure';

  constructor(code: string, message: string, options: { readonly category?: 'usage' | 'failure'; readonly cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.category = options.category ?? 'usage';
  }
}

/** Recognised by shape, so that an error from another copy of the package counts too. */
export const isFeaturescopeError = (error: unknown): error is FeaturescopeError =>
  error instanceof Error && error.name === 'FeaturescopeError' && 'code' in error && 'category' in error;
