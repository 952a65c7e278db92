// Installs what is missing, as `npm start` and `npm test` do first.
import { main } from "./child.mjs";
import { checkNode, ensureInstalled } from "./prepare.mjs";

await main(async () => {
  checkNode();
  await ensureInstalled();
});
