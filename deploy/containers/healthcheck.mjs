// Exit code 0 when this container's own server answers well at the given path. The images have no
// curl; Node is there anyway.
const [path = "/"] = process.argv.slice(2);
const port = process.env["PACTO_PORT"] ?? process.env["PORT"];

try {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    redirect: "manual",
    signal: AbortSignal.timeout(4_000),
  });
  process.exitCode = answer.status < 400 ? 0 : 1;
} catch {
  process.exitCode = 1;
}
