import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { readEnv } from "../../apps/bank-node/src/env.ts";
import { NODE_PORT } from "../../packages/testbed/src/containers/prepare-consortium.ts";
import { programOwner } from "../../packages/testbed/src/containers/owners.ts";
import { root } from "../child.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const banks = JSON.parse(read("consortium/brasil.json")).members.map(({ id }) => id);
const server = read("apps/bank-node/src/server.ts");

/** The metrics that a node tells, by the names in its sources. */
const told = new Set(
  readdirSync(join(root, "apps/bank-node/src/metrics")).flatMap((name) =>
    [
      ...read(`apps/bank-node/src/metrics/${name}`).matchAll(/"((?:pacto|process|nodejs)_\w+)"/g),
    ].map(([, metric]) => metric),
  ),
);

/** The metrics that a text of Prometheus' language asks for. */
const askedIn = (text) => text.match(/\b(?:pacto|process|nodejs)_\w+/g) ?? [];

describe("what Prometheus and Grafana are told", () => {
  const alerts = parse(read("deploy/alerts.yml")).groups.flatMap(({ rules }) => rules);
  const board = JSON.parse(read("deploy/observability/grafana/dashboards/pacto.json"));

  it("asks for metrics that a node has", () => {
    const queries = [
      ...alerts.map(({ expr }) => expr),
      ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    expect(queries.length).toBeGreaterThan(25);
    for (const query of queries) {
      expect(askedIn(query).length, query).toBeGreaterThan(0);
      for (const metric of askedIn(query)) expect(told, query).toContain(metric);
    }
  });

  it("has an alert for each promise, with what happened and what to do", () => {
    const names = alerts.map(({ alert }) => alert);
    const promises = ["PactoInDoubt", "PactoMoneyNotConserved", "PactoHistoryChanged"];
    expect(names).toEqual(
      expect.arrayContaining([...promises, "PactoPeerClock", "PactoDrawerVariance"]),
    );
    expect(new Set(names).size).toBe(names.length);
    for (const { alert, labels, annotations } of alerts) {
      expect(["page", "warn"], alert).toContain(labels.severity);
      expect(annotations.summary, alert).toBeTruthy();
      expect(annotations.action, alert).toBeTruthy();
    }
  });

  it("looks at each bank where it listens, under the name that the alerts know", () => {
    const config = parse(read("deploy/observability/prometheus.yml"));
    const [job] = config.scrape_configs;
    expect(job.static_configs[0].targets).toEqual(banks.map((id) => `${id}:${NODE_PORT}`));
    expect(server).toContain(`app.get("${job.metrics_path}"`);
    expect(alerts.map(({ expr }) => expr).join()).toContain(`up{job="${job.job_name}"}`);
    const compose = parse(read("docker-compose.yml"), { merge: true }).services;
    for (const file of config.rule_files) {
      expect(compose.prometheus.volumes).toContain(`./deploy/alerts.yml:${file}:ro`);
    }
    const provisioned = "deploy/observability/grafana/provisioning";
    const [source] = parse(read(`${provisioned}/datasources/prometheus.yml`)).datasources;
    expect(new URL(source.url).hostname).toBe("prometheus");
    for (const { datasource } of board.panels) expect(datasource.uid).toBe(source.uid);
    const [provider] = parse(read(`${provisioned}/dashboards/pacto.yml`)).providers;
    expect(compose.grafana.volumes).toContain(
      `./deploy/observability/grafana/dashboards:${provider.options.path}:ro`,
    );
  });
});

const [deployment, service, budget, policy] = parseAllDocuments(
  read("deploy/kubernetes/bank.yml"),
).map((document) => document.toJS());
const pod = deployment.spec.template.spec;
const [bank] = pod.containers;
const { env } = bank;

describe("a bank's environment on Kubernetes", () => {
  it("tells the node nothing that it does not read, and all that it needs", () => {
    const starter = read("deploy/containers/start-bank.mjs");
    const variables = env.map(({ name, value }) => {
      const plain = name.replace(/_URL_FILE$/, "_URL");
      if (plain === name) return [name, value];
      expect(starter).toContain(`"${plain}"`);
      return [plain, "postgres://somebody@somewhere/db"];
    });
    const known = read("apps/bank-node/src/env.ts");
    for (const [name] of variables) expect(known).toMatch(new RegExp(`\\n +${name}: `));
    expect(readEnv(Object.fromEntries(variables)).PACTO_PORT).toBe(NODE_PORT);
    expect(banks).toContain(deployment.metadata.name);
    expect(env.find(({ name }) => name === "PACTO_BANK").value).toBe(deployment.metadata.name);
  });

  it("mounts every file that it names", () => {
    const mounted = bank.volumeMounts.map(({ mountPath }) => mountPath);
    const files = env.filter(({ value }) => value.startsWith("/")).map(({ value }) => value);
    expect(files).toHaveLength(6);
    for (const file of files) expect(mounted).toContain(file.slice(0, file.lastIndexOf("/")));
    const names = new Set(pod.volumes.map(({ name }) => name));
    for (const { volumeMounts } of [...pod.containers, ...pod.initContainers]) {
      for (const { name } of volumeMounts) expect(names).toContain(name);
    }
  });
});

describe("a bank's pods on Kubernetes", () => {
  it("are probed for what the node answers, on the port where it listens", () => {
    expect(bank.ports).toEqual([{ name: "http", containerPort: NODE_PORT }]);
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
      expect(server).toContain(`app.get("${bank[probe].httpGet.path}"`);
      expect(bank[probe].httpGet.port).toBe("http");
    }
    expect(service.spec.ports[0].targetPort).toBe("http");
    const { annotations } = deployment.spec.template.metadata;
    expect(annotations["prometheus.io/port"]).toBe(String(NODE_PORT));
  });

  it("run without root, capabilities or a writable image, and longer than a stop takes", () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: programOwner.uid,
      runAsGroup: programOwner.gid,
    });
    for (const { securityContext } of [...pod.containers, ...pod.initContainers]) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
    const patience = /STOP_PATIENCE_MS = ([\d_]+)/.exec(
      read("apps/bank-node/src/run-process.ts"),
    )?.[1];
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThan(
      Number(patience?.replace("_", "")),
    );
  });

  it("keep one process up whatever is moved, and are chosen by what belongs to them", () => {
    const labels = deployment.spec.template.metadata.labels;
    const chosen = [
      deployment.spec.selector.matchLabels,
      service.spec.selector,
      budget.spec.selector.matchLabels,
      policy.spec.podSelector.matchLabels,
    ];
    for (const selector of chosen) expect(labels).toMatchObject(selector);
    expect(deployment.spec.replicas).toBeGreaterThan(budget.spec.minAvailable);
    expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
  });
});
