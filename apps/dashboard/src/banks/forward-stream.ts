/** A bank says something every 5 s; one that is silent for so long is not there any more. */
const SILENCE_MS = 20_000;

export interface StreamRequest {
  readonly url: URL;
  readonly headers: Headers;
  /** Ends when the browser has gone. */
  readonly gone: AbortSignal;
  /** How long the bank may take to begin. */
  readonly timeoutMs: number;
}

/** Whether the browser asks for an answer that stays open. */
export function asksForStream({ method, headers }: Request): boolean {
  return method === "GET" && (headers.get("accept") ?? "").includes("text/event-stream");
}

/**
 * Opens a bank's stream of events and hands it on as it comes. It ends with the bank's, when the
 * bank falls silent, and when the browser goes. Throws like `fetch` where no answer begins.
 */
export async function forwardStream(asked: StreamRequest): Promise<Response> {
  const silent = new AbortController();
  const late = () => silent.abort(new DOMException("the bank is silent", "TimeoutError"));
  let timer = setTimeout(late, asked.timeoutMs);
  const signal = AbortSignal.any([asked.gone, silent.signal]);
  const { url, headers } = asked;
  const answer = await fetch(url, {
    headers,
    redirect: "error",
    cache: "no-store",
    signal,
  }).finally(() => clearTimeout(timer));
  const type = answer.headers.get("content-type") ?? "";
  if (!type.startsWith("text/event-stream") || answer.body === null) {
    const refused = { "content-type": "application/json", "cache-control": "no-store" };
    return new Response(await answer.text(), { status: answer.status, headers: refused });
  }
  const hear = () => {
    clearTimeout(timer);
    timer = setTimeout(late, SILENCE_MS);
  };
  return new Response(
    passOn(answer.body, hear, () => clearTimeout(timer)),
    {
      headers: {
        "content-type": "text/event-stream",
        // Neither kept nor gathered by anybody on the way: an event counts when it happens.
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    },
  );
}

/** What breaks off ends here as well, without an error: the browser begins again by itself. */
function passOn(
  body: ReadableStream<Uint8Array>,
  onEvent: () => void,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  onEvent();
  return new ReadableStream({
    async pull(controller) {
      const part = await reader.read().catch(() => ({ done: true, value: undefined }) as const);
      if (part.done) {
        onEnd();
        return controller.close();
      }
      onEvent();
      controller.enqueue(part.value);
    },
    cancel(reason) {
      onEnd();
      return reader.cancel(reason);
    },
  });
}
