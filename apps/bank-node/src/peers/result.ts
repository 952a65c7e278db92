/**
 * What became of one item sent to a peer. Only `answer` says anything: all the rest means that
 * the peer may or may not have acted (R18).
 */
export type PeerResult =
  | { readonly kind: "answer"; readonly value: unknown }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "timeout" }
  | { readonly kind: "bad-answer"; readonly reason: string };
