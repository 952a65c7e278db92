import { bankClient } from "../../banks/client.tsx";

/** Hands the bank's proofs, requests and alarms about a transaction to the browser as a file. */
export async function saveEvidence(bank: string, transaction: string): Promise<void> {
  const evidence = await bankClient(bank).operations.evidence.query({ id: transaction });
  const file = new Blob([JSON.stringify(evidence, null, 2)], { type: "application/json" });
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = `evidence-${bank}-${transaction}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
