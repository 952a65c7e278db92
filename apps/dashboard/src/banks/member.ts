/** A bank as the browser knows it: its address and keys stay on the server. */
export interface BankMember {
  readonly id: string;
  readonly name: string;
  /** `#RRGGBB`; always shown beside the mark or the name, never alone. */
  readonly colour: string;
  readonly mark: string;
}
