export type TraceEvent =
  | { readonly kind: "send" | "deliver"; readonly from: string; readonly to: string; what: string }
  | { readonly kind: "note"; readonly at: string; readonly what: string };

/** A running hash of all that happens, and on demand the events themselves. */
export interface Trace {
  hash: number;
  readonly events: TraceEvent[] | null;
}

/** Mixes an integer into the hash (FNV-1a over 32 bits). */
export function mix(trace: Trace, value: number): void {
  trace.hash = Math.imul(trace.hash ^ value, 0x01000193) >>> 0;
}

/** The schedule as lines of text. */
export function traceAsText(events: readonly TraceEvent[]): string {
  const lines = events.map((event, at) => {
    const number = String(at + 1).padStart(4, " ");
    if (event.kind === "note") return `${number}  ${event.at}: ${event.what}`;
    const verb = event.kind === "send" ? "sends" : "hands over";
    return `${number}  ${event.from} ${verb} to ${event.to}: ${event.what}`;
  });
  return lines.join("\n");
}

/** The schedule as a Mermaid sequence diagram: deliveries as arrows, the rest as notes. */
export function traceAsMermaid(events: readonly TraceEvent[]): string {
  const lines = ["sequenceDiagram"];
  const seen = new Set<string>();
  for (const event of events) {
    const names = event.kind === "note" ? [event.at] : [event.from, event.to];
    for (const name of names) seen.add(name);
  }
  for (const name of [...seen].sort()) lines.push(`  participant ${name}`);
  for (const event of events) {
    if (event.kind === "deliver") lines.push(`  ${event.from}->>${event.to}: ${event.what}`);
    if (event.kind === "note") lines.push(`  Note over ${event.at}: ${event.what}`);
  }
  return lines.join("\n");
}
