import type { AuditFilter } from "@pacto/contract";
import { bankClient } from "../../banks/client.tsx";

/** One bank's events, as many as a file may hold, for a spreadsheet. */
export async function saveCsv(bank: string, filter: AuditFilter): Promise<void> {
  const { csv, fileName } = await bankClient(bank).audit.exportEvents.query(filter);
  save(csv, fileName, "text/csv");
}

/** The events that are shown. */
export function saveJson(events: readonly object[]): void {
  save(JSON.stringify(events, null, 2), "audit.json", "application/json");
}

function save(content: string, fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
