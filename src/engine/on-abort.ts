type Listener = (reason: unknown) => void;

const listening = new WeakMap<AbortSignal, Set<Listener>>();

/**
 * Tells `listener` when a signal is aborted, until the function that is returned is called. However many listen, the
 * signal itself has one listener: Node warns of a leak at the eleventh.
 */
export function onAbort(signal: AbortSignal, listener: Listener): () => void {
  const known = listening.get(signal);
  const listeners = known ?? new Set<Listener>();
  if (known === undefined) {
    listening.set(signal, listeners);
    signal.addEventListener("abort", () => listeners.forEach((each) => each(signal.reason)), {once: true});
  }
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
