import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findFreePort } from "../../src/processes/ports.ts";
import { waitUntil } from "../../src/processes/wait-until.ts";
import { repositoryFolder } from "../../src/repository.ts";
import { Daemon, ordinaryUser } from "./daemon.ts";

export const clusterPackages = {
  patroni: "patroni",
  etcd: "etcd-server",
  haproxy: "haproxy",
  pg_lsclusters: "postgresql",
};

const MEMBERS = 3;

export interface Member {
  readonly name: string;
  readonly port: number;
  readonly apiPort: number;
  /** Patroni, with its PostgreSQL among its children. */
  readonly patroni: Daemon;
  /** As superuser, to this very member. A secret. */
  readonly url: string;
}

/** PostgreSQL with synchronous standbys, Patroni, etcd and HAProxy, as deploy/patroni has it. */
export interface Cluster {
  readonly members: readonly Member[];
  /** As superuser, to whichever member is the primary. A secret. */
  readonly primaryUrl: string;
  /** The member that holds the leader's key, as `among` tell it. */
  leader(among?: readonly Member[]): Promise<Member | undefined>;
  /** Waits until one leads and as many standbys stream. @throws Error when it takes too long */
  untilWhole(withinMs: number, standbys?: number): Promise<Member>;
  /** Starts a member's Patroni again. */
  revive(member: Member): Promise<void>;
  stop(): Promise<void>;
}

const clusterSchema = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      state: z.string(),
      timeline: z.int().optional(),
    }),
  ),
});

export async function startCluster(folder: string): Promise<Cluster> {
  const user = await ordinaryUser();
  await chmod(folder, 0o755);
  await mkdir("/var/run/postgresql", { recursive: true });
  if (user !== undefined) await chown("/var/run/postgresql", user.uid, user.gid);
  const password = randomBytes(18).toString("hex");
  const endings: Array<() => Promise<void>> = [];
  const stop = async () => {
    while (endings.length > 0) await endings.pop()?.();
  };
  try {
    const etcd = await startEtcd(folder, endings);
    const members: Member[] = [];
    for (let at = 1; at <= MEMBERS; at += 1) {
      const member = await planMember({ folder, at, etcd, password, user });
      members.push(member);
      endings.push(() => member.patroni.stop());
      await member.patroni.start(async () => (await api(member, "/cluster")) !== undefined, 60_000);
    }
    const port = await startBalancer(folder, members, endings);
    return clusterOf(members, `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function clusterOf(members: readonly Member[], primaryUrl: string, stop: Cluster["stop"]): Cluster {
  async function look(among: readonly Member[]) {
    for (const member of among) {
      const seen = clusterSchema.safeParse(await api(member, "/cluster"));
      if (seen.success) return seen.data.members;
    }
    return [];
  }
  const cluster: Cluster = {
    members,
    primaryUrl,
    stop,
    async leader(among = members) {
      const leading = (await look(among)).find(({ role }) => role === "leader");
      return members.find(({ name }) => name === leading?.name);
    },
    async untilWhole(withinMs, standbys = MEMBERS - 1) {
      const found = await waitUntil(
        async () => {
          const seen = await look(members);
          const well = seen.filter(({ state }) => state === "running" || state === "streaming");
          const isSynchronous = seen.some(({ role }) => role === "sync_standby");
          if (!isSynchronous || well.length < 1 + standbys) return undefined;
          return cluster.leader();
        },
        { timeoutMs: withinMs, everyMs: 250 },
      );
      if (found === undefined) throw new Error(`not whole: ${JSON.stringify(await look(members))}`);
      return found;
    },
    async revive(member) {
      await member.patroni.start(async () => (await api(member, "/cluster")) !== undefined, 60_000);
    },
  };
  return cluster;
}

/** What a member's Patroni answers; undefined when it does not. */
async function api(member: Member, path: string): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(2_000);
    const answer = await fetch(`http://127.0.0.1:${member.apiPort}${path}`, { signal });
    return await answer.json();
  } catch {
    return undefined;
  }
}

async function startEtcd(folder: string, endings: Array<() => Promise<void>>): Promise<string> {
  const [port, peerPort] = [await findFreePort(), await findFreePort()];
  const [url, peerUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  const etcd = new Daemon({
    program: "etcd",
    arguments: [
      ...["--data-dir", join(folder, "etcd"), "--name", "etcd-1"],
      ...["--listen-client-urls", url, "--advertise-client-urls", url],
      ...["--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl],
      ...["--initial-cluster", `etcd-1=${peerUrl}`],
    ],
    logFile: join(folder, "etcd.log"),
  });
  endings.push(() => etcd.stop());
  await etcd.start(async () => {
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    return answer?.ok === true;
  });
  return `127.0.0.1:${port}`;
}

interface MemberPlan {
  readonly folder: string;
  readonly at: number;
  readonly etcd: string;
  readonly password: string;
  readonly user: Awaited<ReturnType<typeof ordinaryUser>>;
}

async function planMember({ folder, at, etcd, password, user }: MemberPlan): Promise<Member> {
  const [port, apiPort] = [await findFreePort(), await findFreePort()];
  const name = `member-${at}`;
  const home = join(folder, name);
  await mkdir(home, { mode: 0o700 });
  if (user !== undefined) await chown(home, user.uid, user.gid);
  const patroni = new Daemon({
    program: "patroni",
    arguments: [join(repositoryFolder(), "deploy/patroni/patroni.yml")],
    logFile: join(folder, `${name}.log`),
    user,
    environment: {
      PATRONI_NAME: name,
      PATRONI_POSTGRESQL_LISTEN: `127.0.0.1:${port}`,
      PATRONI_POSTGRESQL_CONNECT_ADDRESS: `127.0.0.1:${port}`,
      PATRONI_RESTAPI_LISTEN: `127.0.0.1:${apiPort}`,
      PATRONI_RESTAPI_CONNECT_ADDRESS: `127.0.0.1:${apiPort}`,
      PATRONI_POSTGRESQL_DATA_DIR: join(home, "data"),
      PATRONI_POSTGRESQL_BIN_DIR: newestBinaries(),
      PATRONI_POSTGRESQL_PGPASS: join(home, "pgpass"),
      PATRONI_ETCD3_HOSTS: etcd,
      PATRONI_SUPERUSER_PASSWORD: password,
      PATRONI_REPLICATION_PASSWORD: password,
    },
  });
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { name, port, apiPort, patroni, url };
}

/** Of Debian's servers, whose programs lie by version. */
function newestBinaries(): string {
  const home = "/usr/lib/postgresql";
  const [newest = ""] = readdirSync(home).toSorted((a, b) => Number(b) - Number(a));
  return join(home, newest, "bin");
}

async function startBalancer(
  folder: string,
  members: readonly Member[],
  endings: Array<() => Promise<void>>,
): Promise<number> {
  const [primary, replica] = [await findFreePort(), await findFreePort()];
  const balancer = new Daemon({
    program: "haproxy",
    arguments: ["-db", "-f", join(repositoryFolder(), "deploy/patroni/haproxy.cfg")],
    logFile: join(folder, "haproxy.log"),
    environment: {
      PACTO_PRIMARY_BIND: `127.0.0.1:${primary}`,
      PACTO_REPLICA_BIND: `127.0.0.1:${replica}`,
      ...Object.fromEntries(
        members.flatMap(({ port, apiPort }, index) => [
          [`PACTO_MEMBER_${index + 1}`, `127.0.0.1:${port}`],
          [`PACTO_MEMBER_${index + 1}_API`, String(apiPort)],
        ]),
      ),
    },
  });
  endings.push(() => balancer.stop());
  await balancer.start(async () => true);
  return primary;
}
