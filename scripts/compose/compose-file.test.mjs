import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readEnv } from "../../apps/bank-node/src/env.ts";
import { NODE_PORT } from "../../packages/testbed/src/containers/prepare-consortium.ts";
import { databaseOwner, programOwner } from "../../packages/testbed/src/containers/owners.ts";
import { publicImages } from "./base-images.mjs";
import { root } from "../child.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const text = read("docker-compose.yml");
const compose = parse(text, { merge: true });
const { services } = compose;
const banks = JSON.parse(read("consortium/brasil.json")).members.map(({ id }) => id);
const bankFile = read("deploy/bank-node.Dockerfile");
const dashboardFile = read("deploy/dashboard.Dockerfile");
const lasting = Object.entries(services).filter(([, { restart }]) => restart === "unless-stopped");
/** Started on demand, to look at the banks. */
const watching = ["prometheus", "grafana"];
/** Of the repository rather than a volume. */
const isFile = (volume) => volume.startsWith("./");
const user = ({ uid, gid }) => `${uid}:${gid}`;

describe("docker-compose.yml", () => {
  it("has each member of the manifest with a database of its own, and the dashboard", () => {
    const expected = banks.flatMap((id) => [id, `${id}-postgres`, `${id}-database`]);
    expect(new Set(Object.keys(services))).toEqual(
      new Set(["init", "dashboard", "pacto", ...watching, ...expected]),
    );
    for (const id of banks) {
      expect(services[id].environment.PACTO_BANK).toBe(id);
      expect(services[id].networks).toEqual(["interbank", `${id}-database`]);
      expect(services[`${id}-postgres`].networks).toEqual([`${id}-database`]);
      expect(compose.networks[`${id}-database`]).toEqual({ internal: true });
    }
  });

  it.each(banks)("gives %s its own keys and data and nobody else's", (id) => {
    const sources = (service) => services[service].volumes.map((it) => it.split(":")[0]);
    expect(sources(id)).toEqual(["consortium", `${id}-keys`]);
    expect(sources(`${id}-postgres`)).toEqual([`${id}-postgres-password`, `${id}-data`]);
    expect(sources(`${id}-database`)).toEqual([`${id}-keys`, `${id}-postgres-password`]);
    expect(services[id].volumes.every((it) => it.endsWith(":ro"))).toBe(true);
    expect(services.init.volumes).toContain(`${id}-keys:/consortium/${id}`);
    expect(services.init.volumes).toContain(`${id}-postgres-password:/consortium/${id}-postgres`);
    expect(services.pacto.volumes).toContain(`${id}-keys:/consortium/${id}:ro`);
  });

  it("declares every volume and network that it uses, and no other", () => {
    const used = (key) => [
      ...new Set(Object.values(services).flatMap((service) => service[key] ?? [])),
    ];
    const volumes = used("volumes").filter((it) => !isFile(it));
    expect(new Set(volumes.map((it) => it.split(":")[0]))).toEqual(
      new Set(Object.keys(compose.volumes)),
    );
    for (const file of used("volumes").filter(isFile)) {
      expect(existsSync(join(root, file.split(":")[0])), file).toBe(true);
      expect(file.endsWith(":ro"), file).toBe(true);
    }
    expect(new Set(used("networks"))).toEqual(new Set(Object.keys(compose.networks)));
  });
});

describe("the environment in docker-compose.yml", () => {
  it("tells the node nothing that the node does not read, and all that it needs", () => {
    const { environment } = services[banks[0]];
    const known = read("apps/bank-node/src/env.ts");
    const starter = read("deploy/containers/start-bank.mjs");
    const inside = Object.entries(environment).map(([name, value]) => {
      const plain = name.replace(/_URL_FILE$/, "_URL");
      if (plain === name) return [name, value];
      expect(starter).toContain(`"${plain}"`);
      return [plain, "postgres://somebody@somewhere/db"];
    });
    for (const [name] of inside) expect(known).toMatch(new RegExp(`\\n +${name}: `));
    const env = readEnv({ ...Object.fromEntries(inside), PACTO_LOG_LEVEL: "info" });
    expect(env.PACTO_PORT).toBe(NODE_PORT);
    expect(env.PACTO_HOST).toBe("0.0.0.0");
  });

  it("tells the dashboard nothing that it does not read", () => {
    const known = read("apps/dashboard/src/env.ts");
    const names = Object.keys(services.dashboard.environment);
    // The two that Next's own server reads.
    for (const name of names.filter((it) => !["HOSTNAME", "PORT"].includes(it))) {
      expect(known).toMatch(new RegExp(`\\n +${name}: `));
    }
    expect(names.some((name) => /DATABASE|KEY/.test(name))).toBe(false);
  });

  it("holds no password, and says every variable that it takes", () => {
    expect(text).not.toMatch(/PASSWORD: |postgres:\/\/|postgresql:\/\//);
    const header = text.slice(0, text.indexOf("x-hardened"));
    const taken = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = ""]) => name);
    for (const name of new Set(taken)) {
      const isInRange = /^PACTO_(?!AZUL|VIOLETA)[A-Z]+_PORT$/.test(name);
      if (!isInRange) expect(header).toContain(name);
    }
  });
});

describe("the containers of docker-compose.yml", () => {
  it("publish ports on 127.0.0.1 only, those of `npm start`", () => {
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => [name, port]),
    );
    expect(published).toEqual([
      ...banks.map((id, index) => [
        id,
        `127.0.0.1:\${PACTO_${id.toUpperCase()}_PORT:-${3001 + index}}:${NODE_PORT}`,
      ]),
      ["dashboard", "127.0.0.1:${PACTO_PORT:-3000}:3000"],
      ["grafana", "127.0.0.1:${PACTO_GRAFANA_PORT:-3100}:3000"],
    ]);
  });

  it("run without root, capabilities or a writable image", () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
      expect(service.privileged, name).toBeUndefined();
    }
    for (const [name, service] of lasting) {
      expect(service.cap_add, name).toBeUndefined();
      expect(service.healthcheck, name).toBeDefined();
    }
    expect(lasting).toHaveLength(2 * banks.length + 1 + watching.length);
  });

  it("start after the programs that hand them their files and end by themselves", () => {
    const oneShots = Object.keys(services).filter((name) => services[name].restart === "no");
    expect(new Set(oneShots)).toEqual(new Set(["init", ...banks.map((id) => `${id}-database`)]));
    expect(services.init.network_mode).toBe("none");
    for (const id of banks) {
      const after = (service) => services[service].depends_on;
      expect(after(`${id}-postgres`).init.condition).toBe("service_completed_successfully");
      expect(after(`${id}-database`)[`${id}-postgres`].condition).toBe("service_healthy");
      expect(after(id)[`${id}-database`].condition).toBe("service_completed_successfully");
      expect(services[`${id}-database`].command).toEqual(["database", id]);
    }
    expect(existsSync(join(root, services.init.command[1]))).toBe(true);
  });
});

describe("the Dockerfiles", () => {
  it("stand on the same public images as docker-compose.yml and its test", () => {
    for (const file of [bankFile, dashboardFile]) {
      expect(file).toContain(`ARG NODE_IMAGE=${publicImages.node}\n`);
      expect(file.match(/^FROM (?!\$\{NODE_IMAGE\} AS )/m)).toBeNull();
    }
    expect(text).toContain(`\${PACTO_NODE_IMAGE:-${publicImages.node}}`);
    expect(text).toContain(`\${PACTO_POSTGRES_IMAGE:-${publicImages.postgres}}`);
  });

  it("have the stages, users and ports that docker-compose.yml and the code expect", () => {
    for (const { build } of Object.values(services)) {
      if (build === undefined) continue;
      const stage = build.target ?? "dashboard";
      expect(read(build.dockerfile)).toContain(`FROM \${NODE_IMAGE} AS ${stage}\n`);
    }
    expect(bankFile).toContain(`EXPOSE ${NODE_PORT}\n`);
    expect(bankFile).toContain(`PACTO_PORT=${NODE_PORT}\n`);
    expect(dashboardFile).toContain("EXPOSE 3000\n");
    const users = [...(bankFile + dashboardFile).matchAll(/^USER (.+)$/gm)].map(([, it]) => it);
    expect(users).toEqual([user(programOwner), user(programOwner), user(programOwner)]);
    expect(services[`${banks[0]}-postgres`].user).toBe(user(databaseOwner));
  });

  it("probe what the node and the dashboard answer", () => {
    const probe = services[banks[0]].healthcheck.test;
    expect(probe).toEqual(["CMD", "node", "healthcheck.mjs", "/readyz"]);
    expect(bankFile).toContain('CMD ["node", "healthcheck.mjs", "/readyz"]');
    expect(read("apps/bank-node/src/server.ts")).toContain('app.get("/readyz"');
    expect(services.dashboard.healthcheck.test).toEqual(["CMD", "node", "healthcheck.mjs", "/"]);
    expect(existsSync(join(root, "deploy/containers/healthcheck.mjs"))).toBe(true);
  });

  it("leave the bundle with failpoints, and every secret's place, behind", () => {
    expect(bankFile).not.toContain("main-with-failpoints");
    expect(bankFile).not.toMatch(/COPY --from=build \S+\/bank-node\/dist (?:dist|\.)/);
    const [first, ...rules] = read(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    // A list of what may come in: what nobody thought of stays outside.
    expect(first).toBe("*");
    for (const rule of ["**/.env*", "**/*.pem", "**/.pacto*"]) expect(rules).toContain(rule);
  });
});
