import { bankClient } from "../../banks/client.tsx";
import { saveJson } from "../../components/save-json.ts";

/** Hands the bank's proofs, requests and alarms about a transaction to the browser as a file. */
export async function saveEvidence(bank: string, transaction: string): Promise<void> {
  const evidence = await bankClient(bank).operations.evidence.query({ id: transaction });
  saveJson(`evidence-${bank}-${transaction}.json`, evidence);
}
