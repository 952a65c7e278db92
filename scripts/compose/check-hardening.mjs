import assert from "node:assert/strict";

/** @typedef {import("./containers.mjs").Containers} Containers */

/**
 * That no container runs as root, can gain rights or write to its own image, and that whoever may
 * inspect one sees no secret.
 * @param {Containers} containers
 * @param {readonly string[]} services
 */
export async function checkHardening(containers, services) {
  const secrets = await readSecrets(containers);
  for (const service of services) {
    const facts = await containers.inspect(service);
    const { Config, HostConfig, NetworkSettings } = facts;
    assert.match(Config.User, /^[1-9]\d*:[1-9]\d*$/, `${service} runs as root`);
    assert.equal(HostConfig.ReadonlyRootfs, true, `${service} may write to its image`);
    assert.equal(HostConfig.Privileged, false, service);
    assert.deepEqual(HostConfig.CapDrop, ["ALL"], service);
    assert.equal(HostConfig.CapAdd, null, `${service} has capabilities`);
    assert.ok(HostConfig.SecurityOpt.includes("no-new-privileges:true"), service);
    assert.equal(HostConfig.RestartPolicy.Name, "unless-stopped", service);
    for (const bindings of Object.values(NetworkSettings.Ports)) {
      for (const { HostIp } of bindings ?? []) assert.equal(HostIp, "127.0.0.1", service);
    }
    const told = JSON.stringify(facts);
    for (const secret of secrets) assert.ok(!told.includes(secret), `${service} shows a secret`);
  }
  await checkFiles(containers);
}

/** @param {Containers} containers */
async function checkFiles(containers) {
  const [first, second] = containers.banks;
  assert.ok(first && second);
  const write = (path) => containers.execute(first.id, "touch", path);
  assert.notEqual((await write("/pacto/main.js")).code, 0);
  assert.notEqual((await write("/bank/private-key.pem")).code, 0);
  const modes = await containers.execute(first.id, "sh", "-c", "stat -c %a /bank/*");
  assert.deepEqual(new Set(modes.stdout.trim().split("\n")), new Set(["600"]));
  // Of another bank it has a mount point and nothing in it; nor has the dashboard.
  for (const service of [first.id, "dashboard"]) {
    const { stdout } = await containers.execute(service, "ls", "-A", `/consortium/${second.id}`);
    assert.equal(stdout.trim(), "", `${service} sees the keys of ${second.id}`);
  }
  const other = `fetch("http://${second.id}-postgres:5432").catch((e) => console.log(e.cause.code))`;
  const reach = await containers.execute(first.id, "node", "-e", other);
  assert.match(reach.stdout, /ENOTFOUND|EAI_AGAIN/, "a bank reaches another bank's database");
}

/** @param {Containers} containers */
async function readSecrets(containers) {
  const passwords = await Promise.all(
    containers.banks.map(async ({ id }) => {
      const { stdout } = await containers.execute(id, "cat", "/bank/database-url");
      return new URL(stdout.trim()).password;
    }),
  );
  const signIns = await Promise.all(
    containers.banks.map(async ({ id }) => {
      const { stdout } = await containers.execute(id, "cat", "/bank/sign-in-secret");
      return stdout.trim();
    }),
  );
  const secrets = [...passwords, ...signIns];
  for (const secret of secrets) assert.ok(secret.length >= 32);
  assert.equal(new Set(secrets).size, secrets.length);
  return secrets;
}
