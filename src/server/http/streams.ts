/** Streams that are being answered; a stopping server ends them, since they would never end by themselves. */
export type OpenStreams = {
  readonly size: () => number;
  /** The same stream, each value changed, ended early when the server stops. */
  readonly follow: <Value, Changed>(
    stream: AsyncIterable<Value>,
    change: (value: Value) => Changed,
  ) => AsyncIterable<Changed>;
  /** Ends every stream now, and those that open later at once. */
  readonly end: () => void;
};

export function createOpenStreams(): OpenStreams {
  const open = new Set<() => void>();
  let isEnded = false;
  return {
    size: () => open.size,
    follow: (stream, change) => {
      const source = stream[Symbol.asyncIterator]();
      const followed = endable(source, change, () => open.delete(followed.end));
      open.add(followed.end);
      if (isEnded) followed.end();
      return followed.iterator;
    },
    end: () => {
      isEnded = true;
      for (const end of [...open]) end();
    },
  };
}

/** An async generator would queue `return` behind a pending `next`; here the end answers the pending one. */
function endable<Value, Changed>(
  source: AsyncIterator<Value>,
  change: (value: Value) => Changed,
  onEnd: () => void,
) {
  const done: IteratorResult<Changed> = { done: true, value: undefined };
  let isOver = false;
  let answerPending: ((result: IteratorResult<Changed>) => void) | null = null;

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    onEnd();
    answerPending?.(done);
    // The source cleans up in its own time; what it throws then concerns nobody any more.
    Promise.resolve(source.return?.()).catch(() => undefined);
  };
  const next = (): Promise<IteratorResult<Changed>> =>
    new Promise((resolve, reject) => {
      if (isOver) return resolve(done);
      answerPending = resolve;
      source.next().then(
        (result) => {
          if (isOver) return;
          if (result.done) {
            end();
            return;
          }
          try {
            resolve({ done: false, value: change(result.value) });
          } catch (error) {
            end();
            reject(error);
          }
        },
        (error: unknown) => {
          isOver = true;
          onEnd();
          reject(error);
        },
      );
    });
  const iterator: AsyncIterableIterator<Changed> = {
    next,
    return: async () => {
      end();
      return done;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return { iterator, end };
}
