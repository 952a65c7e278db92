import type { Manifest } from "@pacto/contract";
import { readDatabaseUrls } from "../consortium/database-urls.ts";
import { consortiumFiles } from "../consortium/layout.ts";
import { examineDatabase } from "./examine-database.ts";
import { examineKey } from "./examine-key.ts";
import { judgeMachine, readMachine } from "./examine-machine.ts";
import { judgePeer, readPeer } from "./examine-peer.ts";
import { about, type Finding } from "./finding.ts";

export { type Finding, type FindingCode, findingCodes, type Level } from "./finding.ts";

/**
 * Examines this machine, the configuration in the data folder, and each bank's database and node.
 * Changes nothing, and never throws for what it finds.
 */
export async function diagnose(options: {
  readonly dataDir: string;
  readonly manifest: Manifest;
  /** Only these banks; all unless given. */
  readonly banks?: readonly string[];
}): Promise<Finding[]> {
  const { dataDir, manifest, banks } = options;
  const files = consortiumFiles(dataDir);
  const members = manifest.members.filter(({ id }) => banks?.includes(id) ?? true);
  const count = manifest.members.length;
  const perBank = await Promise.all(
    members.map(async (member) => {
      const urls = await readDatabaseUrls(dataDir, member.id);
      const [key, database, peer] = await Promise.all([
        examineKey(member, files.bank(member.id).privateKey),
        examineDatabase(member.id, urls?.serviceUrl),
        readPeer(member),
      ]);
      return [key, ...database, ...judgePeer(member, peer, manifest)];
    }),
  );
  const whole = about("configuration", null);
  return [
    ...judgeMachine(await readMachine(dataDir)),
    whole.good({ code: "manifest-good", details: { banks: count, epoch: manifest.epoch } }),
    ...perBank.flat(),
  ];
}
