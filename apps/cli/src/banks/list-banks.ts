import { type Member, type StatusOutput, statusOutput } from "@pacto/contract";
import { table } from "../output/layout.ts";
import { duration } from "../output/show.ts";
import type { Told } from "../output/told.ts";
import type { Session } from "../session.ts";

const TIMEOUT_MS = 2_000;

/** Every member and how it is now; a bank that does not answer is a finding, not a failure. */
export async function listBanks(session: Session): Promise<Told> {
  const { manifest } = session.consortium();
  const banks = await Promise.all(
    manifest.members.map(async (member) => ({ member, status: await statusOf(member) })),
  );
  const { columns: head } = session.language.texts;
  return {
    json: {
      consortium: manifest.consortium,
      decider: manifest.decider,
      banks: banks.map(({ member: { id, ispb, name, url }, status }) => ({
        id,
        ispb,
        name,
        url,
        online: status !== null,
        status,
      })),
    },
    lines: table(
      [head.bank, head.name, head.url, head.state, { right: head.inDoubt }, head.oldest],
      banks.map(({ member, status }) => line(member, status, session)),
    ),
  };
}

function line(member: Member, status: StatusOutput | null, { language }: Session): string[] {
  const { words } = language.texts;
  const place = [member.id, member.name, member.url];
  if (status === null) return [...place, words.offline, "?", ""];
  return [
    ...place,
    status.ready ? words.online : words.notReady,
    String(status.inDoubt),
    status.inDoubt > 0 ? duration(status.oldestInDoubtMs) : "",
  ];
}

async function statusOf({ url }: Member): Promise<StatusOutput | null> {
  try {
    const response = await fetch(`${url}/status`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return statusOutput.parse(await response.json());
  } catch {
    return null;
  }
}
