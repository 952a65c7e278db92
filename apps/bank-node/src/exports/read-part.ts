import type { ExportPartInput, ExportPartOutput } from "@pacto/contract";
import type { StaffContext } from "../context.ts";
import { RefusalError } from "../trpc.ts";
import { DAYS_KEPT, formatOf, type PlannedPart } from "./planned-part.ts";

interface PartRow {
  readonly planned: PlannedPart;
  /** Null while it is not written. */
  readonly lines: number | null;
  readonly content: string | null;
  readonly parts: number;
}

/**
 * What an export has written. Lists over all accounts are for the auditor alone. Throws RefusalError
 * `job-not-found`, `not-allowed`, `export-not-ready` or `export-expired`.
 */
export async function readPart(
  ctx: StaffContext,
  { id, position }: ExportPartInput,
): Promise<ExportPartOutput> {
  const { rows } = await ctx.bank.pools.api.query<PartRow>(
    `SELECT i.payload AS planned, p.lines, p.content,
            (SELECT count(*)::int FROM job_item WHERE job_id = j.id) AS parts
       FROM job j JOIN job_item i ON i.job_id = j.id
       LEFT JOIN export_part p ON p.job_id = i.job_id AND p.position = i.position
      WHERE j.id = $1 AND i.position = $2 AND starts_with(j.kind, 'exports.')`,
    [id, position],
  );
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "job-not-found", details: {} });
  const { planned, lines, content, parts } = row;
  if (planned.kind !== "statement" && !ctx.actor.roles.includes("auditor")) {
    throw new RefusalError({ code: "not-allowed", details: {} });
  }
  if (lines === null) throw new RefusalError({ code: "export-not-ready", details: {} });
  if (content === null) {
    throw new RefusalError({ code: "export-expired", details: { days: DAYS_KEPT } });
  }
  const { mediaType, encoding, isFile } = formatOf(planned);
  const fileName =
    isFile && parts > 1 ? planned.fileName.replace(/(?=\.pdf$)/, `-${position}`) : planned.fileName;
  return { fileName, mediaType, encoding, content, lines, isFile };
}
