import { Observable } from 'rxjs';

/**
 * The bridge from async iteration to streams: iterates anew for each subscriber. Unsubscribing aborts the signal; the
 * iteration is then still driven to its end, unheard, so that it can put its things in order.
 */
export const observe = <T>(iterate: (signal: AbortSignal) => AsyncIterable<T>): Observable<T> =>
  new Observable<T>((subscriber) => {
    const cancelling = new AbortController();
    const drive = async (): Promise<void> => {
      for await (const value of iterate(cancelling.signal)) subscriber.next(value);
    };
    drive().then(
      () => subscriber.complete(),
      (error: unknown) => {
        if (!subscriber.closed) subscriber.error(error);
      },
    );
    return () => cancelling.abort();
  });
