import { readFailpoints } from "./failpoints/read-failpoints.ts";
import { runProcess } from "./run-process.ts";

await runProcess(readFailpoints(process.env["PACTO_FAILPOINTS"]));
