// `npm start`: from a fresh clone to a running consortium. Needs nothing but Node and npm.
import { main } from "./child.mjs";
import { checkNode, ensureBuilt, ensureInstalled } from "./prepare.mjs";

await main(async () => {
  checkNode();
  await ensureInstalled();
  const withoutDashboard = process.argv.includes("--no-dashboard");
  await ensureBuilt({ without: withoutDashboard ? ["@pacto/dashboard"] : [] });
  // Only now can it be loaded: it did not exist before.
  const bundle = new URL("../packages/testbed/dist/start.js", import.meta.url);
  const { start } = await import(bundle.href);
  await start();
});
