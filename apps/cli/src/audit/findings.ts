import type { AuditFault } from "@pacto/contract";
import type { Session } from "../session.ts";

interface AtBlock {
  readonly bank: string;
  readonly number: number;
}

/** What is wrong with a chain. */
export type Finding =
  | ({ readonly kind: "row" } & AtBlock & AuditFault)
  | ({ readonly kind: "unsound" } & AtBlock)
  | ({ readonly kind: "differs" | "shortened"; readonly holder: string } & AtBlock);

export interface VerifiedChain {
  readonly bank: string;
  readonly blocks: number;
  readonly rows: number;
  /** Online: other banks that hold the same heads. In a file: blocks that two banks cosigned. */
  readonly held: number;
  readonly isFile: boolean;
  readonly findings: readonly Finding[];
}

/** What a person reads about one chain. */
export function chainLines({ language }: Session, chain: VerifiedChain): string[] {
  const says = language.texts.audit;
  const { bank, blocks, rows, held, isFile, findings } = chain;
  if (findings.length === 0) {
    return [
      isFile ? says.soundFile(bank, blocks, rows, held) : says.sound(bank, blocks, rows, held),
    ];
  }
  return findings.map((finding) => {
    const { number } = finding;
    switch (finding.kind) {
      case "row":
        return says.row(bank, number, finding.row, says.what[finding.what]);
      case "unsound":
        return says.unsound(bank, number);
      case "differs":
        return says.differs(bank, number, finding.holder);
      case "shortened":
        return says.shortened(bank, number, finding.holder);
    }
  });
}
