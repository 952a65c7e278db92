import { readFailpoints } from "./failpoints/read-failpoints.ts";
import { readLab } from "./failpoints/read-lab.ts";
import { runProcess } from "./run-process.ts";

const labFile = process.env["PACTO_LAB_FILE"];
const lab = labFile === undefined ? undefined : readLab(labFile);
const planted = readFailpoints(process.env["PACTO_FAILPOINTS"]);

await runProcess(async (name, transactionId) => {
  await planted(name, transactionId);
  await lab?.crashPoint(name, transactionId);
}, lab?.passage);
