import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, ScriptError } from "../child.mjs";
import { ask, mustAsk } from "./ask.mjs";

/** @typedef {import("./base-images.mjs").BaseImages} BaseImages */
/** @typedef {{ id: string, name: string }} Bank */

/** The command line's exit code for an outcome that is not known. */
const UNKNOWN = 3;
const ATTEMPTS_MAX = 10;

/** The consortium of docker-compose.yml as a project of its own: own ports, volumes and networks. */
export class Containers {
  /** @type {string} */ project;
  /** @type {readonly string[]} */ #compose;
  /** @type {Record<string, string>} */ #env;
  /** The container that verbs run in. @type {string | undefined} */ #desk;
  /** @type {readonly Bank[]} */ banks;
  /** Ports on 127.0.0.1 by service. @type {Readonly<Record<string, number>>} */ ports;

  /**
   * @param {{ project: string, compose: readonly string[], images: BaseImages }} options
   * @returns {Promise<Containers>}
   */
  static async of({ project, compose, images }) {
    const { members } = JSON.parse(readFileSync(join(root, "consortium/brasil.json"), "utf8"));
    const services = ["dashboard", ...members.map(({ id }) => id)];
    const free = await findFreePorts(services.length);
    const ports = Object.fromEntries(services.map((name, index) => [name, free[index] ?? 0]));
    const portVariables = services.map((name) => [
      name === "dashboard" ? "PACTO_PORT" : `PACTO_${name.toUpperCase()}_PORT`,
      String(ports[name]),
    ]);
    const env = {
      PACTO_NODE_IMAGE: images.node,
      PACTO_POSTGRES_IMAGE: images.postgres,
      PACTO_IMAGE_TAG: "compose-test",
      ...Object.fromEntries(portVariables),
    };
    return new Containers(project, compose, { banks: members, ports, env });
  }

  /** @private */
  constructor(project, compose, { banks, ports, env }) {
    this.project = project;
    this.#compose = compose;
    this.banks = banks;
    this.ports = ports;
    this.#env = env;
  }

  /** @param {readonly string[]} parameters */
  compose(...parameters) {
    return mustAsk(...this.#command(parameters));
  }

  /** Ends all of it; with `options`, volumes too. @param {readonly string[]} options */
  async down(...options) {
    if (this.#desk !== undefined) await ask("docker", ["rm", "--force", this.#desk]);
    this.#desk = undefined;
    await this.compose("down", "--remove-orphans", ...options);
  }

  /**
   * One verb of the command line in the container of the tools; gives its JSON. What has no known
   * outcome yet (exit code 3) is asked again: mutations need `--key` for that.
   * @param {readonly string[]} parameters
   */
  async pacto(...parameters) {
    // One container for many verbs: a new one on six networks costs seconds.
    const wait = ["--entrypoint", "sleep", "pacto", "infinity"];
    this.#desk ??= (await this.compose("run", "--detach", ...wait)).split("\n").at(-1);
    const verb = ["node", "apps/cli/bin/pacto.mjs", ...parameters, "--json"];
    for (let attempt = 1; ; attempt += 1) {
      const { code, stdout, stderr } = await ask("docker", ["exec", this.#desk ?? "", ...verb]);
      if (code === 0) return JSON.parse(stdout);
      if (code === UNKNOWN && attempt < ATTEMPTS_MAX) continue;
      const told = `pacto ${parameters.join(" ")} ended with ${code}`;
      throw new ScriptError(`${told}:\n${stdout}${stderr}`);
    }
  }

  /**
   * By the labels that every version of compose sets; its own `ps` takes half a second.
   * @param {string} service
   */
  async idOf(service) {
    const labels = { project: this.project, service, oneoff: "False" };
    const filters = Object.entries(labels).flatMap(([name, value]) => [
      "--filter",
      `label=com.docker.compose.${name}=${value}`,
    ]);
    const id = await mustAsk("docker", ["ps", "--all", "--quiet", "--no-trunc", ...filters]);
    if (id === "") throw new ScriptError(`There is no container of ${service}.`);
    return id;
  }

  /** What the engine knows of a service's container. @param {string} service */
  async inspect(service) {
    return JSON.parse(await mustAsk("docker", ["inspect", await this.idOf(service)]))[0];
  }

  /**
   * Runs a program inside a service's container; never fails.
   * @param {string} service
   * @param {readonly string[]} parameters
   */
  async execute(service, ...parameters) {
    return ask("docker", ["exec", await this.idOf(service), ...parameters]);
  }

  /**
   * Waits until the containers of all these services are healthy, and, with `restarts`, have been
   * started again so often by the engine.
   * @param {readonly string[]} services
   * @param {number} withinMs
   * @param {{ restarts?: number }} [after]
   */
  async waitHealthy(services, withinMs, { restarts = 0 } = {}) {
    const until = Date.now() + withinMs;
    let sick = services;
    while (Date.now() < until) {
      const states = await Promise.all(
        sick.map(async (service) => [service, await this.inspect(service)]),
      );
      sick = states
        .filter(
          ([, { State, RestartCount }]) =>
            State.Health?.Status !== "healthy" || RestartCount < restarts,
        )
        .map(([service]) => service);
      if (sick.length === 0) return;
      await delay(500);
    }
    const logs = await this.compose("logs", "--tail=15", ...sick);
    throw new ScriptError(`Not healthy in time: ${sick.join(", ")}.\n${logs}`);
  }

  /**
   * @param {readonly string[]} parameters
   * @returns {Parameters<typeof ask>}
   */
  #command(parameters) {
    const [command = "", ...before] = this.#compose;
    const project = ["--project-name", this.project];
    return [command, [...before, ...project, ...parameters], { cwd: root, env: this.#env }];
  }
}

/** @param {number} count @returns {Promise<number[]>} different from each other */
async function findFreePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** @returns {Promise<import("node:net").Server>} */
function listen() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
