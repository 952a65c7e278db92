/** tRPC codes, and with them HTTP statuses, that a refusal may take at the edge. */
export type EdgeCode =
  | "BAD_REQUEST"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "TOO_MANY_REQUESTS"
  | "SERVICE_UNAVAILABLE"
  | "TIMEOUT";

export interface RefusalEntry {
  readonly edge: EdgeCode;
  /** ISO 20022 external status reason, where one exists. */
  readonly iso?: string;
  readonly en: string;
  readonly "pt-BR": string;
}
